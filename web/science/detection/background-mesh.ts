import type { Image } from '../../core/image'
import { median } from '../math/median'
import { sigmaClip } from '../math/sigma-clip'

/** Background level and noise at the centres of boxes. Row-major, `columns` x `rows`; both finite everywhere. */
export interface BackgroundMesh {
  readonly columns: number
  readonly rows: number
  readonly boxWidth: number
  readonly boxHeight: number
  readonly level: Float64Array
  readonly noise: Float64Array
}

/** At most this many pixels of a box are looked at: the median of 1200 is good to 3.6 % of the noise. */
const SAMPLES_PER_BOX = 1200

/** A box that has fewer than this share of its samples left does not speak for itself; its neighbours do. */
const LEAST_SHARE = 0.3

const sampleBox = (image: Image, x0: number, y0: number, box: { width: number; height: number }): Float32Array => {
  const { width, data } = image
  const x1 = Math.min(x0 + box.width, width)
  const y1 = Math.min(y0 + box.height, image.height)
  const stride = Math.max(1, Math.ceil(((x1 - x0) * (y1 - y0)) / SAMPLES_PER_BOX))
  const samples = new Float32Array(Math.ceil((x1 - x0) / stride + 1) * (y1 - y0))
  let count = 0
  for (let y = y0; y < y1; y++) {
    // The start moves from row to row, so that no column is left out for good.
    for (let x = x0 + (y % stride); x < x1; x += stride) {
      const value = data[y * width + x]!
      if (Number.isFinite(value)) samples[count++] = value
    }
  }
  return samples.subarray(0, count)
}

/** Median of a box and those around it, as far as they are finite: a box on a galaxy or a bright star steps back. */
const smoothMesh = (values: Float64Array, columns: number, rows: number): Float64Array => {
  const smooth = new Float64Array(values.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      // Widens until a box with a value is met; a mesh without any stays NaN.
      for (let reach = 1; reach <= Math.max(columns, rows); reach++) {
        const near: number[] = []
        for (let j = Math.max(0, row - reach); j <= Math.min(rows - 1, row + reach); j++) {
          for (let i = Math.max(0, column - reach); i <= Math.min(columns - 1, column + reach); i++) {
            const value = values[j * columns + i]!
            if (Number.isFinite(value)) near.push(value)
          }
        }
        smooth[row * columns + column] = NaN
        if (near.length === 0) continue
        smooth[row * columns + column] = median(near)
        break
      }
    }
  }
  return smooth
}

/**
 * Local sky level and noise on a mesh of boxes: clipped median and clipped standard deviation of each box, then a 3x3
 * median over the mesh (the scheme of SExtractor, Bertin & Arnouts 1996, A&AS 117, 393, section 3). NaN pixels do not count.
 */
export const measureBackgroundMesh = (image: Image, box = 64): BackgroundMesh => {
  // Boxes of equal size, so that there is no sliver at the far edge.
  const columns = Math.max(1, Math.round(image.width / box))
  const rows = Math.max(1, Math.round(image.height / box))
  const boxWidth = image.width / columns
  const boxHeight = image.height / rows
  const level = new Float64Array(columns * rows).fill(NaN)
  const noise = new Float64Array(columns * rows).fill(NaN)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x0 = Math.floor(column * boxWidth)
      const y0 = Math.floor(row * boxHeight)
      const size = { width: Math.ceil(boxWidth), height: Math.ceil(boxHeight) }
      const samples = sampleBox(image, x0, y0, size)
      if (samples.length < 8) continue
      const clipped = sigmaClip(samples, { iterations: 12 })
      if (clipped.count < LEAST_SHARE * samples.length) continue
      level[row * columns + column] = clipped.median
      noise[row * columns + column] = clipped.deviation
    }
  }
  return {
    columns,
    rows,
    boxWidth,
    boxHeight,
    level: smoothMesh(level, columns, rows),
    noise: smoothMesh(noise, columns, rows),
  }
}

/** Bilinear between box centres, constant beyond the outermost ones. */
export const interpolateMesh = (mesh: BackgroundMesh, values: Float64Array, x: number, y: number): number => {
  const u = Math.min(Math.max((x + 0.5) / mesh.boxWidth - 0.5, 0), mesh.columns - 1)
  const v = Math.min(Math.max((y + 0.5) / mesh.boxHeight - 0.5, 0), mesh.rows - 1)
  const i = Math.min(Math.floor(u), Math.max(0, mesh.columns - 2))
  const j = Math.min(Math.floor(v), Math.max(0, mesh.rows - 2))
  const right = mesh.columns > 1 ? 1 : 0
  const below = mesh.rows > 1 ? mesh.columns : 0
  const at = j * mesh.columns + i
  const top = values[at]! * (1 - (u - i)) + values[at + right]! * (u - i)
  const bottom = values[at + below]! * (1 - (u - i)) + values[at + below + right]! * (u - i)
  return top * (1 - (v - j)) + bottom * (v - j)
}

/** The image above its background. A pixel without a value becomes 0, which is what the sky would be. */
export const subtractMesh = (image: Image, mesh: BackgroundMesh): Float32Array => {
  const { width, height, data } = image
  const residual = new Float32Array(width * height)
  const column = new Int32Array(width)
  const share = new Float64Array(width)
  for (let x = 0; x < width; x++) {
    const u = Math.min(Math.max((x + 0.5) / mesh.boxWidth - 0.5, 0), mesh.columns - 1)
    column[x] = Math.min(Math.floor(u), Math.max(0, mesh.columns - 2))
    share[x] = u - column[x]!
  }
  const along = new Float64Array(mesh.columns + 1)
  for (let y = 0; y < height; y++) {
    const v = Math.min(Math.max((y + 0.5) / mesh.boxHeight - 0.5, 0), mesh.rows - 1)
    const j = Math.min(Math.floor(v), Math.max(0, mesh.rows - 2))
    const below = mesh.rows > 1 ? mesh.columns : 0
    for (let i = 0; i < mesh.columns; i++) {
      const at = j * mesh.columns + i
      along[i] = mesh.level[at]! * (1 - (v - j)) + mesh.level[at + below]! * (v - j)
    }
    along[mesh.columns] = along[mesh.columns - 1]!
    for (let x = 0; x < width; x++) {
      const i = column[x]!
      const t = share[x]!
      const value = data[y * width + x]! - (along[i]! * (1 - t) + along[i + 1]! * t)
      residual[y * width + x] = Number.isFinite(value) ? value : 0
    }
  }
  return residual
}
