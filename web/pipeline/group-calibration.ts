import { effectiveFacts, type ExposureRecord, type FrameFacts } from '../core/frame'
import type { MasterGroup, CombinedMasterKind } from '../core/master'
import { correctedSize, type RawCorrection } from '../core/raw-correction'

/** Degrees Celsius. Two frames closer in temperature than this belong together, unless an order says otherwise; dark current doubles in about 6 degrees. */
export const TEMPERATURE_TOLERANCE = 2

/** Exposures that agree to 1 % (or 20 ms, for the clocks of fast cameras) are the same exposure. */
export const exposuresAgree = (first: number | null, second: number | null): boolean => {
  if (first === null || second === null) return first === second
  return Math.abs(first - second) <= Math.max(0.02, 0.01 * Math.max(first, second))
}

export interface CalibrationGroup {
  readonly kind: CombinedMasterKind
  readonly group: MasterGroup
  /** What is done to its frames before any master. */
  readonly raw: RawCorrection | null
  readonly frames: readonly ExposureRecord[]
}

const MASTER_OF: Partial<Record<FrameFacts['kind'], CombinedMasterKind>> = {
  bias: 'master-bias',
  dark: 'master-dark',
  flat: 'master-flat',
}

/** What must be equal word for word; exposure and temperature are compared with a tolerance afterwards. */
const exactKey = (exposure: ExposureRecord, kind: CombinedMasterKind, raw: RawCorrection | null): string => {
  const facts = effectiveFacts(exposure)
  return JSON.stringify([
    kind,
    facts.telescope.toLowerCase(),
    facts.instrument.toLowerCase(),
    facts.night,
    kind === 'master-flat' ? (facts.filter?.toLowerCase() ?? null) : null,
    facts.binning,
    exposure.width,
    exposure.height,
    facts.gainSetting,
    raw,
    ...(facts.subtracted == null || facts.subtracted === 'none' ? [] : [facts.subtracted]),
  ])
}

/** Splits a sorted list where neighbours are further apart than `agree` allows. */
const splitWhere = <Item>(items: readonly Item[], agree: (first: Item, next: Item) => boolean): Item[][] => {
  const parts: Item[][] = []
  for (const item of items) {
    const part = parts.at(-1)
    const first = part?.[0]
    if (part !== undefined && first !== undefined && agree(first, item)) part.push(item)
    else parts.push([item])
  }
  return parts
}

const splitByExposure = (frames: readonly ExposureRecord[]): ExposureRecord[][] => {
  const exposureOf = (frame: ExposureRecord) => effectiveFacts(frame).exposure
  const sorted = [...frames].sort((a, b) => (exposureOf(a) ?? -1) - (exposureOf(b) ?? -1))
  return splitWhere(sorted, (first, next) => exposuresAgree(exposureOf(first), exposureOf(next)))
}

const splitByTemperature = (frames: readonly ExposureRecord[], tolerance: number): ExposureRecord[][] => {
  const temperatureOf = (frame: ExposureRecord) => effectiveFacts(frame).temperature
  const known = frames.filter((frame) => temperatureOf(frame) !== null)
  const unknown = frames.filter((frame) => temperatureOf(frame) === null)
  const sorted = known.sort((a, b) => (temperatureOf(a) ?? 0) - (temperatureOf(b) ?? 0))
  const parts = splitWhere(
    sorted,
    (first, next) => (temperatureOf(next) ?? 0) - (temperatureOf(first) ?? 0) <= tolerance,
  )
  return unknown.length > 0 ? [...parts, unknown] : parts
}

const middle = (values: readonly number[]): number | null => {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}

const byTime = (a: ExposureRecord, b: ExposureRecord): number => {
  const first = effectiveFacts(a).dateObs ?? ''
  const second = effectiveFacts(b).dateObs ?? ''
  return first < second ? -1 : first > second ? 1 : a.id < b.id ? -1 : 1
}

const describeGroup = (
  kind: CombinedMasterKind,
  frames: readonly ExposureRecord[],
  raw: RawCorrection | null,
): CalibrationGroup | null => {
  const first = frames[0]
  if (first === undefined) return null
  const facts = effectiveFacts(first)
  const temperatures = frames.flatMap((frame) => effectiveFacts(frame).temperature ?? [])
  return {
    kind,
    raw,
    frames: [...frames].sort(byTime),
    group: {
      telescope: facts.telescope,
      instrument: facts.instrument,
      night: facts.night,
      filter: kind === 'master-flat' ? facts.filter : null,
      exposure:
        kind === 'master-dark'
          ? middle(frames.flatMap((frame) => effectiveFacts(frame).exposure ?? []))
          : null,
      binning: facts.binning,
      ...correctedSize(first, raw),
      gainSetting: facts.gainSetting,
      temperature: middle(temperatures),
    },
  }
}

/** A bias or dark that a dark was taken off has nothing in it that could be taken off others. */
const isEmptied = (exposure: ExposureRecord): boolean => {
  const { kind, subtracted } = effectiveFacts(exposure)
  return (
    (kind === 'bias' && (subtracted === 'bias' || subtracted === 'dark')) ||
    (kind === 'dark' && subtracted === 'dark')
  )
}

interface GroupingRules {
  /** Degrees Celsius. */
  readonly temperatureTolerance?: number
  /** What is done to a frame before any master; nothing unless given. */
  readonly rawOf?: (exposure: ExposureRecord) => RawCorrection | null
}

/**
 * Calibration frames that belong together: same telescope, instrument, night, size, binning and gain setting; darks also
 * the same exposure and temperature, flats the same filter; what was taken off in the camera is off all of them or off none. Excluded frames and frames of unknown kind stay out.
 */
export const groupCalibration = (
  exposures: readonly ExposureRecord[],
  { temperatureTolerance = TEMPERATURE_TOLERANCE, rawOf = () => null }: GroupingRules = {},
): CalibrationGroup[] => {
  const buckets = new Map<
    string,
    { kind: CombinedMasterKind; frames: ExposureRecord[]; raw: RawCorrection | null }
  >()
  for (const exposure of exposures) {
    const kind = MASTER_OF[effectiveFacts(exposure).kind]
    if (kind === undefined || exposure.excluded || isEmptied(exposure)) continue
    const raw = rawOf(exposure)
    const key = exactKey(exposure, kind, raw)
    const bucket = buckets.get(key)
    if (bucket === undefined) buckets.set(key, { kind, frames: [exposure], raw })
    else bucket.frames.push(exposure)
  }
  const groups: CalibrationGroup[] = []
  for (const { kind, frames, raw } of buckets.values()) {
    const parts =
      kind === 'master-dark'
        ? splitByExposure(frames).flatMap((part) => splitByTemperature(part, temperatureTolerance))
        : [frames]
    for (const part of parts) {
      const group = describeGroup(kind, part, raw)
      if (group !== null) groups.push(group)
    }
  }
  return groups
}
