import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { FrameStatisticsRecord } from '../../core/frame-statistics'
import { fitRobustLine } from '../../science/math/robust-line'
import { outlierLimit, scoreAgainstOthers, type OutlierScore } from '../../science/math/outlier-scores'

export const FRAME_QUANTITIES = [
  'level',
  'noise',
  'background',
  'fwhm',
  'elongation',
  'starCount',
  'saturated',
] as const

export type FrameQuantity = (typeof FRAME_QUANTITIES)[number]

/** Why a frame should be looked at before it is used. */
export interface FrameDoubt {
  readonly frame: string
  readonly quantity: FrameQuantity
  readonly direction: 'high' | 'low'
  readonly value: number
  /** Of the others, or of those around it in time. */
  readonly usual: number
  /** Robust sigma that it lies off; null where a limit of its own is broken. */
  readonly sigmas: number | null
  /** How many frames it was compared with, and whether these are those next to it in time. */
  readonly others: number
  readonly nearby: boolean
}

/** Frames that should be alike: of one night, camera, kind, filter, exposure, binning and, of lights, object. */
export interface FrameGroupOfKind {
  readonly key: string
  /** Stands for all. */
  readonly example: ExposureRecord
  /** In time order. */
  readonly frames: readonly ExposureRecord[]
}

interface Rule {
  readonly quantity: FrameQuantity
  readonly sides: readonly FrameDoubt['direction'][]
  /** What one frame is good to at best, in the unit of the quantity. */
  readonly leastSigma: (usual: number) => number
  /** A difference that matters; below it, it is no news, however many sigma it is. */
  readonly matters: (value: number, usual: number, noise: number) => boolean
}

const STARS: readonly Rule[] = [
  {
    quantity: 'background',
    sides: ['high'],
    leastSigma: () => 0.5,
    matters: (value, usual, noise) => value - usual > noise,
  },
  {
    quantity: 'fwhm',
    sides: ['high'],
    leastSigma: (usual) => 0.02 * usual,
    matters: (value, usual) => value > 1.15 * usual,
  },
  {
    quantity: 'elongation',
    sides: ['high'],
    leastSigma: () => 0.02,
    matters: (value, usual) => value > usual + 0.15,
  },
  {
    quantity: 'starCount',
    sides: ['low'],
    leastSigma: (usual) => Math.sqrt(Math.max(1, usual)),
    matters: (value, usual) => usual >= 10 && value < 0.75 * usual,
  },
]
const DARKNESS: readonly Rule[] = [
  {
    quantity: 'level',
    sides: ['high', 'low'],
    leastSigma: () => 0.5,
    matters: (value, usual, noise) => Math.abs(value - usual) > Math.max(2, 0.3 * noise),
  },
  {
    quantity: 'noise',
    sides: ['high'],
    leastSigma: (usual) => 0.01 * usual,
    matters: (value, usual) => value > 1.1 * usual,
  },
]
const LAMP: readonly Rule[] = [
  {
    quantity: 'level',
    sides: ['low'],
    leastSigma: (usual) => 0.01 * usual,
    matters: (value, usual) => value < 0.7 * usual,
  },
]

/** Levels of flats are no fault: the twilight fades, and lamps are dimmed. */
const RULES: Readonly<Record<string, readonly Rule[]>> = {
  bias: DARKNESS,
  dark: DARKNESS,
  light: STARS,
  arc: LAMP,
}

/** More of a flat saturated spoils it, whatever the others are like. */
const MOST_SATURATED = 0.005
/** From so many frames on, each is compared with those next to it in time as well: a night's sky changes slowly, a cloud does not. */
const MANY = 40
const NEARBY = 30

/** NaN where it was not measured. */
export const readQuantity = (
  statistics: FrameStatisticsRecord | undefined,
  quantity: FrameQuantity,
): number => {
  if (statistics === undefined) return Number.NaN
  switch (quantity) {
    case 'level':
    case 'noise':
      return statistics[quantity]
    case 'saturated':
      return statistics.saturatedFraction ?? Number.NaN
    default:
      return statistics.quality?.[quantity] ?? Number.NaN
  }
}

const keyOf = (exposure: ExposureRecord): string => {
  const facts = effectiveFacts(exposure)
  const dark = facts.kind === 'bias' || facts.kind === 'dark'
  return JSON.stringify([
    facts.kind,
    facts.night,
    facts.telescope.toLowerCase(),
    facts.instrument.toLowerCase(),
    dark ? null : (facts.filter?.toLowerCase() ?? null),
    facts.kind === 'bias' ? null : facts.exposure,
    facts.binning,
    facts.gainSetting,
    facts.kind === 'light' ? facts.object : null,
    facts.subtracted ?? null,
    exposure.width,
    exposure.height,
  ])
}

const ORDER = ['light', 'flat', 'dark', 'bias', 'arc']

