import type { Transform } from './transform'

/** Straight from pixels of one grid to positions on another. */
export interface AffinePixelMap {
  readonly kind: 'affine'
  readonly transform: Transform
}

/** A cell of a grid map that is interpolated from its 4 x 4 nodes, and one in which no pixel has a position. */
export const SMOOTH_CELL = -1
export const EMPTY_CELL = -2

/**
 * Any smooth map, known at the nodes of a coarse grid. Cells are `spacing` pixels wide and cover the window from its first pixel on; nodes
 * stand at their corners and in one more line on every side, so that node (i, j) belongs to the pixel
 * (left + (i - 1) spacing, top + (j - 1) spacing). Within a cell positions follow the cubic through 4 x 4 nodes; where that is not good enough
 * (an edge of the projection, a cut through the sky, a bent lookup table) a cell has a block with the position of every pixel.
 * Plain data, to be kept and sent; NaN where a pixel has no position.
 */
export interface GridPixelMap {
  readonly kind: 'grid'
  /** The part of the grid that is mapped, in its pixels; elsewhere nothing has a position. */
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Pixels from node to node, a power of two. */
  readonly spacing: number
  /** Cells across and down; there are three nodes more in each direction. */
  readonly columns: number
  readonly rows: number
  /** x and y on the other grid for each node, row by row. */
  readonly nodes: Float64Array<ArrayBuffer>
  /** For each cell SMOOTH_CELL, EMPTY_CELL or the number of its block. */
  readonly cells: Int32Array<ArrayBuffer>
  /** x and y of (spacing + 1) x (spacing + 1) pixels for each block, row by row; the last row and column are the first of the cells beside. */
  readonly blocks: Float64Array<ArrayBuffer>
}

/**
 * Leads from pixels of one grid to positions on another. To resample, it leads from the picture that is made to the frame that is read; to drizzle,
 * from the frame to the picture. The centre of the first pixel is (0, 0) on both.
 */
export type PixelMap = AffinePixelMap | GridPixelMap

export const affineMap = (transform: Transform): AffinePixelMap => ({ kind: 'affine', transform })
