import type { CompositeInput, CompositeLabel, CompositeMeasures } from '../../core/composite'
import type { Task } from '../../core/task'
import { reduceRows } from '../../science/image/reduce-rows'
import { createIcrsTransform } from '../../science/astrometry/icrs-transform'
import { describeWcs } from '../../science/astrometry/wcs/describe-wcs'
import { findFrameWcs } from '../astrometry/find-frame-wcs'
import { gatherComposite } from './gather-composite'
import type { CompositeRoom } from './read-source'

/** Longer side of a preview: what sliders move at the pace of a screen. */
const PREVIEW_SIDE = 2048

/** Inputs of a picture on one grid, small enough to be drawn many times a second. */
export interface CompositePreview {
  /** Of the whole picture. */
  readonly width: number
  readonly height: number
  /** A pixel of the preview is the mean of so many by so many. */
  readonly step: number
  readonly columns: number
  readonly rows: number
  readonly planes: readonly Float32Array<ArrayBuffer>[]
  readonly labels: readonly CompositeLabel[]
  readonly unit: string
  readonly object: string | null
  readonly telescope: string
  readonly instrument: string
  readonly night: string
  readonly dateObs: string | null
  readonly measures: CompositeMeasures
  /** Where it is on the sky, degrees, and how it lies there; null where nobody knows. */
  readonly sky: PreviewSky | null
}

/** Of the middle of a picture. */
export interface PreviewSky {
  readonly rightAscension: number
  readonly declination: number
  /** Arcseconds per pixel of the whole picture. */
  readonly scale: number
  /** Degrees from the right of the picture, counter-clockwise, to where declination grows. */
  readonly north: number
  /** East is to the right of north, as in a mirror. */
  readonly flipped: boolean
}

export interface PreviewRequest {
  readonly sources: readonly CompositeInput[]
  /** Where the inputs are known to lie; null to find out. */
  readonly measures: CompositeMeasures | null
}

const findSky = async (
  { workspace }: CompositeRoom,
  frame: string,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<PreviewSky | null> => {
  const wcs = (await findFrameWcs(workspace, frame))?.wcs
  const transform = wcs === undefined ? null : createIcrsTransform(wcs)
  const out = new Float64Array(6)
  if (wcs === undefined || transform === null) return null
  if (!transform.pixelToSky((width - 1) / 2, (height - 1) / 2, out)) return null
  const { scale, north, flipped } = describeWcs(wcs)
  return { rightAscension: out[0]!, declination: out[1]!, scale, north, flipped }
}

export const previewComposite = async (
  room: CompositeRoom,
  { sources, measures: known }: PreviewRequest,
  task: Task,
): Promise<CompositePreview> => {
  const { width, height, planes, facts, measures } = await gatherComposite(room, sources, known, task)
  const step = Math.max(1, Math.ceil(Math.max(width, height) / PREVIEW_SIDE))
  const small = planes.map((data) =>
    step === 1 ? new Float32Array(data) : new Float32Array(reduceRows({ width, data }, step)),
  )
  const [first] = facts
  return {
    width,
    height,
    step,
    columns: Math.ceil(width / step),
    rows: Math.ceil(height / step),
    planes: small,
    labels: facts.map(({ label }) => label),
    unit: first?.unit ?? 'adu',
    object: first?.object ?? null,
    telescope: first?.telescope ?? '',
    instrument: first?.instrument ?? '',
    night: first?.night ?? '',
    dateObs: facts.flatMap(({ dateObs }) => dateObs ?? []).toSorted()[0] ?? null,
    measures,
    sky: await findSky(room, sources[0]?.frame ?? '', { width, height }),
  }
}
