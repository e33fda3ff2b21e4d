import { AsterismError } from '../../core/errors'
import { effectiveFacts } from '../../core/frame'
import { newId } from '../../core/ids'
import type { Point } from '../../core/image'
import type { LightCurveRecord } from '../../core/light-curve'
import type { PhotometryFrameRecord, PhotometryTableRecord, StarRole } from '../../core/photometry'
import type { ReducedRecord } from '../../core/reduced'
import { throwIfAborted, type Task } from '../../core/task'
import { applyTransform, IDENTITY_TRANSFORM } from '../../core/transform'
import type { Workspace } from '../../storage/workspace'
import { buildLightCurve } from '../build-light-curve'
import { cutStamp, type Stamp } from '../../science/photometry/stamps'
import type { FrameSource } from '../frame-source'
import { findFrameWidth, measureInto, timeFrame, type Timing } from '../measure-stars'

export interface LiveCurveInput {
  /** Id of the stored curve whose frames and registration are used. */
  readonly lightCurve: string
  /** Positions on the reference frame. */
  readonly target: Point
  readonly comparisons: readonly Point[]
  readonly radius: number
  readonly annulus: readonly [number, number]
  readonly detrend: readonly string[]
}

/** What is kept of one star in one frame: the pixels about it, so that any radius can be measured without the frame. */
interface KeptStar {
  readonly pixels: Stamp
  readonly raw: Stamp
}

interface FrameStamps {
  readonly reduced: ReducedRecord
  readonly timing: Timing
  readonly saturation: number | null
  readonly fwhm: number | null
  readonly stamps: Map<string, KeptStar>
}

interface Session {
  readonly curve: LightCurveRecord
  readonly table: PhotometryTableRecord
  readonly frames: FrameStamps[]
  readonly width: number
  readonly height: number
  /** Half the side of the stamps, pixels. */
  readonly half: number
  /** What of `half` lies beyond the largest circle, pixels. */
  readonly margin: number
}

/** A star that is dragged less than this keeps its stamps; they are cut with as much room to spare. Pixels. */
const SLACK = 12

const keyOf = ({ x, y }: Point): string => `${Math.round(x / SLACK)},${Math.round(y / SLACK)}`

/** The stored verdicts stand, with who is in now; stars that a person added come with their own. */
const carryVerdicts = (
  stored: LightCurveRecord,
  live: Pick<LightCurveRecord, 'verdicts'>,
): LightCurveRecord['verdicts'] => {
  const near = (a: Point | undefined, b: Point | undefined) =>
    a !== undefined && b !== undefined && Math.hypot(a.x - b.x, a.y - b.y) < 2
  const kept = stored.verdicts.map((verdict) => ({
    ...verdict,
    chosen: live.verdicts.some(({ place }) => near(place, verdict.place)),
  }))
  const added = live.verdicts.filter(
    ({ place }) => !stored.verdicts.some((verdict) => near(place, verdict.place)),
  )
  return [...kept, ...added]
}

