import type { CombinedPlanes } from './combine-job'

/** Counts the frames that have a value at each pixel. */
export const countFrames = (
  planes: readonly Float32Array[],
  { coverage }: Pick<CombinedPlanes, 'coverage'>,
): void => {
  if (coverage === undefined) return
  coverage.fill(0)
  for (const plane of planes)
    for (let i = 0; i < coverage.length; i++) {
      const value = plane[i]!
      // False for NaN and infinities alike.
      if (value - value === 0) coverage[i]!++
    }
}
