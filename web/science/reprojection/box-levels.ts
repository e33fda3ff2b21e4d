import { sigmaClip } from '../math/sigma-clip'

/** Levels of boxes of a grid that several frames share. */
export interface BoxLevels {
  /** Side of a box in pixels of the grid. */
  readonly box: number
  /** Boxes of the whole grid, across and down. */
  readonly columns: number
  readonly rows: number
  /** Sigma-clipped median of each box; NaN where the frame has too little there. */
  readonly level: Float64Array
  /** Standard deviation of that median. */
  readonly error: Float64Array
}

export const createBoxLevels = (width: number, height: number, box: number): BoxLevels => {
  const [columns, rows] = [Math.ceil(width / box), Math.ceil(height / box)]
  return {
    box,
    columns,
    rows,
    level: new Float64Array(columns * rows).fill(Number.NaN),
    error: new Float64Array(columns * rows).fill(Number.NaN),
  }
}

/** A median scatters more than a mean, by the root of half pi. */
const MEDIAN_SCATTER = Math.sqrt(Math.PI / 2)
/** Of a box, or of what the edge of the grid leaves of it: a box half of which is known has its middle elsewhere, which counts on a slope. */
const LEAST_SHARE = 0.85

/**
 * Measures the boxes of a strip of a frame that lies on the common grid; `top` is the first row of the strip there and a multiple of the box. Stars are
 * clipped, and what is left of them is in every frame alike. Frames are compared box by box, so these must be larger than a star.
 */
export const measureBoxLevels = (
  levels: BoxLevels,
  strip: {
    readonly width: number
    readonly height: number
    readonly top: number
    readonly data: Float32Array
  },
): void => {
  const { box, columns, level, error } = levels
  const { width, height, top, data } = strip
  const values = new Float64Array(box * box)
  for (let upper = 0; upper < height; upper += box) {
    for (let left = 0; left < width; left += box) {
      let [count, pixels] = [0, 0]
      for (let y = upper; y < Math.min(upper + box, height); y++) {
        for (let x = left; x < Math.min(left + box, width); x++, pixels++) {
          const value = data[y * width + x]!
          if (value - value === 0) values[count++] = value
        }
      }
      const at = ((top + upper) / box) * columns + left / box
      if (count < LEAST_SHARE * pixels) continue
      const clipped = sigmaClip(values.subarray(0, count))
      level[at] = clipped.median
      error[at] = (MEDIAN_SCATTER * clipped.deviation) / Math.sqrt(clipped.count)
    }
  }
}
