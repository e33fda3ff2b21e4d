import { AsterismError } from '../../core/errors'
import type { PixelSection } from '../../core/pixel-section'
import { trimPlane } from '../image/trim-plane'
import {
  findOverscanLevels,
  readOverscanLines,
  subtractLevels,
  type OverscanAxis,
  type OverscanOptions,
} from './overscan'

/**
 * A frame with its error and its mask in full precision: what every faster way of calibrating is held to. ADU or electrons; an uncertainty is one standard
 * deviation, null where none is known; a mask of 0 is good, bits as in core/pixel-mask.
 *
 * The functions here follow ccdproc 2.5 on CCDData (and so astropy.nddata for uncorrelated errors): uncertainties that are not there count as 0 where the
 * other side has some, and masks are or-ed. They return new planes.
 */
export interface CalibrationPlanes {
  readonly width: number
  readonly height: number
  readonly data: Float64Array
  readonly uncertainty: Float64Array | null
  readonly mask: Uint8Array
}

export interface DeviationOptions {
  /** Electrons per unit of the data. */
  readonly gain: number
  /** Electrons. */
  readonly readNoise: number
  /**
   * Counts below zero: 'nan' gives them no uncertainty, which is ccdproc's default and loses the fainter half of every bias and dark; 'read-noise'
   * (disregard_nan=True) that of reading alone, which is right.
   */
  readonly negative: 'nan' | 'read-noise'
}

/** ccdproc.create_deviation: sqrt(gain data + readNoise^2) / gain. */
export const createDeviation = (
  planes: CalibrationPlanes,
  { gain, readNoise, negative }: DeviationOptions,
): CalibrationPlanes => ({
  ...planes,
  uncertainty: planes.data.map((value) => {
    const electrons = gain * value
    const light = electrons >= 0 ? electrons : negative === 'nan' || Number.isNaN(value) ? Number.NaN : 0
    return Math.sqrt(light + readNoise * readNoise) / gain
  }),
})

/**
 * ccdproc.subtract_overscan: the level of each line of the section is taken off the whole line. The uncertainty stays as it is: that of a level, sqrt(pixels) smaller
 * than a pixel's, is left out there too. Lines of the frame beyond the section (ccdproc refuses them) are left as they are.
 */
export const subtractOverscan = (
  planes: CalibrationPlanes,
  section: PixelSection,
  options: OverscanOptions & { readonly axis: OverscanAxis },
): CalibrationPlanes => {
  const { pixels, perLine } = readOverscanLines(planes, section, options.axis)
  const { levels } = findOverscanLevels(pixels, perLine, options)
  const data = planes.data.slice()
  const firstLevel = Math.max(0, options.axis === 'rows' ? section.y[0] : section.x[0])
  subtractLevels(data, planes.width, levels, { axis: options.axis, firstLevel })
  return { ...planes, data }
}

/** ccdproc.trim_image: all planes alike. The section must lie in the frame. */
export const trimImage = (planes: CalibrationPlanes, section: PixelSection): CalibrationPlanes => ({
  width: section.x[1] - section.x[0],
  height: section.y[1] - section.y[0],
  data: trimPlane(planes.data, planes.width, section),
  uncertainty: planes.uncertainty === null ? null : trimPlane(planes.uncertainty, planes.width, section),
  mask: trimPlane(planes.mask, planes.width, section),
})

const requireAlike = (planes: CalibrationPlanes, master: CalibrationPlanes, kind: string): void => {
  if (planes.width === master.width && planes.height === master.height) return
  throw new AsterismError(
    'shape-mismatch',
    `The ${kind} has ${master.width} x ${master.height} pixels and the frame ${planes.width} x ${planes.height}.`,
    {
      kind,
      width: master.width,
      height: master.height,
      frameWidth: planes.width,
      frameHeight: planes.height,
    },
  )
}

const joinMasks = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((value, i) => value | b[i]!)

/** ccdproc.subtract_bias, and subtract_dark with scale=True where `factor` is the ratio of exposures: sigma^2 = sigma_a^2 + (factor sigma_b)^2. */
export const subtractMaster = (
  planes: CalibrationPlanes,
  master: CalibrationPlanes,
  factor = 1,
): CalibrationPlanes => {
  requireAlike(planes, master, 'master')
  const [own, other] = [planes.uncertainty, master.uncertainty]
  return {
    ...planes,
    data: planes.data.map((value, i) => value - factor * master.data[i]!),
    uncertainty:
      own === null && other === null
        ? null
        : planes.data.map((_, i) => Math.sqrt((own?.[i] ?? 0) ** 2 + (factor * (other?.[i] ?? 0)) ** 2)),
    mask: joinMasks(planes.mask, master.mask),
  }
}

export interface FlatOptions {
  /** Values of the flat below this are raised to it; the uncertainty stays. */
  readonly minimum?: number | undefined
  /** What the flat is divided by. Absent: the mean of all its pixels, masked ones included, as there (a dead column then dims every frame). */
  readonly level?: number | undefined
}

/**
 * ccdproc.flat_correct: sigma^2 = (sigma_a^2 + (a sigma_f / f)^2) / f^2 with f the flat over its level. Where the flat is masked the pixel is divided by 1 and
 * masked; where it is 0 and not masked the result is infinite or NaN, as there.
 */
export const correctFlat = (
  planes: CalibrationPlanes,
  flat: CalibrationPlanes,
  { minimum = Number.NEGATIVE_INFINITY, level }: FlatOptions = {},
): CalibrationPlanes => {
  requireAlike(planes, flat, 'flat')
  const raised = flat.data.map((value) => (value < minimum ? minimum : value))
  const norm = level ?? raised.reduce((sum, value) => sum + value, 0) / raised.length
  const response = raised.map((value, i) => (flat.mask[i] === 0 ? value / norm : 1))
  const [own, other] = [planes.uncertainty, flat.uncertainty]
  return {
    ...planes,
    data: planes.data.map((value, i) => value / response[i]!),
    uncertainty:
      own === null && other === null
        ? null
        : planes.data.map((value, i) => {
            const ofFlat = (((other?.[i] ?? 0) / norm) * value) / response[i]!
            return Math.sqrt((own?.[i] ?? 0) ** 2 + ofFlat ** 2) / Math.abs(response[i]!)
          }),
    mask: joinMasks(planes.mask, flat.mask),
  }
}

/** ccdproc.gain_correct: data and uncertainty times electrons per ADU. The error of the gain itself is left out there too. */
export const correctGain = (planes: CalibrationPlanes, gain: number): CalibrationPlanes => ({
  ...planes,
  data: planes.data.map((value) => value * gain),
  uncertainty: planes.uncertainty === null ? null : planes.uncertainty.map((value) => value * Math.abs(gain)),
})
