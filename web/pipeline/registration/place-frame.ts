import type { Point } from '../../core/image'
import type { PixelMap } from '../../core/pixel-map'
import type { Registration } from '../../core/reduced'
import { applyTransform, type Transform } from '../../core/transform'
import type { Wcs } from '../../science/astrometry/wcs/wcs'
import type { PixelWindow } from '../../science/image/pixel-window'
import { describeTransform } from '../../science/registration/describe-transform'
import { fitAffine } from '../../science/registration/fit-transform'
import { buildPixelMap, type LocatePixel } from '../../science/reprojection/build-pixel-map'
import { findFootprint } from '../../science/reprojection/find-footprint'
import { intersectWindows } from '../../science/reprojection/find-mapped-window'
import { locateBetween } from './locate-between'
import type { PlacedFrame } from './plan-grid'

/** Places along each side of the window through which the nearest transform is laid. */
const PLACES = 9

export type Placement = Pick<
  Registration,
  'transform' | 'dx' | 'dy' | 'rotation' | 'scale' | 'flipped' | 'rms' | 'map' | 'inverse'
>

/** The affine transform that comes nearest to a map over a window, and by how far it misses on the average, pixels. */
const fitTransform = (
  locate: LocatePixel,
  { left, top, width, height }: PixelWindow,
): { readonly transform: Transform; readonly rms: number } | null => {
  const out = new Float64Array(6)
  const [from, to]: [Point[], Point[]] = [[], []]
  for (let i = 0; i < PLACES; i++) {
    for (let j = 0; j < PLACES; j++) {
      const point = {
        x: left + ((width - 1) * i) / (PLACES - 1),
        y: top + ((height - 1) * j) / (PLACES - 1),
      }
      if (!locate(point.x, point.y, out)) continue
      from.push(point)
      to.push({ x: out[0]!, y: out[1]! })
    }
  }
  const transform = fitAffine({ from, to })
  if (transform === null) return null
  const squares = from.reduce((sum, point, index) => {
    const { x, y } = applyTransform(transform, point)
    return sum + (x - to[index]!.x) ** 2 + (y - to[index]!.y) ** 2
  }, 0)
  return { transform, rms: Math.sqrt(squares / from.length) }
}

/**
 * How a frame lies under a grid by the world coordinates of both; null where they have nothing in common. `inverse` asks for the way back too.
 */
export const placeFrame = (
  grid: { readonly wcs: Wcs; readonly width: number; readonly height: number },
  frame: PlacedFrame,
  inverse: boolean,
): Placement | null => {
  const [there, back] = [locateBetween(grid.wcs, frame.wcs), locateBetween(frame.wcs, grid.wcs)]
  const whole = { left: 0, top: 0, width: grid.width, height: grid.height }
  const { width, height } = frame
  const reach = findFootprint({ width, height, locate: back })
  const window = reach === null ? whole : intersectWindows(reach, whole)
  const fitted = window === null ? null : fitTransform(there, window)
  if (window === null || fitted === null) return null
  const map: PixelMap = buildPixelMap({ window, locate: there })
  const transform = map.kind === 'affine' ? map.transform : fitted.transform
  const middle = { x: window.left + (window.width - 1) / 2, y: window.top + (window.height - 1) / 2 }
  return {
    transform,
    ...describeTransform(transform, middle),
    rms: map.kind === 'affine' ? 0 : fitted.rms,
    ...(map.kind === 'affine' ? {} : { map }),
    ...(inverse
      ? { inverse: buildPixelMap({ window: { left: 0, top: 0, width, height }, locate: back }) }
      : {}),
  }
}
