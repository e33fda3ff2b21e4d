import type { CombinedPlanes, CombineJob } from './combine-job'

/**
 * Counts the frames that have a value at each pixel. Where a single one has, there is no scatter that its error could be read off: there it
 * is what the noise of that frame's pixels says.
 */
export const countFrames = (
  planes: readonly Float32Array[],
  { noises }: Pick<CombineJob, 'noises'>,
  { coverage, count, uncertainty }: CombinedPlanes,
): void => {
  if (coverage === undefined) return
  coverage.fill(0)
  for (const plane of planes)
    for (let i = 0; i < coverage.length; i++) {
      const value = plane[i]!
      // False for NaN and infinities alike.
      if (value - value === 0) coverage[i]!++
    }
  if (noises === undefined) return
  for (let i = 0; i < coverage.length; i++) {
    if (count[i] !== 1 || coverage[i] !== 1) continue
    const frame = planes.findIndex((plane) => Number.isFinite(plane[i]))
    uncertainty[i] = noises[frame] ?? Number.NaN
  }
}
