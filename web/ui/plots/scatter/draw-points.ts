import { blendPixel } from './blend-pixel'
import type { PlotMap } from './plot-map'
import type { PointLook } from './point-looks'
import { openShape, POINT_SHAPES } from './point-shapes'
import { PHASES, stampOf } from './point-stamps'

/** A picture with a border, so that a point whose middle is just outside needs no care. */
export interface PointsPicture {
  readonly width: number
  readonly height: number
  /** Pixels of border on every side. */
  readonly border: number
  /** (width + 2 border) by (height + 2 border) words. */
  readonly pixels: Int32Array
}

export const createPicture = (width: number, height: number, border: number): PointsPicture => ({
  width,
  height,
  border,
  pixels: new Int32Array((width + 2 * border) * (height + 2 * border)),
})

interface DrawInput {
  /** Scaled values. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** To pixels of the picture, the border not counted. */
  readonly map: PlotMap
  readonly look: PointLook
  /** Radius in pixels of the picture. */
  readonly size: number
  /** 0..1 */
  readonly opacity: number
  /** Draws only the points that are marked so; null draws all. */
  readonly only: { readonly marks: Uint8Array; readonly value: 0 | 1 } | null
}

/** A stamp as it lies in the words of one picture: how far from the middle each pixel is, and how much of it is covered. */
interface LaidStamp {
  readonly offsets: Int32Array
  readonly cover: Uint8Array
}

/** For each shape and each phase, `PHASES` squared of them after each other. */
const layStamps = (shapes: number, size: number, stride: number, opacity: number): readonly LaidStamp[] =>
  Array.from({ length: shapes }, (_, shape) => stampOf(shape, size).phases).flatMap((phases) =>
    phases.map(({ columns, rows, cover }) => ({
      offsets: Int32Array.from(columns, (column, k) => column + (rows[k] ?? 0) * stride),
      cover: cover.map((each) => Math.round(each * opacity)),
    })),
  )

/** Stamps each point into the picture, the later over the earlier; those without a place or hidden are left out. */
export const drawPoints = (picture: PointsPicture, input: DrawInput): void => {
  const { x, y, look, only } = input
  const { scaleX, shiftX, scaleY, shiftY } = input.map
  const { pixels, border } = picture
  const { colours, shapes } = look
  const stride = picture.width + 2 * border
  const stamps = layStamps(
    shapes === null ? 1 : openShape(POINT_SHAPES.length),
    input.size,
    stride,
    input.opacity,
  )
  const lowest = -border / 2
  const right = picture.width + border / 2
  const bottom = picture.height + border / 2
  // The innermost loops have no small arrays: a hundred thousand points make them twenty million times.
  for (let i = 0; i < x.length; i++) {
    if (only !== null && (only.marks[i] ?? 0) !== only.value) continue
    const px = scaleX * (x[i] ?? NaN) + shiftX
    const py = scaleY * (y[i] ?? NaN) + shiftY
    if (!(px >= lowest && px <= right && py >= lowest && py <= bottom)) continue
    const colour = colours[i] ?? 0
    if (colour === 0) continue
    const column = Math.floor(px)
    const row = Math.floor(py)
    const phase = Math.floor((py - row) * PHASES) * PHASES + Math.floor((px - column) * PHASES)
    const shape = shapes === null ? 0 : (shapes[i] ?? 0)
    const stamp = stamps[shape * PHASES * PHASES + phase]
    if (stamp === undefined) continue
    const { offsets, cover } = stamp
    const middle = (row + border) * stride + column + border
    for (let k = 0; k < offsets.length; k++) {
      const at = middle + (offsets[k] ?? 0)
      pixels[at] = blendPixel(pixels[at] ?? 0, colour, cover[k] ?? 0)
    }
  }
}
