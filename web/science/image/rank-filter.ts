import type { Image } from '../../core/image'
import { quickSelect } from '../math/median'

export interface FilterBox {
  /** Pixels, odd. */
  readonly width: number
  readonly height: number
}

/** d c b a | a b c d | d c b a: scipy.ndimage's 'reflect'. */
const reflect = (place: number, size: number): number => {
  let at = place
  while (at < 0 || at >= size) at = at < 0 ? -at - 1 : 2 * size - at - 1
  return at
}

/**
 * Running percentiles: for each pixel and each of `percents` (ascending, below 100) the value of rank floor(n percent / 100), counted from 0, of the n
 * finite values in the box around it; edges are mirrored. With no pixel missing it is scipy.ndimage.percentile_filter, and with percent 50 of an odd box its
 * median_filter. A box without a finite value gives NaN. One plane for each of `percents`.
 */
export const filterRanks = (image: Image, box: FilterBox, percents: readonly number[]): Float32Array[] => {
  const { width, height, data } = image
  const [acrossReach, downReach] = [box.width >> 1, box.height >> 1]
  const planes = percents.map(() => new Float32Array(data.length))
  const values = new Float32Array(box.width * box.height)
  const columns = Int32Array.from({ length: width + 2 * acrossReach }, (_, i) =>
    reflect(i - acrossReach, width),
  )
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let count = 0
      for (let j = y - downReach; j <= y + downReach; j++) {
        const row = reflect(j, height) * width
        for (let i = x; i <= x + 2 * acrossReach; i++) {
          const value = data[row + columns[i]!]!
          if (value - value === 0) values[count++] = value
        }
      }
      // What was put below one rank need not be looked at for the next.
      let from = 0
      percents.forEach((percent, index) => {
        const rank = Math.floor((count * percent) / 100)
        planes[index]![y * width + x] =
          count === 0 ? Number.NaN : quickSelect(values, rank, Math.min(from, rank), count - 1)
        from = rank
      })
    }
  }
  return planes
}
