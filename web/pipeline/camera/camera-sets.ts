import type { CameraIdentity, CameraLack } from '../../core/camera-report'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import { exposuresAgree, TEMPERATURE_TOLERANCE } from '../group-calibration'

export type CalibrationKind = 'bias' | 'dark' | 'flat'

/** Calibration frames of one camera as it is read out, each list in time order. */
export interface CameraSet {
  readonly key: string
  readonly camera: CameraIdentity
  readonly frames: Readonly<Record<CalibrationKind, readonly ExposureRecord[]>>
  /** Frames that the camera took a bias or a dark off already: their level says nothing any more, and they take no part. */
  readonly subtracted: number
}

/** Frames that may be compared pixel by pixel: of one night, temperature, exposure and filter. */
export interface FrameGroup {
  readonly night: string
  readonly temperature: number | null
  readonly exposure: number | null
  readonly filter: string | null
  readonly frames: readonly ExposureRecord[]
}

const KINDS: readonly CalibrationKind[] = ['bias', 'dark', 'flat']

const kindOf = (exposure: ExposureRecord): CalibrationKind | null =>
  KINDS.find((kind) => kind === effectiveFacts(exposure).kind) ?? null

const byTime = (a: ExposureRecord, b: ExposureRecord): number => {
  const [first, second] = [effectiveFacts(a).dateObs ?? '', effectiveFacts(b).dateObs ?? '']
  return first < second ? -1 : first > second ? 1 : a.name.localeCompare(b.name, 'en', { numeric: true })
}

const isSubtracted = (exposure: ExposureRecord): boolean => {
  const { subtracted } = effectiveFacts(exposure)
  return subtracted === 'bias' || subtracted === 'dark'
}

const identify = (exposure: ExposureRecord): CameraIdentity => {
  const { telescope, instrument, binning, gainSetting } = effectiveFacts(exposure)
  return { telescope, instrument, binning, gainSetting, width: exposure.width, height: exposure.height }
}

const keyOf = ({ telescope, instrument, binning, width, height, gainSetting }: CameraIdentity): string =>
  JSON.stringify([telescope.toLowerCase(), instrument.toLowerCase(), binning, width, height, gainSetting])

/** The cameras that there are calibration frames of, those with most frames first. */
export const listCameraSets = (exposures: readonly ExposureRecord[]): CameraSet[] => {
  const sets = new Map<string, { camera: CameraIdentity; frames: ExposureRecord[]; subtracted: number }>()
  for (const exposure of exposures) {
    if (exposure.excluded || kindOf(exposure) === null) continue
    const camera = identify(exposure)
    const key = keyOf(camera)
    const set = sets.get(key) ?? { camera, frames: [], subtracted: 0 }
    if (isSubtracted(exposure)) set.subtracted++
    else set.frames.push(exposure)
    sets.set(key, set)
  }
  return [...sets]
    .toSorted(([, a], [, b]) => b.frames.length - a.frames.length)
    .map(([key, { camera, frames, subtracted }]) => {
      const sorted = frames.toSorted(byTime)
      const of = (kind: CalibrationKind) => sorted.filter((frame) => kindOf(frame) === kind)
      return { key, camera, subtracted, frames: { bias: of('bias'), dark: of('dark'), flat: of('flat') } }
    })
}

export const temperaturesAgree = (first: number | null, second: number | null): boolean =>
  first === null || second === null ? first === second : Math.abs(first - second) <= TEMPERATURE_TOLERANCE

export const middleOf = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[(sorted.length - 1) >> 1] ?? null
}

/** A set without what a person does not want: one filter of its flats, one temperature. */
export const narrowSet = (
  set: CameraSet,
  wish: { readonly filter?: string | undefined; readonly temperature?: number | undefined },
): CameraSet => {
  const cold = (exposure: ExposureRecord): boolean => {
    const { temperature } = effectiveFacts(exposure)
    return (
      wish.temperature === undefined ||
      temperature === null ||
      temperaturesAgree(temperature, wish.temperature)
    )
  }
  const filtered = (exposure: ExposureRecord): boolean =>
    wish.filter === undefined ||
    (effectiveFacts(exposure).filter ?? '').toLowerCase() === wish.filter.toLowerCase()
  const { bias, dark, flat } = set.frames
  return {
    ...set,
    frames: { bias: bias.filter(cold), dark: dark.filter(cold), flat: flat.filter(filtered) },
  }
}

/** Groups in time order, the frames of each in time order. */
export const groupFrames = (frames: readonly ExposureRecord[], kind: CalibrationKind): FrameGroup[] => {
  const groups: { first: ReturnType<typeof effectiveFacts>; frames: ExposureRecord[] }[] = []
  for (const frame of frames) {
    const facts = effectiveFacts(frame)
    const own = groups.find(
      ({ first }) =>
        first.night === facts.night &&
        (kind === 'flat'
          ? (first.filter ?? '').toLowerCase() === (facts.filter ?? '').toLowerCase()
          : temperaturesAgree(first.temperature, facts.temperature)) &&
        (kind === 'bias' || exposuresAgree(first.exposure, facts.exposure)),
    )
    if (own === undefined) groups.push({ first: facts, frames: [frame] })
    else own.frames.push(frame)
  }
  return groups.map(({ first, frames: members }) => ({
    night: first.night,
    temperature: middleOf(members.flatMap((frame) => effectiveFacts(frame).temperature ?? [])),
    exposure: kind === 'bias' ? null : first.exposure,
    filter: kind === 'flat' ? first.filter : null,
    frames: members,
  }))
}

const countDistinct = <Value>(values: readonly Value[], agree: (a: Value, b: Value) => boolean): number =>
  values.filter((value, index) => !values.slice(0, index).some((other) => agree(other, value))).length

/** What frames would have to be taken for the numbers that cannot be had from these: known before a pixel is read. */
export const listLacks = ({ frames }: CameraSet): CameraLack[] => {
  const lacks: CameraLack[] = []
  const [bias, dark, flat] = KINDS.map((kind) => groupFrames(frames[kind], kind)) as [
    FrameGroup[],
    FrameGroup[],
    FrameGroup[],
  ]
  const exposures = (groups: readonly FrameGroup[]) =>
    countDistinct(
      groups.flatMap(({ exposure }) => exposure ?? []),
      exposuresAgree,
    )
  if (bias.length === 0) lacks.push('bias')
  else if (!bias.some((group) => group.frames.length > 1)) lacks.push('bias-pair')
  if (!flat.some((group) => group.frames.length > 1)) lacks.push('flat-pair')
  else if (exposures(flat.filter((group) => group.frames.length > 1)) < 2) lacks.push('flat-levels')
  if (exposures(flat) < 3) lacks.push('flat-exposures')
  if (exposures(dark) + (bias.length > 0 ? 1 : 0) < 2) lacks.push('dark-ramp')
  const temperatures = dark.flatMap(({ temperature }) => temperature ?? [])
  if (countDistinct(temperatures, temperaturesAgree) < 2) lacks.push('dark-temperatures')
  const nights = new Set(flat.map(({ night }) => night))
  if (nights.size < 2) lacks.push('flat-nights')
  return lacks
}
