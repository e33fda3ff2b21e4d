import type { CombineJob, Rows } from './combine-job'

/** Adds planes to frames before they are scaled, so that what is added is what was wanted once they are. */
export const addSlopes = (
  planes: readonly Float32Array[],
  { slopes = [], params, width, height = 0 }: CombineJob,
  { top, bottom }: Rows,
): void => {
  for (const [index, plane] of planes.entries()) {
    const slope = slopes[index]
    if (slope === undefined || (slope.x === 0 && slope.y === 0)) continue
    const scale = params.scales?.[index] ?? 1
    for (let y = top, at = 0; y < bottom; y++) {
      const start = slope.y * (y - (height - 1) / 2)
      for (let x = 0; x < width; x++, at++) plane[at]! += (start + slope.x * (x - (width - 1) / 2)) / scale
    }
  }
}