/** Groups of frames that should be alike, lights first. */
export const groupAlike = (exposures: readonly ExposureRecord[]): FrameGroupOfKind[] => {
  const groups = new Map<string, ExposureRecord[]>()
  const timeOf = (exposure: ExposureRecord) => effectiveFacts(exposure).dateObs ?? ''
  const inTime = exposures.toSorted((a, b) =>
    timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : a.name < b.name ? -1 : 1,
  )
  for (const exposure of inTime) {
    if (!ORDER.includes(effectiveFacts(exposure).kind)) continue
    const key = keyOf(exposure)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [exposure])
    else group.push(exposure)
  }
  const rank = (example: ExposureRecord) => ORDER.indexOf(effectiveFacts(example).kind)
  return [...groups]
    .flatMap(([key, frames]) => (frames[0] === undefined ? [] : [{ key, frames, example: frames[0] }]))
    .toSorted((a, b) => rank(a.example) - rank(b.example))
}

/**
 * Each against those next to it in time, itself left out, and against the line that they follow: a sky that grows brighter with the moon
 * stays usual. The first and last are compared with one side.
 */
const scoreNearby = (values: readonly number[], leastSigma: number): OutlierScore[] =>
  values.map((_, index) => {
    const from = Math.max(0, Math.min(values.length - NEARBY - 1, index - NEARBY / 2))
    const window = values.slice(from, from + NEARBY + 1)
    const places = window.map((_value, place) => place)
    const own = index - from
    const others = places.filter((place) => place !== own)
    const { slope, intercept } = fitRobustLine(
      others,
      others.map((place) => window[place]!),
    )
    const line = (place: number) => intercept + slope * place
    const residuals = window.map((value, place) => value - line(place))
    const score = scoreAgainstOthers(residuals, leastSigma)[own]!
    return { ...score, median: score.median + line(own) }
  })

const middleOf = (values: readonly number[]): number => {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

const judge = (
  rule: Rule,
  frames: readonly ExposureRecord[],
  statistics: ReadonlyMap<string, FrameStatisticsRecord>,
): FrameDoubt[] => {
  const read = (quantity: FrameQuantity) => frames.map(({ id }) => readQuantity(statistics.get(id), quantity))
  const values = read(rule.quantity)
  const noise = middleOf(read('noise'))
  const leastSigma = rule.leastSigma(middleOf(values))
  const count = values.filter((value) => !Number.isNaN(value)).length
  const all = scoreAgainstOthers(values, leastSigma)
  const nearby = count >= MANY ? scoreNearby(values, leastSigma) : null
  const test = (index: number, score: OutlierScore | undefined, size: number): FrameDoubt | null => {
    const value = values[index]!
    if (score === undefined || !(Math.abs(score.score) > outlierLimit(size))) return null
    const direction = score.score > 0 ? 'high' : 'low'
    if (!rule.sides.includes(direction) || !rule.matters(value, score.median, noise)) return null
    return {
      frame: frames[index]!.id,
      quantity: rule.quantity,
      direction,
      value,
      usual: score.median,
      sigmas: Math.abs(score.score),
      others: score.others,
      nearby: size !== count,
    }
  }
  return values.flatMap(
    (_, index) => test(index, all[index], count) ?? test(index, nearby?.[index], NEARBY + 1) ?? [],
  )
}

const findSaturated = (
  frames: readonly ExposureRecord[],
  statistics: ReadonlyMap<string, FrameStatisticsRecord>,
): FrameDoubt[] =>
  frames.flatMap(({ id }) => {
    const value = readQuantity(statistics.get(id), 'saturated')
    if (!(value > MOST_SATURATED)) return []
    const doubt = { quantity: 'saturated', direction: 'high', sigmas: null, nearby: false } as const
    return [{ ...doubt, frame: id, value, usual: MOST_SATURATED, others: frames.length - 1 }]
  })

/**
 * Frames of a group that differ from the others more than by chance, and by so much that it matters. Frames that a person left out are
 * neither judged nor compared with. Of fewer than five frames nothing is said, but that a flat is saturated.
 */
export const doubtFrames = (
  { example, frames }: FrameGroupOfKind,
  statistics: ReadonlyMap<string, FrameStatisticsRecord>,
): FrameDoubt[] => {
  const { kind } = effectiveFacts(example)
  const used = frames.filter(({ excluded }) => !excluded)
  if (kind === 'flat') return findSaturated(used, statistics)
  return (RULES[kind] ?? []).flatMap((rule) => judge(rule, used, statistics))
}

/** What is measured of a kind of frame, in the order in which it is shown. */
export const quantitiesOf = (kind: string): FrameQuantity[] =>
  kind === 'light'
    ? ['background', 'fwhm', 'starCount', 'elongation']
    : kind === 'flat'
      ? ['level', 'saturated']
      : ['level', 'noise']
