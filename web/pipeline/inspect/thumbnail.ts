import type { Image } from '../../core/image'

/** Levels between which a thumbnail is stretched: most of the sky dark, stars bright. */
const LOW_PART = 0.3
const HIGH_PART = 0.995

const valueAt = (sorted: Float32Array, part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0

/** A small grey picture, row 0 at the bottom as in the viewer, each pixel the brightest of a few samples so that stars survive. */
export const makeThumbnail = (
  image: Image,
  size: number,
): { width: number; height: number; grey: Uint8Array<ArrayBuffer> } => {
  const scale = Math.max(image.width, image.height) / size
  const width = Math.max(1, Math.round(image.width / scale))
  const height = Math.max(1, Math.round(image.height / scale))
  const values = new Float32Array(width * height)
  const step = Math.max(1, Math.floor(scale / 3))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let best = -Infinity
      for (let v = Math.floor(y * scale); v < Math.min(image.height, (y + 1) * scale); v += step) {
        for (let u = Math.floor(x * scale); u < Math.min(image.width, (x + 1) * scale); u += step) {
          const value = image.data[v * image.width + u]!
          if (value > best) best = value
        }
      }
      values[(height - 1 - y) * width + x] = best
    }
  }
  const sorted = values.filter(Number.isFinite).sort()
  const low = valueAt(sorted, LOW_PART)
  const high = valueAt(sorted, HIGH_PART)
  const grey = Uint8Array.from(values, (value) =>
    Number.isFinite(value) && high > low ? 255 * Math.min(1, Math.max(0, (value - low) / (high - low))) : 0,
  )
  return { width, height, grey }
}
