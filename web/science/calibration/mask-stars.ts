import type { Image } from '../../core/image'
import { estimateBackgroundMesh, interpolateBackground } from '../image/background-mesh'

export interface StarMaskOptions {
  /** Sigmas of the local noise above the local background; default 3. */
  readonly sigma?: number
  /** Sides of the boxes of the background, pixels; default 64. */
  readonly box?: number
  /** Radius in pixels by which what is found grows, for the wings that lie below the threshold; default 4. */
  readonly grow?: number
}

/**
 * 1 where something stands above the background: everything that a fringe map or a sky gradient must not see. What is brighter than `sigma` deviations above the mesh
 * background is grown by a disc; a single pixel above (noise, a hot pixel) is masked but does not grow. Pixels without a value are masked.
 */
export const maskStars = (image: Image, options: StarMaskOptions = {}): Uint8Array => {
  const { sigma = 3, box = 64, grow = 4 } = options
  const { width, height, data } = image
  const mesh = estimateBackgroundMesh(image, { box, estimator: 'median', leastShare: 0.2 })
  const level = interpolateBackground(mesh, 'level', 'bilinear').data
  const rms = interpolateBackground(mesh, 'rms', 'bilinear').data
  const bright = Uint8Array.from(data, (value, i) => (value - level[i]! <= sigma * rms[i]! ? 0 : 1))
  const mask = bright.slice()
  const disc = makeDisc(grow)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (bright[y * width + x] === 0 || !hasNeighbour(bright, { width, height, x, y })) continue
      for (const [dx, dy] of disc) {
        const [i, j] = [x + dx, y + dy]
        if (i >= 0 && j >= 0 && i < width && j < height) mask[j * width + i] = 1
      }
    }
  }
  return mask
}

const makeDisc = (radius: number): [number, number][] => {
  const places: [number, number][] = []
  for (let dy = -radius; dy <= radius; dy++)
    for (let dx = -radius; dx <= radius; dx++) if (dx * dx + dy * dy <= radius * radius) places.push([dx, dy])
  return places
}

const hasNeighbour = (
  plane: Uint8Array,
  { width, height, x, y }: { width: number; height: number; x: number; y: number },
): boolean =>
  (x > 0 && plane[y * width + x - 1] === 1) ||
  (x + 1 < width && plane[y * width + x + 1] === 1) ||
  (y > 0 && plane[(y - 1) * width + x] === 1) ||
  (y + 1 < height && plane[(y + 1) * width + x] === 1)
