import { AsterismError } from '../../core/errors'
import { maskValue } from '../../core/pixel-mask'
import type { Linearity } from '../../core/raw-correction'
import type { MutableNumbers } from '../math/median'

const MOST_COEFFICIENTS = 8
const GRID = 4096
const NOT_LINEAR = maskValue('not-linear')

/** true(m) and its derivative, by Horner's rule. */
const correct = (coefficients: readonly number[], m: number): { value: number; slope: number } => {
  let factor = 0
  let rise = 0
  for (let k = coefficients.length - 1; k >= 0; k--) {
    factor = factor * m + coefficients[k]!
    rise = rise * m + (k + 2) * coefficients[k]!
  }
  return { value: m * (1 + factor * m), slope: 1 + rise * m }
}

/**
 * Throws 'bad-profile' where coefficients cannot be a camera's: more than 8, not finite, a limit that is not positive, or a curve that does not
 * rise everywhere between 0 and the limit (looked at in 4096 steps), so that two readings would be one brightness.
 */
export const checkLinearity = ({ coefficients, limit }: Linearity): void => {
  const refuse = (reason: string): never => {
    throw new AsterismError('bad-profile', `The linearity correction cannot be used: ${reason}.`)
  }
  if (coefficients.length > MOST_COEFFICIENTS) refuse(`it has more than ${MOST_COEFFICIENTS} coefficients`)
  if (!coefficients.every(Number.isFinite)) refuse('a coefficient is not a number')
  if (!(limit > 0) || !Number.isFinite(limit)) refuse('its limit is not a positive number of ADU')
  for (let step = 0; step <= GRID; step++) {
    const m = (limit * step) / GRID
    if (!(correct(coefficients, m).slope > 0)) refuse(`the curve falls at ${m.toFixed(0)} ADU`)
  }
}

export interface PlanesToLinearise {
  /** ADU above bias (overscan or bias taken off). */
  readonly data: MutableNumbers
  /** Standard deviations of `data`, ADU. */
  readonly uncertainty?: MutableNumbers | undefined
  /** 'not-linear' is set where a pixel lies above the limit. */
  readonly mask?: Uint8Array | undefined
}

/**
 * Linearity correction, in place: true = m (1 + c1 m + c2 m^2 + ...), sigma_true = |d true / d m| sigma_m (the polynomial form of
 * IRAF's irlincor; Janesick 2007, Photon Transfer, chapter 7). Below 0 nothing is done: noise about zero holds no light. Above the
 * limit, where a polynomial runs away, the curve goes on along its tangent and the pixel is flagged. NaN stays NaN. Gives the number of pixels
 * above the limit.
 */
export const linearise = ({ data, uncertainty, mask }: PlanesToLinearise, linearity: Linearity): number => {
  checkLinearity(linearity)
  const { coefficients, limit } = linearity
  const end = correct(coefficients, limit)
  let above = 0
  for (let i = 0; i < data.length; i++) {
    const m = data[i]!
    if (!(m > 0)) continue
    const { value, slope } =
      m > limit ? { value: end.value + (m - limit) * end.slope, slope: end.slope } : correct(coefficients, m)
    data[i] = value
    if (uncertainty !== undefined) uncertainty[i] = uncertainty[i]! * slope
    if (m <= limit) continue
    above++
    if (mask !== undefined) mask[i] = mask[i]! | NOT_LINEAR
  }
  return above
}
