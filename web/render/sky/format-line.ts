import type { CoordinateStyle } from './choose-spacing'

/** Decimals that tell multiples of a step apart. */
const countDecimals = (step: number): number => Math.max(0, Math.ceil(-Math.log10(step) - 1e-6))

const pad = (value: number): string => String(value).padStart(2, '0')

/** Whole units, minutes and seconds, without those that a step leaves at zero. `value` is not negative. */
const splitParts = (
  value: number,
  step: number,
): { readonly whole: number; readonly minutes: number | null; readonly seconds: string | null } => {
  const secondStep = step * 3600
  const decimals = secondStep < 1 - 1e-9 ? countDecimals(secondStep) : 0
  const scale = 10 ** decimals
  const total = Math.round(value * 3600 * scale)
  const seconds = (total % (60 * scale)) / scale
  const minutes = Math.floor(total / (60 * scale)) % 60
  const whole = Math.floor(total / (3600 * scale))
  if (step >= 1 - 1e-9) return { whole, minutes: null, seconds: null }
  if (secondStep >= 60 - 1e-6) return { whole, minutes, seconds: null }
  return {
    whole,
    minutes,
    seconds: seconds.toFixed(decimals).padStart(decimals === 0 ? 2 : 3 + decimals, '0'),
  }
}

/** What a line of equal right ascension is called: as short as its step allows. Degrees in, `2h04m` or `31.25°` out. */
export const formatRightAscensionLine = (angle: number, step: number, style: CoordinateStyle): string => {
  const turn = ((angle % 360) + 360) % 360
  if (style === 'degrees') {
    const text = turn.toFixed(countDecimals(step))
    return `${Number(text) === 360 ? (0).toFixed(countDecimals(step)) : text}°`
  }
  const { whole, minutes, seconds } = splitParts(turn / 15, step / 15)
  const hours = whole % 24
  return `${hours}h${minutes === null ? '' : `${pad(minutes)}m`}${seconds === null ? '' : `${seconds}s`}`
}

/** What a parallel is called: `+46°40′` or `+46.65°`. */
export const formatDeclinationLine = (angle: number, step: number, style: CoordinateStyle): string => {
  const size = Math.abs(angle)
  const sign = size < step / 2 ? '' : angle < 0 ? '−' : '+'
  if (style === 'degrees') return `${sign}${size.toFixed(countDecimals(step))}°`
  const { whole, minutes, seconds } = splitParts(size, step)
  return `${sign}${whole}°${minutes === null ? '' : `${pad(minutes)}′`}${seconds === null ? '' : `${seconds}″`}`
}
