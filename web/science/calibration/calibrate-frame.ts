import { AsterismError } from '../../core/errors'
import type { Image } from '../../core/image'
import { calibratePixels } from './calibrate-pixels'
import { LEAST_FLAT } from './scale-flat'

export interface CalibrationMasters {
  /** ADU. */
  readonly bias?: Image | undefined
  readonly dark?: DarkMaster | undefined
  /** Relative response, median 1. */
  readonly flat?: Image | undefined
}

export interface DarkMaster {
  /** ADU for `exposure` seconds. */
  readonly image: Image
  /** Seconds; null where the headers do not say. */
  readonly exposure: number | null
  /** True when the bias was taken off before combining; false when it is still in. */
  readonly biasSubtracted: boolean
}

export interface CalibrationOptions {
  /** Of the frame, seconds; null where its header does not say. */
  readonly exposure: number | null
  /** May a dark of another exposure be scaled? */
  readonly darkScaling: boolean
}

/** What is taken off a frame before it is divided by the flat, and what was found on the way, as codes. */
export interface DarkPlan {
  readonly subtractBias: boolean
  readonly subtractDark: boolean
  /** Factor on the dark. */
  readonly darkFactor: number
  readonly note:
    | 'no-dark'
    | 'same-exposure'
    | 'scaled-by-exposure'
    /** Exposures differ and the person wants no scaling: the dark is left out. */
    | 'refused-scaling-off'
    /** Exposures differ and the dark still holds the bias, with no bias frame to take off: scaling would scale the bias. */
    | 'refused-bias-in-dark'
    /** An exposure is not known, so that the dark can be neither matched nor scaled. */
    | 'refused-exposure-unknown'
}

/** Exposures that a shutter's clock cannot tell apart: 1 % or 20 ms. */
const sameExposure = (a: number, b: number): boolean =>
  Math.abs(a - b) <= Math.max(0.02, 0.01 * Math.max(Math.abs(a), Math.abs(b)))

/**
 * Decides how bias and dark go together.
 * - Bias taken off the dark already: frame - bias - dark t / t_dark. Without a bias master the bias stays in the frame, which
 *   is what the person gets who gives no bias.
 * - Bias still in the dark, exposures equal: frame - dark; the bias is in it, and taking it off as well would take it twice.
 * - Bias still in the dark, exposures differ, bias at hand: frame - bias - (dark - bias) t / t_dark.
 * - Bias still in the dark, exposures differ, no bias: refused.
 */
export const planDark = (masters: CalibrationMasters, options: CalibrationOptions): DarkPlan => {
  const { bias, dark } = masters
  const subtractBias = bias !== undefined
  const without = (note: DarkPlan['note']): DarkPlan => ({
    subtractBias,
    subtractDark: false,
    darkFactor: 1,
    note,
  })
  if (dark === undefined) return without('no-dark')
  if (options.exposure === null || dark.exposure === null) return without('refused-exposure-unknown')
  if (sameExposure(options.exposure, dark.exposure)) {
    return {
      subtractBias: subtractBias && dark.biasSubtracted,
      subtractDark: true,
      darkFactor: 1,
      note: 'same-exposure',
    }
  }
  if (!options.darkScaling) return without('refused-scaling-off')
  if (!dark.biasSubtracted && !subtractBias) return without('refused-bias-in-dark')
  if (!(dark.exposure > 0)) return without('refused-exposure-unknown')
  return {
    subtractBias,
    subtractDark: true,
    darkFactor: options.exposure / dark.exposure,
    note: 'scaled-by-exposure',
  }
}

/** What the bias and the dark are multiplied with before they are taken off; 0 leaves one out. */
const findFactors = (
  plan: DarkPlan,
  dark: Pick<DarkMaster, 'biasSubtracted'> | undefined,
): { readonly biasFactor: number; readonly darkFactor: number } => {
  // Bias still in the dark: -bias - f (dark - bias) = -(1 - f) bias - f dark.
  const biasInDark = plan.subtractDark && dark?.biasSubtracted === false
  return {
    biasFactor: plan.subtractBias ? (biasInDark ? 1 - plan.darkFactor : 1) : 0,
    darkFactor: plan.subtractDark ? plan.darkFactor : 0,
  }
}

export interface CalibratedFrame {
  readonly image: Image
  readonly plan: DarkPlan
  /** Pixels whose flat has no response (<= 0.05 or no value); they are NaN. */
  readonly withoutResponse: number
}

/**
 * (raw - bias - factor dark) / flat for each pixel in f64, rounded once to f32. NaN in any of them gives NaN.
 * Throws 'shape-mismatch' when a master has another size than the frame; a dark that does not fit by exposure is left out
 * and `plan.note` says why.
 */
export const calibrateFrame = (
  raw: Image,
  masters: CalibrationMasters,
  options: CalibrationOptions,
): CalibratedFrame => {
  requireShape(raw, masters.bias, 'bias')
  requireShape(raw, masters.dark?.image, 'dark')
  requireShape(raw, masters.flat, 'flat')
  const plan = planDark(masters, options)
  const data = new Float32Array(raw.data.length)
  const flat = masters.flat?.data
  calibratePixels(
    { raw: raw.data, bias: masters.bias?.data, dark: masters.dark?.image.data, flat },
    { ...findFactors(plan, masters.dark), gain: 1 },
    { data },
  )
  const withoutResponse =
    flat?.reduce((count, response) => (response > LEAST_FLAT ? count : count + 1), 0) ?? 0
  return { image: { width: raw.width, height: raw.height, data }, plan, withoutResponse }
}

/** The calibrated pixels alone. */
export const calibrateImage = (raw: Image, masters: CalibrationMasters, options: CalibrationOptions): Image =>
  calibrateFrame(raw, masters, options).image

const requireShape = (raw: Image, master: Image | undefined, kind: string): void => {
  if (master === undefined || (master.width === raw.width && master.height === raw.height)) return
  throw new AsterismError(
    'shape-mismatch',
    `The master ${kind} has ${master.width} x ${master.height} pixels and the frame ${raw.width} x ${raw.height}.`,
    { kind, width: master.width, height: master.height, frameWidth: raw.width, frameHeight: raw.height },
  )
}
