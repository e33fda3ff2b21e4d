import type { MasterQuality, MasterRecord, QualityNumber } from '../../core/master'
import { isSameSeries, timeOfMaster } from './earlier-master'

export const TREND_QUANTITIES = [
  'biasLevel',
  'readNoise',
  'darkCurrent',
  'hotPixels',
  'gain',
  'flatRatio',
] as const

export type TrendQuantity = (typeof TREND_QUANTITIES)[number]

/** A step from one night to the next that is more than chance. */
export interface TrendJump {
  /** In the unit of the quantity; positive where it rose. */
  readonly by: number
  /** Night and master before the step. */
  readonly since: string
  readonly from: string
  /** Degrees Celsius that the sensor changed by; null where one of the two is not known or they agree to half a degree. */
  readonly warmer: number | null
}

export interface TrendPoint {
  readonly master: string
  readonly night: string
  /** Julian date, UTC. */
  readonly time: number
  readonly value: number
  /** One sigma; NaN where it has none. */
  readonly error: number
  /** The same in electrons where the frames say their gain; null elsewhere, and for what is no charge. */
  readonly electrons: number | null
  readonly jump: TrendJump | null
}

/** One quantity of one camera as it is read out, filtered and cooled, night by night. */
export interface TrendSeries {
  readonly quantity: TrendQuantity
  /** A master that stands for all: instrument, binning, filter, exposure, temperature. */
  readonly example: MasterRecord
  readonly points: readonly TrendPoint[]
}

type Measured = Pick<TrendPoint, 'value' | 'error' | 'electrons'>

type Reader = (quality: MasterQuality, kind: MasterRecord['kind']) => Measured | null

const charge = (number: QualityNumber | null, gain: number | null): Measured | null =>
  number === null
    ? null
    : { value: number.value, error: number.error, electrons: gain === null ? null : number.value * gain }

const plain = (number: QualityNumber | null): Measured | null => charge(number, null)

/** In ADU; ADU; ADU per second; pixels; electrons per ADU; part of the level. */
const READERS: Readonly<Record<TrendQuantity, Reader>> = {
  biasLevel: ({ level }, kind) => (kind === 'master-bias' ? plain(level) : null),
  readNoise: ({ noise, gain }, kind) => (kind === 'master-bias' ? charge(noise, gain) : null),
  darkCurrent: ({ darkCurrent, gain }) => charge(darkCurrent, gain),
  hotPixels: ({ hotPixels }) =>
    hotPixels === null ? null : plain({ value: hotPixels.count, error: Math.sqrt(hotPixels.count) }),
  gain: ({ measuredGain }) => plain(measuredGain),
  flatRatio: ({ ratio }) => (ratio === null ? null : plain({ value: ratio.scatter, error: Number.NaN })),
}

const readQuantity = (quantity: TrendQuantity, { kind, quality }: MasterRecord): Measured | null =>
  quality === undefined ? null : READERS[quantity](quality, kind)

/** Steps below these are no news, however small their errors: an absolute one, and a part of the value before. */
const LEAST_STEP: Readonly<Record<TrendQuantity, { readonly absolute: number; readonly part: number }>> = {
  biasLevel: { absolute: 2, part: 0 },
  readNoise: { absolute: 0, part: 0.1 },
  darkCurrent: { absolute: 0, part: 0.2 },
  hotPixels: { absolute: 5, part: 0.2 },
  gain: { absolute: 0, part: 0.1 },
  flatRatio: { absolute: 0, part: 0 },
}
/** Steps of so many sigma are more than chance. */
const STEP_SIGMAS = 5
/** A flat that differs from the one before by more than this, pixel by pixel, has seen new dust or another light. */
const FLAT_SCATTER = 0.01

const findJump = (
  quantity: TrendQuantity,
  before: TrendPoint & { readonly record: MasterRecord },
  now: Measured,
  record: MasterRecord,
): TrendJump | null => {
  const [cold, warm] = [before.record.group.temperature, record.group.temperature]
  const warmer = cold !== null && warm !== null && Math.abs(warm - cold) > 0.5 ? warm - cold : null
  const from = { since: before.night, from: before.master, warmer }
  const by = now.value - before.value
  const { absolute, part } = LEAST_STEP[quantity]
  const least = Math.max(
    absolute,
    part * Math.abs(before.value),
    STEP_SIGMAS * Math.hypot(now.error, before.error),
  )
  return Math.abs(by) > least ? { by, ...from } : null
}

/** What a flat says is about the one before it already, so its first point can be news. */
const findFlatJump = (masters: readonly MasterRecord[], record: MasterRecord): TrendJump | null => {
  const ratio = record.quality?.ratio
  const before = masters.find(({ id }) => id === ratio?.to)
  if (ratio == null || before === undefined || ratio.scatter <= FLAT_SCATTER) return null
  return { by: ratio.scatter, since: before.group.night, from: before.id, warmer: null }
}

/** Of several masters of one night the latest made stands for it. */
const onePerNight = (masters: readonly MasterRecord[]): MasterRecord[] => {
  const nights = new Map<string, MasterRecord>()
  for (const master of masters) nights.set(master.group.night, master)
  return [...nights.values()].toSorted((a, b) => (timeOfMaster(a) ?? 0) - (timeOfMaster(b) ?? 0))
}

const toSeries = (
  quantity: TrendQuantity,
  members: readonly MasterRecord[],
  all: readonly MasterRecord[],
): TrendSeries | null => {
  const points: (TrendPoint & { readonly record: MasterRecord })[] = []
  for (const record of onePerNight(members)) {
    const measured = readQuantity(quantity, record)
    const time = timeOfMaster(record)
    if (measured === null || time === null || !Number.isFinite(measured.value)) continue
    const before = points.at(-1)
    const jump =
      quantity === 'flatRatio'
        ? findFlatJump(all, record)
        : before === undefined
          ? null
          : findJump(quantity, before, measured, record)
    points.push({ ...measured, master: record.id, night: record.group.night, time, jump, record })
  }
  const example = points.at(-1)?.record
  return example === undefined
    ? null
    : { quantity, example, points: points.map(({ record: _record, ...point }) => point) }
}

/** Every quantity of every camera over the nights, with what changed more than by chance. */
export const findTrends = (masters: readonly MasterRecord[]): TrendSeries[] => {
  const made = masters.toSorted((a, b) => a.createdAt - b.createdAt)
  return TREND_QUANTITIES.flatMap((quantity) => {
    const groups: MasterRecord[][] = []
    for (const master of made) {
      if (readQuantity(quantity, master) === null) continue
      const group = groups.find(([example]) => example !== undefined && isSameSeries(example, master))
      if (group === undefined) groups.push([master])
      else group.push(master)
    }
    return groups.flatMap((group) => toSeries(quantity, group, masters) ?? [])
  })
}