/** Measures a curve again and again while somebody drags: frames are read once, then only stamps of a few stars are kept. */
export const createLiveCurve = (workspace: Workspace, frames: FrameSource) => {
  let session: Session | null = null

  const open = async (input: LiveCurveInput): Promise<Session> => {
    const curve = await workspace.lightcurves.get(input.lightCurve)
    const table = curve === undefined ? undefined : await workspace.photometryTables.get(curve.table)
    if (curve === undefined || table === undefined) {
      throw new AsterismError(
        'not-found',
        'The light curve to start from is not in the workspace any more.',
        { curve: input.lightCurve },
      )
    }
    const reduced = await workspace.reduced.getMany([...table.frames])
    const exposures = new Map(
      (await workspace.exposures.getMany(reduced.map((frame) => frame.exposure))).map((exposure) => [
        exposure.id,
        exposure,
      ]),
    )
    const inTime: FrameStamps[] = []
    for (const frame of reduced) {
      const exposure = exposures.get(frame.exposure)
      if (exposure === undefined) continue
      inTime.push({
        reduced: frame,
        timing: timeFrame(exposure, table.position),
        saturation: effectiveFacts(exposure).saturation,
        fwhm: await findFrameWidth(workspace, frame),
        stamps: new Map(),
      })
    }
    inTime.sort((a, b) => (a.timing.jd_utc_mid ?? 0) - (b.timing.jd_utc_mid ?? 0))
    const first = reduced[0]
    const widest = Math.max(0, ...inTime.map((frame) => frame.fwhm ?? 0))
    // Room for a star that shares the stamp of its neighbourhood, and for its centre to be found off the predicted place.
    const margin = 2 * SLACK + Math.ceil(1.5 * widest)
    const half = Math.ceil(Math.max(input.annulus[1], 3 * input.radius, ...table.radii)) + margin
    return {
      curve,
      table,
      frames: inTime,
      width: first?.width ?? 0,
      height: first?.height ?? 0,
      half,
      margin,
    }
  }

  const cutStamps = async (current: Session, stars: readonly Point[], task: Task): Promise<void> => {
    for (const [index, frame] of current.frames.entries()) {
      const wanted = stars.filter((star) => !frame.stamps.has(keyOf(star)))
      if (wanted.length === 0) continue
      throwIfAborted(task)
      const { image } = await frames.calibrated(frame.reduced, { task })
      const raw = await frames.uncorrected(frame.reduced)
      const transform = frame.reduced.registration?.transform ?? IDENTITY_TRANSFORM
      for (const star of wanted) {
        const at = applyTransform(transform, star)
        frame.stamps.set(keyOf(star), {
          pixels: cutStamp(image, at, current.half),
          raw: cutStamp(raw, at, current.half),
        })
      }
      task.report({ label: 'stamps', done: index + 1, total: current.frames.length })
    }
  }

  const measureFrame = (
    current: Session,
    frame: FrameStamps,
    stars: readonly Point[],
    table: PhotometryTableRecord,
  ): PhotometryFrameRecord => {
    const transform = frame.reduced.registration?.transform ?? IDENTITY_TRANSFORM
    const placed = stars.flatMap((star) => {
      const kept = frame.stamps.get(keyOf(star))
      return kept === undefined ? [] : [{ ...kept, at: applyTransform(transform, star) }]
    })
    const columns = measureInto(placed, table, {
      centroid: true,
      saturation: frame.saturation,
      fwhm: frame.fwhm,
    })
    const { reduced, timing } = frame
    return {
      id: `live-${reduced.id}`,
      table: current.table.id,
      frame: reduced.id,
      exposure: reduced.exposure,
      ...timing,
      ...columns,
      inputs: [reduced.id],
    }
  }

  const measure = async (input: LiveCurveInput, task: Task): Promise<LightCurveRecord> => {
    const largest = Math.ceil(Math.max(input.annulus[1], input.radius))
    if (
      session === null ||
      session.curve.id !== input.lightCurve ||
      session.half < largest + session.margin
    ) {
      session = await open(input)
    }
    const current = session
    const stars = [input.target, ...input.comparisons]
    await cutStamps(current, stars, task)
    const table: PhotometryTableRecord = {
      ...current.table,
      // The largest stored radius stays in, since the width of a star is read off it: only what was dragged may change.
      radii: [...new Set([input.radius, Math.max(...current.table.radii)])],
      annulus: input.annulus,
      stars: stars.map((star, index) => {
        const role: StarRole = index === 0 ? 'target' : 'comparison'
        return { x: star.x, y: star.y, role, name: index === 0 ? 'T' : `C${index}` }
      }),
    }
    const records = current.frames.map((frame) => measureFrame(current, frame, stars, table))
    const built = buildLightCurve({
      table,
      frames: records,
      width: current.width,
      height: current.height,
      target: 0,
      comparisons: input.comparisons.map((_, index) => index + 1),
      radius: input.radius,
      detrend: input.detrend,
      name: current.curve.name,
    })
    return {
      ...built,
      id: newId('curve'),
      order: current.curve.order,
      verdicts: carryVerdicts(current.curve, built),
      radiusScan: current.curve.radiusScan,
      radiusChosen: false,
      // The stored curve that it was dragged from is named first.
      inputs: [current.curve.id, current.table.id, ...current.table.frames],
      createdAt: Date.now(),
    }
  }

  return { measure }
}
