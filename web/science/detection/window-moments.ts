import { FWHM_PER_SIGMA } from './star'

export interface WindowMoments {
  readonly x: number
  readonly y: number
  /** Sigmas of the Gaussian that would look like this, pixels; Infinity when it has no end within the window. */
  readonly major: number
  readonly minor: number
  readonly converged: boolean
}

interface Plane {
  readonly data: Float32Array
  readonly width: number
  readonly height: number
}

/** Widest window in pixels: 3 sigma of a source of about 30 px. */
const MOST_REACH = 40

/** exp(steepness d^2) at `count` places from d = `first` on, one pixel apart: each is the one before times a factor that itself grows evenly. */
const fillGaussian = (into: Float64Array, first: number, count: number, steepness: number): void => {
  let value = Math.exp(steepness * first * first)
  let factor = Math.exp(steepness * (2 * first + 1))
  const growth = Math.exp(2 * steepness)
  for (let k = 0; k < count; k++) {
    into[k] = value
    value *= factor
    factor *= growth
  }
}

/** Rows and columns of the window and its two separable factors, in buffers that every call of one search shares. */
export class MomentWindow {
  private readonly across = new Float64Array(2 * MOST_REACH + 2)
  private readonly down = new Float64Array(2 * MOST_REACH + 2)
  private x0 = 0
  private x1 = -1
  private y0 = 0
  private y1 = -1
  /** Sums of the last call: light, light times offset from the window's centre, and the same squared. */
  total = 0
  dx = 0
  dy = 0
  xx = 0
  xy = 0
  yy = 0

  private readonly plane: Plane

  constructor(plane: Plane) {
    this.plane = plane
  }

  /** Places a round Gaussian about (x, y), cut at three sigma. */
  private place(x: number, y: number, sigma: number): void {
    const reach = Math.min(3 * sigma, MOST_REACH)
    this.x0 = Math.max(0, Math.ceil(x - reach))
    this.x1 = Math.min(this.plane.width - 1, Math.floor(x + reach))
    this.y0 = Math.max(0, Math.ceil(y - reach))
    this.y1 = Math.min(this.plane.height - 1, Math.floor(y + reach))
    const steepness = -0.5 / (sigma * sigma)
    fillGaussian(this.across, this.x0 - x, this.x1 - this.x0 + 1, steepness)
    fillGaussian(this.down, this.y0 - y, this.y1 - this.y0 + 1, steepness)
  }

  /** First moments only: what the search for the centre needs. */
  sumOffsets(x: number, y: number, sigma: number): void {
    this.place(x, y, sigma)
    const { x0, x1, y0, y1, across, down, plane } = this
    const { data, width } = plane
    let total = 0
    let dx = 0
    let dy = 0
    for (let j = y0; j <= y1; j++) {
      let row = 0
      let along = 0
      const at = j * width
      for (let i = x0; i <= x1; i++) {
        const light = data[at + i]! * across[i - x0]!
        row += light
        along += light * (i - x)
      }
      const weight = down[j - y0]!
      total += row * weight
      dx += along * weight
      dy += row * weight * (j - y)
    }
    this.total = total
    this.dx = dx
    this.dy = dy
  }

  /** Second moments about the window's centre, and the total. */
  sumSquares(x: number, y: number, sigma: number): void {
    this.place(x, y, sigma)
    const { x0, x1, y0, y1, across, down, plane } = this
    const { data, width } = plane
    let total = 0
    let xx = 0
    let xy = 0
    let yy = 0
    for (let j = y0; j <= y1; j++) {
      let row = 0
      let along = 0
      let squares = 0
      const at = j * width
      for (let i = x0; i <= x1; i++) {
        const dx = i - x
        const light = data[at + i]! * across[i - x0]!
        row += light
        along += light * dx
        squares += light * dx * dx
      }
      const weight = down[j - y0]!
      const dy = j - y
      total += row * weight
      xx += squares * weight
      xy += along * weight * dy
      yy += row * weight * dy * dy
    }
    this.total = total
    this.xx = xx
    this.xy = xy
    this.yy = yy
  }
}

/** A Gaussian of variance v seen under a window of variance w has variance 1 / (1/v + 1/w); this is the way back. */
const removeWindow = (seen: number, window: number): number =>
  seen <= 0 ? 0 : seen >= window * 0.999 ? Infinity : Math.sqrt(1 / (1 / seen - 1 / window))

export interface WindowStart {
  readonly x: number
  readonly y: number
  /** First guess of the width, full at half maximum, pixels. */
  readonly fwhm: number
  /** Significance of the source: a faint one is not followed further than its noise allows, nor is its window fitted. */
  readonly snr: number
}

/** Sigma of the narrowest window, pixels: under a narrower one the pixel grid pulls the centre (0.02 px at a width of 1.8 px). */
const NARROWEST = 1.1

/** Below this significance the width of the window stays what the frame's stars have. */
const FITTED_SNR = 12

/**
 * Centre and shape under a Gaussian window that follows the star (SExtractor's XWIN_IMAGE, section "Windowed positional
 * parameters" of its manual: x <- x + 2 sum(w f dx) / sum(w f), the 2 being right for a window as wide as the star), with
 * the window's width matched to the star and its effect on the second moments taken out. The plane is above the background.
 */
export const measureWindowMoments = (window: MomentWindow, start: WindowStart): WindowMoments => {
  const first = Math.max(start.fwhm / FWHM_PER_SIGMA, NARROWEST)
  const enough = Math.min(0.01, Math.max(2e-4, 0.02 / start.snr)) * start.fwhm
  let { x, y } = start
  let sigma = first
  let width = start.fwhm / FWHM_PER_SIGMA
  let major = NaN
  let minor = NaN
  let converged = false
  for (let trial = 0; trial < 5; trial++) {
    converged = false
    // A star of variance v under a window of variance w shows w / (v + w) of its offset.
    const newton = 1 + Math.min(1, (width / sigma) ** 2)
    const leash = Math.max(2, start.fwhm, 2.5 * sigma)
    for (let round = 0; round < 20 && !converged; round++) {
      window.sumOffsets(x, y, sigma)
      if (!(window.total > 0)) break
      const stepX = (newton * window.dx) / window.total
      const stepY = (newton * window.dy) / window.total
      x += stepX
      y += stepY
      if (Math.hypot(x - start.x, y - start.y) > leash) break
      converged = Math.abs(stepX) + Math.abs(stepY) < enough
    }
    if (!converged) {
      // A window inside a flat, saturated top sees no centre; a wider one does.
      x = start.x
      y = start.y
      sigma *= 1.6
      continue
    }
    window.sumSquares(x, y, sigma)
    const xx = window.xx / window.total
    const yy = window.yy / window.total
    const half = Math.hypot((xx - yy) / 2, window.xy / window.total)
    major = removeWindow((xx + yy) / 2 + half, sigma * sigma)
    minor = removeWindow((xx + yy) / 2 - half, sigma * sigma)
    if (start.snr < FITTED_SNR) break
    const size = Number.isFinite(major) ? Math.sqrt(major * minor) : sigma * 1.6
    const next = Math.min(Math.max(size, 0.5 * first, NARROWEST), 6 * first)
    width = size
    if (!(next > 0) || Math.abs(next / sigma - 1) < 0.1) break
    sigma = next
  }
  return { x, y, major, minor, converged }
}
