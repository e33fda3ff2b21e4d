import type { Image } from '../../core/image'
import { type BackgroundMesh, interpolateNoise } from './background-mesh'
import type { DetectionKernels } from './detection-kernels'
import type { MatchedFilter } from './matched-filter'

/** A local maximum of the filtered plane. */
export interface Candidate {
  readonly x: number
  readonly y: number
  readonly filtered: number
  readonly snr: number
}

interface FilteredFrame {
  readonly image: Image
  readonly filtered: Float32Array
  readonly filter: MatchedFilter
  readonly mesh: BackgroundMesh
}

/** Whether all pixels of the window lie on the frame and have values. */
const isWhole = ({ data, width, height }: Image, x: number, y: number, reach: number): boolean => {
  if (x < reach || y < reach || x >= width - reach || y >= height - reach) return false
  let sum = 0
  for (let row = y - reach; row <= y + reach; row++) {
    for (let at = row * width + x - reach, end = at + 2 * reach; at <= end; at++) sum += data[at]!
  }
  return sum - sum === 0
}

/**
 * Noise factor of the kernel at this place when the pixels that have no value are left out. They were put at the sky's
 * level, so they bring no noise; at the edge of the frame the same holds for what lies beyond.
 */
const localNoiseFactor = (frame: FilteredFrame, x: number, y: number): number => {
  const { image, filter } = frame
  const reach = filter.weights.length - 1
  if (isWhole(image, x, y, reach)) return filter.noiseFactor
  let squares = 0
  for (let j = -reach; j <= reach; j++) {
    for (let i = -reach; i <= reach; i++) {
      const column = x + i
      const row = y + j
      if (column < 0 || row < 0 || column >= image.width || row >= image.height) continue
      if (!Number.isFinite(image.data[row * image.width + column])) continue
      squares += (filter.weights[Math.abs(i)]! * filter.weights[Math.abs(j)]!) ** 2
    }
  }
  return Math.sqrt(squares)
}

/** The lowest filtered value that can be a source: pixels without a value lower the noise by at most this much. */
const LEAST_NOISE_PART = 0.7

/** All local maxima above `threshold` sigmas of the filtered sky noise where they lie, in reading order. */
export const findCandidates = async (
  frame: FilteredFrame,
  threshold: number,
  { findPeaks }: Pick<DetectionKernels, 'findPeaks'>,
): Promise<Candidate[]> => {
  const { image, filtered, filter, mesh } = frame
  const { width, height } = image
  let least = Infinity
  for (const noise of mesh.noise) if (noise < least) least = noise
  // With full kernel everywhere; what pixels that are missing make of it is checked below.
  const floor = threshold * least * filter.noiseFactor * LEAST_NOISE_PART
  const plane = { data: filtered, width, height }
  const candidates: Candidate[] = []
  for (const at of await findPeaks(plane, floor)) {
    const y = Math.floor(at / width)
    const x = at - y * width
    const noise = interpolateNoise(mesh, x, y) * localNoiseFactor(frame, x, y)
    const snr = noise > 0 ? filtered[at]! / noise : Infinity
    if (snr >= threshold) candidates.push({ x, y, filtered: filtered[at]!, snr })
  }
  return candidates
}

/**
 * Drops the ripples in the wings of bright stars: within `reach` pixels of a maximum that is a hundred times higher,
 * a small one says more about the noise and the halo of the bright star than about the sky.
 */
export const dropRipples = (candidates: readonly Candidate[], reach: number): Candidate[] => {
  const byHeight = [...candidates].sort((a, b) => b.filtered - a.filtered)
  const faintest = byHeight.at(-1)?.filtered ?? 0
  const bright = byHeight.filter((candidate) => candidate.filtered > 100 * faintest)
  return byHeight.filter(
    (candidate) =>
      !bright.some(
        (other) =>
          other.filtered > 100 * candidate.filtered &&
          Math.abs(other.x - candidate.x) <= reach &&
          Math.abs(other.y - candidate.y) <= reach,
      ),
  )
}
