import { utcTicks } from 'd3'
import type { AxisTick } from './scatter-types'

/** Milliseconds. */
const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE
/** Over more days than this the hours do not matter. */
const FEW_DAYS = 3
/** The steps of hours and minutes are coarse: twice as many may come as were asked for. */
const FEWER = 0.6
/** Longer names would meet their neighbours. */
const LONGEST_NAME = 16

/** What there is of an ISO date that tells ticks this far apart from each other: days, minutes, seconds or their parts. */
const shorten = (iso: string, span: number): string => {
  if (span > FEW_DAYS * DAY) return iso.slice(0, 10)
  return span > 10 * MINUTE ? iso.slice(11, 16) : span > 10 * SECOND ? iso.slice(11, 19) : iso.slice(17, 23)
}

/** Ticks at whole days, hours or minutes UTC; `note` is the date, where the ticks do not say it themselves. */
export const chooseMomentTicks = (
  [low, high]: readonly [number, number],
  count: number,
): { readonly ticks: readonly AxisTick[]; readonly note: string } => {
  const span = high - low
  const ticks = utcTicks(new Date(low), new Date(high), Math.max(2, FEWER * count)).map((moment) => ({
    at: moment.getTime(),
    text: shorten(moment.toISOString(), span),
  }))
  const first = ticks[0]
  const date =
    span > FEW_DAYS * DAY || first === undefined ? '' : new Date(first.at).toISOString().slice(0, 10)
  return { ticks, note: date === '' ? 'UTC' : `${date} UTC` }
}

/** A tick at each text that is in view, or at every so manyth of them. */
export const chooseNameTicks = (
  [low, high]: readonly [number, number],
  names: readonly string[],
  count: number,
): readonly AxisTick[] => {
  const [first, last] = [Math.max(0, Math.ceil(low)), Math.min(names.length - 1, Math.floor(high))]
  const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, count)))
  const ticks: AxisTick[] = []
  for (let at = Math.ceil(first / every) * every; at <= last; at += every) {
    const name = names[at] ?? ''
    ticks.push({ at, text: name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name || '–' })
  }
  return ticks
}
