import { ticks as chooseSteps, tickStep } from 'd3'
import { formatFixed, formatPower } from './format-tick'
import { chooseMomentTicks, chooseNameTicks } from './named-ticks'
import type { AxisTick, AxisTicks, ScatterAxis, ScatterColour } from './scatter-types'

/** Digits of a tick, before and behind the point, from which on a common offset is taken off. */
const LONGEST = 8
const LARGE = 1e7
const SMALL_STEP = 1e-5

const digitsOf = (step: number): number => Math.max(0, Math.min(15, Math.ceil(-Math.log10(step) - 1e-9)))

/** The digits behind the point that tell ticks at such a step apart: 0.25 needs two though it is above 0.1. */
const digitsOfStep = (step: number): number => {
  const digits = digitsOf(step)
  const units = step * 10 ** digits
  return Math.abs(units - Math.round(units)) > 1e-6 ? digits + 1 : digits
}

const chooseOffset = (low: number, high: number, digits: number): number => {
  const largest = Math.max(Math.abs(low), Math.abs(high))
  const whole = largest < 1 ? 1 : Math.floor(Math.log10(largest)) + 1
  if (whole + digits < LONGEST || whole < 4) return 0
  const unit = 10 ** Math.ceil(Math.log10(high - low))
  // What is left must be worth it: at least two digits shorter.
  return largest / unit < 50 ? 0 : Math.floor(low / unit) * unit
}

const linearTicks = (
  low: number,
  high: number,
  count: number,
  language: string,
  shift: boolean,
): AxisTicks => {
  const step = Math.abs(tickStep(low, high, count))
  const offset = shift ? chooseOffset(low, high, digitsOfStep(step)) : 0
  const places = chooseSteps(low - offset, high - offset, count)
  const [largest, digits] = [Math.max(...places.map(Math.abs)), digitsOfStep(step)]
  const byPower = largest >= LARGE || (step < SMALL_STEP && largest < 1)
  const decade = largest > 0 ? Math.floor(Math.log10(largest)) : 0
  const powerDigits = Math.max(0, Math.min(6, digitsOfStep(step / 10 ** decade)))
  return {
    offset,
    ticks: places.map((place) => ({
      at: place + offset,
      text: byPower ? formatPower(place, powerDigits, language) : formatFixed(place, digits, language),
    })),
  }
}

const nameValue = (value: number, language: string): string => {
  const power = Math.floor(Math.log10(value) + 1e-9)
  if (power < -3 || power > 4) return formatPower(value, 0, language)
  return formatFixed(value, Math.max(0, -power), language)
}

/** Decades from which on only some of them fit, and below which 2 and 5 are named too. */
const FEW_DECADES = 3

const logarithmicTicks = (low: number, high: number, count: number, language: string): AxisTicks => {
  const decades = high - low
  // Within less than a decade the numbers run almost evenly: ticks as on a linear axis, at their logarithms.
  if (decades < 1) {
    const { ticks } = linearTicks(10 ** low, 10 ** high, count, language, false)
    return { offset: 0, ticks: ticks.map(({ at, text }) => ({ at: Math.log10(at), text })) }
  }
  const every = Math.max(1, Math.ceil(decades / Math.max(2, count)))
  const named = decades < FEW_DECADES && count >= 3 * decades ? [1, 2, 5] : [1]
  const ticks: AxisTick[] = []
  for (let power = Math.floor(low); power <= Math.ceil(high); power++) {
    const isNamed = power % every === 0
    for (const digit of every === 1 ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : [1]) {
      const at = power + Math.log10(digit)
      if (at < low - 1e-9 || at > high + 1e-9) continue
      ticks.push({
        at,
        text: isNamed && named.includes(digit) ? nameValue(digit * 10 ** power, language) : '',
      })
    }
  }
  return { offset: 0, ticks }
}

/** About `count` ticks for a range of scaled values. */
const chooseTicks = (
  [low, high]: readonly [number, number],
  logarithmic: boolean,
  count: number,
  language: string,
): AxisTicks => {
  if (!(high > low) || !Number.isFinite(high - low)) return { ticks: [], offset: 0 }
  // Beyond what a double can hold as a number there is nothing to name.
  if (logarithmic) return logarithmicTicks(Math.max(-300, low), Math.min(300, high), count, language)
  return linearTicks(low, high, count, language, true)
}

/** The ticks of an axis as it wants to be read: as numbers, as dates and times, or as texts. */
export const chooseAxisTicks = (
  { reads, logarithmic }: Pick<ScatterAxis, 'reads' | 'logarithmic'>,
  range: readonly [number, number],
  count: number,
  language: string,
): AxisTicks => {
  if (reads === undefined) return chooseTicks(range, logarithmic, count, language)
  if (reads === 'moments') return { ...chooseMomentTicks(range, count), offset: 0 }
  return { ticks: chooseNameTicks(range, reads, count), offset: 0 }
}

/** The ticks of a bar of colours: few, for it is short. */
export const chooseColourTicks = (
  colour: Extract<ScatterColour, { kind: 'number' }>,
  { low, high }: { readonly low: number; readonly high: number },
  language: string,
): AxisTicks => chooseAxisTicks({ ...colour, logarithmic: false }, [low, high], 4, language)
