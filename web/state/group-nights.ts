import { effectiveFacts, type ExposureRecord, type RawFrameKind } from '../core/frame'

export interface FrameGroup {
  /** Stable while the facts stay: kind, filter, exposure. */
  readonly key: string
  readonly kind: RawFrameKind
  readonly filter: string | null
  /** Seconds. */
  readonly exposure: number | null
  /** Ids in time order. */
  readonly frames: readonly string[]
}

export interface NightGroup {
  readonly key: string
  /** `YYYY-MM-DD+DD`; empty when the time is not known. */
  readonly night: string
  readonly telescope: string
  readonly objects: readonly string[]
  readonly groups: readonly FrameGroup[]
  readonly count: number
  /** Ids of frames with a warning or of unknown kind. */
  readonly needsLook: readonly string[]
  /** Hours from the first to the last light; 0 without times. */
  readonly hours: number
}

const KIND_ORDER: readonly RawFrameKind[] = ['light', 'flat', 'dark', 'bias', 'arc', 'unknown']

export const compareByTime = (a: ExposureRecord, b: ExposureRecord): number => {
  const first = effectiveFacts(a).dateObs ?? ''
  const second = effectiveFacts(b).dateObs ?? ''
  return first < second ? -1 : first > second ? 1 : a.name.localeCompare(b.name)
}

const collect = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> => {
  const parts = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const part = parts.get(key)
    if (part === undefined) parts.set(key, [item])
    else part.push(item)
  }
  return parts
}

const groupKey = (frame: ExposureRecord): string => {
  const { kind, filter, exposure } = effectiveFacts(frame)
  return JSON.stringify([
    kind,
    kind === 'bias' || kind === 'dark' ? null : filter,
    kind === 'bias' || kind === 'flat' ? null : exposure,
  ])
}

const toGroup = (key: string, frames: readonly ExposureRecord[]): FrameGroup => {
  const [kind, filter, exposure] = JSON.parse(key) as [RawFrameKind, string | null, number | null]
  return { key, kind, filter, exposure, frames: frames.map((frame) => frame.id) }
}

const hoursOf = (frames: readonly ExposureRecord[]): number => {
  const times = frames.flatMap((frame) => {
    const { kind, dateObs } = effectiveFacts(frame)
    return kind === 'light' && dateObs !== null ? [Date.parse(dateObs)] : []
  })
  return times.length < 2 ? 0 : (Math.max(...times) - Math.min(...times)) / 3_600_000
}

/** Nights, latest first; in each the groups in the order light, flat, dark, bias. */
export const groupNights = (exposures: readonly ExposureRecord[]): NightGroup[] => {
  const sorted = [...exposures].sort(compareByTime)
  const nights = collect(sorted, (frame) =>
    JSON.stringify([effectiveFacts(frame).night, effectiveFacts(frame).telescope]),
  )
  const groups = [...nights].map(([key, frames]): NightGroup => {
    const [night, telescope] = JSON.parse(key) as [string, string]
    const parts = [...collect(frames, groupKey)].map(([part, members]) => toGroup(part, members))
    const objects = frames.flatMap((frame) => {
      const facts = effectiveFacts(frame)
      return facts.kind === 'light' && facts.object !== null ? [facts.object] : []
    })
    return {
      key,
      night,
      telescope,
      objects: [...new Set(objects)],
      groups: parts.sort((a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind)),
      count: frames.length,
      needsLook: frames
        .filter((frame) => frame.warnings.length > 0 || effectiveFacts(frame).kind === 'unknown')
        .map((frame) => frame.id),
      hours: hoursOf(frames),
    }
  })
  return groups.sort((a, b) => (a.night < b.night ? 1 : -1))
}
