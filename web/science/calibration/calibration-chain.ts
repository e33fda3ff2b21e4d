import type { Linearity } from '../../core/raw-correction'
import { maskValue } from '../../core/pixel-mask'
import type { PixelSection } from '../../core/pixel-section'
import {
  correctFlat,
  correctGain,
  createDeviation,
  subtractMaster,
  subtractOverscan,
  trimImage,
  type CalibrationPlanes,
  type DeviationOptions,
  type FlatOptions,
} from './calibration-planes'
import { flagSaturation } from './flag-saturation'
import { linearise } from './linearise'
import type { OverscanAxis, OverscanOptions } from './overscan'

/** Everything that can be done to one frame; what is absent is not done. Masters are of the trimmed size. */
export interface CalibrationChain {
  /** ADU of the raw pixels; at or above it a pixel is flagged. */
  readonly saturation?: number | undefined
  readonly overscan?:
    (OverscanOptions & { readonly section: PixelSection; readonly axis: OverscanAxis }) | undefined
  readonly trim?: PixelSection | undefined
  readonly deviation?: DeviationOptions | undefined
  /** Of the trimmed size; not 0 is bad. */
  readonly badPixels?: Uint8Array | undefined
  readonly bias?: CalibrationPlanes | undefined
  /** Needs the bias or the overscan taken off before; where neither is there the person knows what the coefficients mean. */
  readonly linearity?: Linearity | undefined
  readonly dark?: { readonly master: CalibrationPlanes; readonly factor: number } | undefined
  readonly flat?: (FlatOptions & { readonly master: CalibrationPlanes }) | undefined
  /** Electrons per ADU, and whether it comes before the masters (which are in electrons then; ccdproc's default) or at the end. */
  readonly gain?: { readonly value: number; readonly first: boolean } | undefined
}

const BAD_PIXEL = maskValue('bad-pixel')

/**
 * One frame through the whole chain in the order of ccdproc.ccd_process: overscan, trim, deviation, bad pixels, gain if it comes first, bias, (linearity, which
 * ccdproc does not have), dark, flat, gain if it comes last. The slow reference of calibratePixels: same values, masks and errors.
 *
 * One difference: ccd_process puts the bad-pixel mask in place of the mask that the frame has, and here it is added.
 */
export const runCalibrationChain = (raw: CalibrationPlanes, chain: CalibrationChain): CalibrationPlanes => {
  let planes: CalibrationPlanes = { ...raw, mask: raw.mask.slice() }
  if (chain.saturation !== undefined) flagSaturation(planes.data, chain.saturation, planes.mask)
  if (chain.overscan !== undefined) planes = subtractOverscan(planes, chain.overscan.section, chain.overscan)
  if (chain.trim !== undefined) planes = trimImage(planes, chain.trim)
  if (chain.deviation !== undefined) planes = createDeviation(planes, chain.deviation)
  const { badPixels } = chain
  if (badPixels !== undefined)
    planes = {
      ...planes,
      mask: planes.mask.map((value, i) => (badPixels[i] === 0 ? value : value | BAD_PIXEL)),
    }
  if (chain.gain?.first === true) planes = correctGain(planes, chain.gain.value)
  if (chain.bias !== undefined) planes = subtractMaster(planes, chain.bias)
  if (chain.linearity !== undefined) planes = lineariseCopy(planes, chain.linearity)
  if (chain.dark !== undefined) planes = subtractMaster(planes, chain.dark.master, chain.dark.factor)
  if (chain.flat !== undefined) planes = correctFlat(planes, chain.flat.master, chain.flat)
  return chain.gain?.first === false ? correctGain(planes, chain.gain.value) : planes
}

const lineariseCopy = (planes: CalibrationPlanes, linearity: Linearity): CalibrationPlanes => {
  const copy = {
    ...planes,
    data: planes.data.slice(),
    uncertainty: planes.uncertainty?.slice() ?? null,
    mask: planes.mask.slice(),
  }
  linearise({ ...copy, uncertainty: copy.uncertainty ?? undefined }, linearity)
  return copy
}
