import type { Image } from '../../core/image'
import { median } from '../math/median'
import { clipBoxes, type BoxGrid, type BoxStatistics } from './clip-boxes'

/** Background level and noise at the centres of boxes. Row-major, `columns` x `rows`; both finite everywhere. */
export interface BackgroundMesh extends BoxGrid {
  readonly level: Float64Array
  readonly noise: Float64Array
}

/** A standard deviation that was clipped at three of itself is this part of a Gaussian's: the fixed point of the clipping. */
const CLIPPED_DEVIATION = 0.9849

type Mesh = { readonly values: Float64Array; readonly columns: number; readonly rows: number }

const valueAt = ({ values, columns, rows }: Mesh, column: number, row: number): number =>
  column < 0 || row < 0 || column >= columns || row >= rows ? NaN : values[row * columns + column]!

/** Median of the finite values nearest to a box, in a square that widens until it meets one. NaN when there is none. */
const medianAround = (mesh: Mesh, column: number, row: number): number => {
  for (let reach = 1; reach <= Math.max(mesh.columns, mesh.rows); reach++) {
    const near: number[] = []
    for (let j = row - reach; j <= row + reach; j++) {
      for (let i = column - reach; i <= column + reach; i++) near.push(valueAt(mesh, i, j))
    }
    const middle = median(near)
    if (Number.isFinite(middle)) return middle
  }
  return NaN
}

const PAIRS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [1, -1],
] as const

/**
 * What the boxes around a box say that it should be, along four directions: the mean of both sides, or at the edge of the
 * mesh the line through the two boxes on one side. A slope of the sky goes through unchanged, which a plain 3x3 median
 * would flatten at the edges; the median of these and the box itself still outvotes a box on a bright star or a galaxy.
 */
const smoothLevel = (mesh: Mesh): Float64Array =>
  mesh.values.map((own, at) => {
    const column = at % mesh.columns
    const row = (at - column) / mesh.columns
    const opinions = [own]
    for (const [i, j] of PAIRS) {
      const ahead = valueAt(mesh, column + i, row + j)
      const behind = valueAt(mesh, column - i, row - j)
      const across = (ahead + behind) / 2
      const beyondAhead = 2 * ahead - valueAt(mesh, column + 2 * i, row + 2 * j)
      const beyondBehind = 2 * behind - valueAt(mesh, column - 2 * i, row - 2 * j)
      opinions.push(across === across ? across : beyondAhead === beyondAhead ? beyondAhead : beyondBehind)
    }
    const settled = median(opinions)
    return Number.isFinite(settled) ? settled : medianAround(mesh, column, row)
  })

/** Noise of a pixel: the slope of the sky within the box taken out of its scatter, then the median over 3x3 boxes. */
const smoothNoise = (mesh: Mesh, level: Mesh): Float64Array => {
  const flat = mesh.values.map((own, at) => {
    const column = at % mesh.columns
    const row = (at - column) / mesh.columns
    const slopeX = (valueAt(level, column + 1, row) - valueAt(level, column - 1, row)) / 2 || 0
    const slopeY = (valueAt(level, column, row + 1) - valueAt(level, column, row - 1)) / 2 || 0
    // An even slope that changes by d across the box has the variance d^2 / 12.
    const variance = (own / CLIPPED_DEVIATION) ** 2
    return Math.sqrt(Math.max(variance - (slopeX ** 2 + slopeY ** 2) / 12, 0.25 * variance))
  })
  return flat.map((_, at) =>
    medianAround({ ...mesh, values: flat }, at % mesh.columns, Math.floor(at / mesh.columns)),
  )
}

/**
 * Local sky level and noise on a mesh of boxes: clipped median and clipped standard deviation of each box, then a median
 * over the mesh (after SExtractor, Bertin & Arnouts 1996, A&AS 117, 393, section 3). NaN pixels do not count.
 */
export const measureBackgroundMesh = (image: Image, box = 64): BackgroundMesh => {
  const grid = layGrid(image, box)
  return smoothMesh(grid, clipBoxes(image, grid))
}

