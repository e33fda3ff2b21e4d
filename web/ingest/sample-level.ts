import type { FrameLevel } from '../core/frame'
import { decodeHdu, type Hdu } from '../science/fits'
import { measurePixelLevel } from '../science/math/pixel-level'

/** Rows that stand for a frame where a row can be read by itself, and where a whole tile has to be unpacked for it. */
const ROWS = 24
const ROWS_OF_TILES = 4
/** Pixels of a row that are looked at; a wider one is thinned. */
const MOST_OF_ROW = 4096

const thin = (row: Float32Array): Float32Array => {
  const step = Math.ceil(row.length / MOST_OF_ROW)
  return step === 1 ? row : row.filter((_, index) => index % step === 0)
}

/**
 * Where the pixels of an image lie, from some of its rows: known before anything is calibrated, and in a millisecond or two. Of a cube the
 * first plane. Null where they cannot be read: a damaged tile is told of where the picture is wanted.
 */
export const sampleLevel = (bytes: Uint8Array, hdu: Hdu): FrameLevel | null => {
  const height = hdu.axes[1] ?? 1
  const wanted = Math.min(height, hdu.kind === 'compressed-image' ? ROWS_OF_TILES : ROWS)
  try {
    const rows = Array.from({ length: wanted }, (_, index) => {
      const start = Math.floor(((index + 0.5) * height) / wanted)
      return thin(decodeHdu(bytes, hdu, { start, end: start + 1 }))
    })
    const sample = new Float32Array(rows.reduce((sum, row) => sum + row.length, 0))
    let at = 0
    for (const row of rows) {
      sample.set(row, at)
      at += row.length
    }
    return measurePixelLevel(sample)
  } catch {
    return null
  }
}
