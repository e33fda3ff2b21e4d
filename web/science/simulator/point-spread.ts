import { errorFunction } from '../math/error-function'

/**
 * The image of a star: two concentric round Gaussians, a core and a wing of 2.4 times its width with 12 % of the light,
 * each integrated exactly over square pixels. Heavier than a Gaussian, as real stars are, and still with a closed form.
 */
const WING_PART = 0.12
const WING_WIDTH = 2.4
/** FWHM of the sum over the sigma of its core; the wing makes it a little more than 2.3548. */
const FWHM_TO_CORE = 2.385_769

export interface PlaneSize {
  readonly width: number
  readonly height: number
}

export interface StarImage {
  /** Centre, pixels, 0-based. */
  readonly x: number
  readonly y: number
  readonly electrons: number
  /** Pixels. */
  readonly fwhm: number
}

/** Light that the star's window may leave out, electrons: far below the photon noise of anything. */
const LEFT_OUT = 0.02

/** Part of the star's light within a circle about its centre, without pixels. */
export const enclosedLight = (radius: number, fwhm: number): number => {
  const core = fwhm / FWHM_TO_CORE
  const square = -(radius * radius) / 2
  return (
    1 -
    (1 - WING_PART) * Math.exp(square / core ** 2) -
    WING_PART * Math.exp(square / (core * WING_WIDTH) ** 2)
  )
}

const SCRATCH = 512
const across = [new Float64Array(SCRATCH), new Float64Array(SCRATCH)] as const

/** Adds a star to a plane of expected electrons. */
export const addStar = (plane: Float32Array, size: PlaneSize, star: StarImage): void => {
  const core = star.fwhm / FWHM_TO_CORE
  const wing = core * WING_WIDTH
  const wanted = wing * Math.sqrt(2 * Math.log(Math.max(2, (star.electrons * WING_PART) / LEFT_OUT)))
  const reach = Math.min(Math.ceil(Math.max(wanted, 3 * core)), SCRATCH / 2 - 2)
  const left = Math.max(0, Math.round(star.x) - reach)
  const right = Math.min(size.width - 1, Math.round(star.x) + reach)
  const first = Math.max(0, Math.round(star.y) - reach)
  const last = Math.min(size.height - 1, Math.round(star.y) + reach)
  if (left > right || first > last) return
  integrateRow(across[0], left, right, { center: star.x, sigma: core })
  integrateRow(across[1], left, right, { center: star.x, sigma: wing })
  const count = right - left + 1
  for (let y = first; y <= last; y++) {
    const inCore = star.electrons * (1 - WING_PART) * pixelShare(y, star.y, core)
    const inWing = star.electrons * WING_PART * pixelShare(y, star.y, wing)
    const start = y * size.width + left
    for (let i = 0; i < count; i++) {
      plane[start + i] = plane[start + i]! + inCore * across[0][i]! + inWing * across[1][i]!
    }
  }
}

const pixelShare = (pixel: number, center: number, sigma: number): number => {
  const scale = Math.SQRT1_2 / sigma
  return (errorFunction((pixel + 0.5 - center) * scale) - errorFunction((pixel - 0.5 - center) * scale)) / 2
}

const integrateRow = (
  row: Float64Array,
  left: number,
  right: number,
  { center, sigma }: { readonly center: number; readonly sigma: number },
): void => {
  const scale = Math.SQRT1_2 / sigma
  let before = errorFunction((left - 0.5 - center) * scale)
  for (let x = left; x <= right; x++) {
    const after = errorFunction((x + 0.5 - center) * scale)
    row[x - left] = (after - before) / 2
    before = after
  }
}