/** Boxes of equal size, so that there is no sliver at the far edge. */
export const layGrid = ({ width, height }: Pick<Image, 'width' | 'height'>, box = 64): BoxGrid => {
  const columns = Math.max(1, Math.round(width / box))
  const rows = Math.max(1, Math.round(height / box))
  return { columns, rows, boxWidth: width / columns, boxHeight: height / rows }
}

/** From what each box says to a mesh that is finite everywhere. */
export const smoothMesh = (grid: BoxGrid, { level, noise }: BoxStatistics): BackgroundMesh => {
  const { columns, rows } = grid
  const smooth = smoothLevel({ values: level, columns, rows })
  const quiet = smoothNoise({ values: noise, columns, rows }, { values: smooth, columns, rows })
  return { ...grid, level: smooth, noise: quiet }
}

/** Lower of the two boxes between whose centres a pixel lies, and how far it is on the way; beyond the outermost centre the line goes on. */
export const placeInMesh = (pixel: number, boxSize: number, count: number): [number, number] => {
  if (count === 1) return [0, 0]
  const place = (pixel + 0.5) / boxSize - 0.5
  const box = Math.min(Math.max(Math.floor(place), 0), count - 2)
  return [box, place - box]
}

/** Sky level at a pixel: linear between the centres of boxes and on to the edge of the frame. */
export const interpolateLevel = (mesh: BackgroundMesh, x: number, y: number): number => {
  const [i, t] = placeInMesh(x, mesh.boxWidth, mesh.columns)
  const [j, s] = placeInMesh(y, mesh.boxHeight, mesh.rows)
  return bilinear(mesh, mesh.level, [i, t], [j, s])
}

/** Noise at a pixel: the same, but held beyond the outermost centres, so that it stays positive. */
export const interpolateNoise = (mesh: BackgroundMesh, x: number, y: number): number => {
  const [i, t] = placeInMesh(x, mesh.boxWidth, mesh.columns)
  const [j, s] = placeInMesh(y, mesh.boxHeight, mesh.rows)
  return bilinear(mesh, mesh.noise, [i, Math.min(Math.max(t, 0), 1)], [j, Math.min(Math.max(s, 0), 1)])
}

const bilinear = (
  mesh: BackgroundMesh,
  values: Float64Array,
  [i, t]: [number, number],
  [j, s]: [number, number],
): number => {
  const right = mesh.columns > 1 ? 1 : 0
  const below = mesh.rows > 1 ? mesh.columns : 0
  const at = j * mesh.columns + i
  const top = values[at]! * (1 - t) + values[at + right]! * t
  const bottom = values[at + below]! * (1 - t) + values[at + below + right]! * t
  return top * (1 - s) + bottom * s
}

/** The image above its background. A pixel without a value becomes 0, which is what the sky would be. */
export const subtractMesh = (image: Image, mesh: BackgroundMesh): Float32Array => {
  const { width, height, data } = image
  const residual = new Float32Array(width * height)
  const column = new Int32Array(width)
  const share = new Float64Array(width)
  for (let x = 0; x < width; x++) {
    const [i, t] = placeInMesh(x, mesh.boxWidth, mesh.columns)
    column[x] = i
    share[x] = t
  }
  const along = new Float64Array(mesh.columns + 1)
  const below = mesh.rows > 1 ? mesh.columns : 0
  for (let y = 0; y < height; y++) {
    const [j, s] = placeInMesh(y, mesh.boxHeight, mesh.rows)
    for (let i = 0; i < mesh.columns; i++) {
      const at = j * mesh.columns + i
      along[i] = mesh.level[at]! * (1 - s) + mesh.level[at + below]! * s
    }
    along[mesh.columns] = along[mesh.columns - 1]!
    for (let x = 0; x < width; x++) {
      const i = column[x]!
      const t = share[x]!
      const value = data[y * width + x]! - (along[i]! * (1 - t) + along[i + 1]! * t)
      residual[y * width + x] = value - value === 0 ? value : 0
    }
  }
  return residual
}
