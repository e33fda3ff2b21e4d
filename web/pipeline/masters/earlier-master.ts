import type { MasterRecord } from '../../core/master'
import { exposuresAgree, TEMPERATURE_TOLERANCE } from '../group-calibration'

const KINDS: readonly string[] = [
  'master-bias',
  'master-dark',
  'master-flat',
  'master-bad-pixels',
  'master-fringe',
]

/** When its frames were taken, as far as it is known: for the order of masters in time. */
export const timeOfMaster = ({ jdUtcMid, group }: MasterRecord): number | null => {
  if (jdUtcMid !== null) return jdUtcMid
  const midnight = Date.parse(group.night.slice(0, 10))
  // The Julian date of the midnight that ends the evening of that date, UTC; good to half a day.
  return Number.isNaN(midnight) ? null : midnight / 86_400_000 + 2_440_588.5
}

/** The same camera read out the same way, and for a flat through the same filter: their numbers may be compared. */
const isComparable = (a: MasterRecord, b: MasterRecord): boolean =>
  a.kind === b.kind &&
  a.group.telescope.toLowerCase() === b.group.telescope.toLowerCase() &&
  a.group.instrument.toLowerCase() === b.group.instrument.toLowerCase() &&
  (a.group.filter ?? '').toLowerCase() === (b.group.filter ?? '').toLowerCase() &&
  a.group.binning[0] === b.group.binning[0] &&
  a.group.binning[1] === b.group.binning[1] &&
  a.group.gainSetting === b.group.gainSetting &&
  a.width === b.width &&
  a.height === b.height

/** Comparable, and for darks as long and as cold: what stands in one row of the library. */
export const isSameSeries = (a: MasterRecord, b: MasterRecord): boolean => {
  if (!isComparable(a, b)) return false
  if (a.kind !== 'master-dark') return true
  if (!exposuresAgree(a.group.exposure, b.group.exposure)) return false
  const [first, second] = [a.group.temperature, b.group.temperature]
  return first === null || second === null
    ? first === second
    : Math.abs(first - second) <= TEMPERATURE_TOLERANCE
}

/** Masters by series: bias, dark, flat; each series in time order. Those of unknown time come first. */
export const groupSeries = (masters: readonly MasterRecord[]): MasterRecord[][] => {
  const series: MasterRecord[][] = []
  const inTime = masters.toSorted((a, b) => (timeOfMaster(a) ?? 0) - (timeOfMaster(b) ?? 0))
  for (const master of inTime) {
    const own = series.find(([example]) => example !== undefined && isSameSeries(example, master))
    if (own === undefined) series.push([master])
    else own.push(master)
  }
  const keyOf = ([example]: readonly MasterRecord[]) =>
    [
      KINDS.indexOf(example?.kind ?? ''),
      example?.group.instrument,
      example?.group.filter,
      example?.group.exposure,
    ].join(' ')
  return series.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b), 'en', { numeric: true }))
}

/** The last flat of the same filter, or bias or dark of the same series, of a night before this one's; of several of one night the latest made. Null where there is none. */
export const findEarlierMaster = (
  master: MasterRecord,
  masters: readonly MasterRecord[],
): MasterRecord | null => {
  const time = timeOfMaster(master)
  if (time === null) return null
  const earlier = masters.filter((other) => {
    const at = timeOfMaster(other)
    return at !== null && at < time && other.group.night !== master.group.night && isSameSeries(other, master)
  })
  const before = (a: MasterRecord, b: MasterRecord) =>
    (timeOfMaster(a) ?? 0) - (timeOfMaster(b) ?? 0) || a.createdAt - b.createdAt
  return earlier.toSorted(before).at(-1) ?? null
}
