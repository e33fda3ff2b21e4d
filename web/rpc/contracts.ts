import type { Point } from '../core/image'
import type { LightCurveRecord } from '../core/light-curve'
import type { IngestReport, StepRecord } from '../core/work-order'
import type { SimulationReport } from '../ingest/ingest-simulation'

/**
 * What each worker can be asked. Every long call is given a port: progress comes back through it, and 'abort' goes in.
 * A port is plain and transferable; a proxied callback could be collected in mid-call, and the call would hang.
 */
export type TaskPort = MessagePort

export type IngestSource =
  | { readonly kind: 'file'; readonly path: string; readonly blob: Blob }
  | { readonly kind: 'address'; readonly url: string }

export interface IngestContract {
  ingest(sources: readonly IngestSource[], batch: string, port: TaskPort): Promise<IngestReport>
}

export interface StepJob {
  readonly step: StepRecord
  /** The steps that it comes after, as they ended. */
  readonly before: readonly StepRecord[]
}

export interface StepResult {
  readonly result: Readonly<Record<string, unknown>>
  readonly outputs: readonly string[]
  readonly skipped?: string
}

export interface ReductionContract {
  runStep(job: StepJob, port: TaskPort): Promise<StepResult>
}

export interface PixelPlane {
  readonly width: number
  readonly height: number
  readonly data: Float32Array | Uint8Array
  readonly unit: string
}

export interface StarRequest {
  readonly frame: string
  readonly at: Point
  readonly radius: number
  readonly annulus: readonly [number, number]
}

export interface StarReply {
  readonly x: number
  readonly y: number
  readonly flux: number
  readonly error: number
  readonly sky: number
  readonly skySigma: number
  readonly peak: number
  readonly fwhm: number
  readonly flags: number
  readonly unit: 'adu' | 'electron'
  readonly saturation: number | null
  readonly growth: readonly { readonly radius: number; readonly flux: number }[]
}

export interface LiveCurveJob {
  readonly lightCurve: string
  readonly target: Point
  readonly comparisons: readonly Point[]
  readonly radius: number
  readonly annulus: readonly [number, number]
  readonly detrend: readonly string[]
}

export interface InspectionContract {
  pixels(frame: string, plane: 'data' | 'uncertainty' | 'mask', port: TaskPort): Promise<PixelPlane>
  thumbnail(frame: string, size: number): Promise<{ width: number; height: number; grey: Uint8Array }>
  measureStar(request: StarRequest): Promise<StarReply>
  measureLiveCurve(job: LiveCurveJob, port: TaskPort): Promise<LightCurveRecord>
  exportFits(frame: string): Promise<Uint8Array<ArrayBuffer>>
}

export interface SimulationContract {
  /** Makes one night and takes each frame in as a file; `field` is the address of the star field. */
  simulate(batch: string, field: string, port: TaskPort): Promise<SimulationReport>
}
