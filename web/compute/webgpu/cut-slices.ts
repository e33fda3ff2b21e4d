import { throwIfAborted, type Task } from '../../core/task'
import { NotForThisBackend } from '../kernel'
import type { Workgroups } from './gpu-job'
import type { GpuHost } from './gpu-host'

/** Invocations of a workgroup, the same in every shader: four wavefronts or eight warps, within what any device takes. */
const GROUP_SIZE = 256
/** What may lie on the card for one slice, in bytes: two slices are under way at once. */
const SLICE_BYTES = 256 * 1024 * 1024
/** Slices start on whole words also where there is one byte to a pixel. */
const STEP = 16

export interface Slice {
  readonly start: number
  /** Excluded. */
  readonly end: number
}

export interface SliceSizes {
  /** Of one element in the largest plane, in bytes. */
  readonly largest: number
  /** Of one element in all planes together. */
  readonly all: number
  /** Slices are multiples of this, but for the last: a row of pixels, say. */
  readonly step?: number
  /** Elements that are needed around those of a slice. */
  readonly spare?: number
}

/**
 * Cuts `length` elements so that no plane is larger than a shader may see and a slice fits the card beside another. Not for
 * this backend where not even one step fits.
 */
export const cutSlices = (
  host: GpuHost,
  length: number,
  { largest, all, step = STEP, spare = 0 }: SliceSizes,
): Slice[] => {
  const most = Math.min(host.bindingBytes / largest, SLICE_BYTES / all) - spare
  const size = Math.floor(most / step) * step
  if (size <= 0) throw new NotForThisBackend('A step of this work is larger than a buffer.')
  return Array.from({ length: Math.ceil(length / size) }, (_, index) => ({
    start: index * size,
    end: Math.min(length, (index + 1) * size),
  }))
}

/**
 * Runs the work slice by slice, two under way at once: one is uploaded while the other is computed and read back. When it
 * fails it does so only after all that was under way has ended, since what comes late must not be written over what comes next.
 */
export const runSlices = async <Part>(
  host: GpuHost,
  slices: readonly Part[],
  task: Task,
  work: (slice: Part) => Promise<void>,
): Promise<void> => {
  let current: Promise<void> = Promise.resolve()
  try {
    for (const slice of slices) {
      throwIfAborted(task)
      const before = current
      current = work(slice)
      // Its failure is heard below, in its turn.
      current.catch(() => undefined)
      await (host.onTimes === null ? before : current)
    }
    await current
  } finally {
    await current.catch(() => undefined)
  }
}

/** Workgroups for so many invocations: along x, and along y where x alone would be more than a device takes. */
export const spreadWorkgroups = (
  { device }: GpuHost,
  invocations: number,
  groupSize = GROUP_SIZE,
): Workgroups => {
  const groups = Math.ceil(invocations / groupSize)
  const across = Math.min(groups, device.limits.maxComputeWorkgroupsPerDimension)
  return [across, Math.ceil(groups / Math.max(1, across)), 1]
}
