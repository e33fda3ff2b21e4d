import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { Draft } from '../plan-draft'
import type { SolveOptions } from './solve-exposure'

/** Neighbours that a frame asks: those beside it in time, and the first, which is solved before all others. */
const ASKED = 3

/** Frames whose solutions help each other: of one camera, in one night, of one size. */
const groupSeries = (lights: readonly ExposureRecord[]): ExposureRecord[][] => {
  const groups = new Map<string, ExposureRecord[]>()
  for (const light of lights) {
    const { telescope, instrument, night } = effectiveFacts(light)
    const key = JSON.stringify([telescope, instrument, night, light.width, light.height])
    groups.set(key, [...(groups.get(key) ?? []), light])
  }
  return [...groups.values()]
}

const listNear = (series: readonly ExposureRecord[], at: number): string[] => {
  const near: string[] = []
  for (let away = 1; away <= ASKED; away++)
    for (const other of [series[at - away], series[at + away]]) if (other !== undefined) near.push(other.id)
  const first = series[0]
  return first === undefined || at === 0 || near.includes(first.id) ? near : [...near, first.id]
}

/**
 * Steps that find the places of frames, each after the stars of the frame were found. Of a series the first is solved before the others,
 * however lost it is, and then all others side by side with what is known by then; the last step looks after those that refused.
 */
export const addSolving = (
  add: (draft: Draft) => string,
  lights: readonly ExposureRecord[],
  {
    assignments,
    detections,
    options,
  }: {
    readonly assignments: readonly { readonly id: string; readonly exposure: string }[]
    /** The step that looks for the stars of each calibrated frame. */
    readonly detections: ReadonlyMap<string, string>
    readonly options: SolveOptions
  },
): void => {
  const all = groupSeries(lights)
  const calibrated = new Map(assignments.map((assignment) => [assignment.exposure, assignment.id]))
  const solves: string[] = []
  for (const series of all) {
    let lead: string | null = null
    for (const [at, { id }] of series.entries()) {
      const frame = calibrated.get(id)
      const detection = frame === undefined ? undefined : detections.get(frame)
      if (frame === undefined || detection === undefined) continue
      const step = add({
        name: 'solve-frame',
        frames: [id],
        parameters: {
          calibrated: frame,
          options,
          neighbours: listNear(series, at),
          isLast: lights.length === 1,
          mayGoBlind: lead === null,
        },
        after: lead === null ? [detection] : [detection, lead],
      })
      lead ??= step
      solves.push(step)
    }
  }
  if (solves.length < 2) return
  add({
    name: 'solve-rest',
    frames: [],
    parameters: { series: all.map((series) => series.map(({ id }) => id)), options },
    after: [...solves, ...detections.values()],
  })
}
