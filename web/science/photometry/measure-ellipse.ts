import { flagBit } from '../../core/flags'
import type { Point } from '../../core/image'
import { overlapEllipse } from './elliptical-overlap'
import type { ApertureSum } from './measure-aperture'
import { type Pixels, asStamp } from './stamps'

export interface EllipseShape {
  /** Minor over major axis, 0 < ratio <= 1. */
  readonly ratio: number
  /** Of the major axis, from x towards y, radians. */
  readonly angle: number
}

const EDGE = flagBit('edge')
const BAD_PIXEL = flagBit('bad-pixel')

/** One exact elliptical aperture; rules of edges and of pixels without a value as for circles. */
export const measureEllipse = (
  pixels: Pixels,
  { x, y }: Point,
  semiMajor: number,
  shape: EllipseShape,
): ApertureSum => {
  const { image, x0, y0, frameWidth, frameHeight } = asStamp(pixels)
  const ellipse = { semiMajor, ...shape }
  const minor = semiMajor * shape.ratio
  const reachX = Math.hypot(semiMajor * Math.cos(shape.angle), minor * Math.sin(shape.angle))
  const reachY = Math.hypot(semiMajor * Math.sin(shape.angle), minor * Math.cos(shape.angle))
  let sum = 0
  let area = 0
  let peak = Number.NEGATIVE_INFINITY
  let flags = 0
  for (let j = Math.ceil(y - reachY - 0.5); j <= y + reachY + 0.5; j++) {
    for (let i = Math.ceil(x - reachX - 0.5); i <= x + reachX + 0.5; i++) {
      const share = overlapEllipse(i - x, j - y, ellipse)
      if (!(share > 0)) continue
      const inside = i >= x0 && j >= y0 && i < x0 + image.width && j < y0 + image.height
      const value = inside ? image.data[(j - y0) * image.width + i - x0]! : NaN
      if (value - value !== 0) {
        const off = i < 0 || j < 0 || i >= frameWidth || j >= frameHeight
        flags |= off || !inside ? EDGE : BAD_PIXEL
        continue
      }
      sum += share * value
      area += share
      if (value > peak) peak = value
    }
  }
  return { sum, area, peak: peak === Number.NEGATIVE_INFINITY ? NaN : peak, flags }
}
