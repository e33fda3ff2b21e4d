import type { Compute } from '../../compute/create-compute'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { FrameStatisticsRecord } from '../../core/frame-statistics'
import type { Image } from '../../core/image'
import type { FrameQuality } from '../../core/source-list'
import { idleTask } from '../../core/task'
import { detectStarsWithQuality } from '../../science/detection/detect-stars'
import { measureNeighbourNoise } from '../../science/image/neighbour-noise'
import { createDetectionKernels } from '../detection-kernels'
import type { FrameSource } from '../frame-source'
import { measureLevel } from '../strips/measure-level'

/** Raised when the numbers are computed otherwise. */
export const FRAME_STATISTICS_VERSION = 1

/** Above the noise of the sky, as in orders. */
const THRESHOLD = 5
/** The brightest say how wide stars are; all are counted. */
const MOST_STARS = 500

const countFrom = (data: Float32Array, least: number): number => {
  let count = 0
  for (const value of data) if (value >= least) count++
  return count
}

const measureStars = async (
  compute: Compute,
  image: Image,
  saturation: number | null,
): Promise<FrameQuality> => {
  const task = idleTask()
  const { quality } = await detectStarsWithQuality(
    image,
    { threshold: THRESHOLD, fwhm: 'auto', saturation, maximum: MOST_STARS },
    task,
    createDetectionKernels(compute, task),
  )
  return quality
}

/**
 * What one raw frame is like: level, noise and saturated part of its pixels; of a light also its sky and stars. Nothing is taken off it, so
 * it needs no masters, and frames of one group can be compared. A piece of work in its turn (see Compute.inTurn).
 */
export const measureFrame = async (
  compute: Compute,
  frames: FrameSource,
  exposure: ExposureRecord,
): Promise<FrameStatisticsRecord> => {
  const { kind, saturation, bayerPattern } = effectiveFacts(exposure)
  const image = await frames.raw(exposure, { lent: true })
  const { median } = await measureLevel({ compute, task: idleTask() }, image.data)
  return {
    id: exposure.id,
    version: FRAME_STATISTICS_VERSION,
    level: median,
    noise: measureNeighbourNoise(image, bayerPattern == null ? 1 : 2),
    saturatedFraction: saturation === null ? null : countFrom(image.data, saturation) / image.data.length,
    // Last, since it works on the pixels where they lie.
    quality: kind === 'light' ? await measureStars(compute, image, saturation) : null,
    createdAt: Date.now(),
  }
}
