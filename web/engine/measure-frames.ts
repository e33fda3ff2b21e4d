import { effectiveFacts, type ExposureRecord } from '../core/frame'
import type { FrameStatisticsRecord } from '../core/frame-statistics'
import { FRAME_STATISTICS_VERSION } from '../pipeline/frames/measure-frame'
import type { Workspace } from '../storage/workspace'

/** Never measured, measured by older rules, or a frame that became a light since. */
const needsMeasuring = (exposure: ExposureRecord, known: FrameStatisticsRecord | undefined): boolean =>
  known === undefined ||
  known.version !== FRAME_STATISTICS_VERSION ||
  (effectiveFacts(exposure).kind === 'light' && known.quality === null)

interface FrameMeasuring {
  readonly measure: (frame: string) => Promise<FrameStatisticsRecord>
  /** Asked before each frame: false ends it, and what is left is measured another time. */
  readonly mayGoOn: () => boolean
  readonly onProgress: (done: number, total: number) => void
}

/** Frames whose pixels could not be read: they are not tried again until the page is loaded anew. */
const unreadable = new Set<string>()

/** Measures frames that were not measured yet, one after the other, and stores what they are like. Gives how many were measured. */
export const measureFrames = async (
  workspace: Workspace,
  { measure, mayGoOn, onProgress }: FrameMeasuring,
): Promise<number> => {
  const known = new Map((await workspace.frameStatistics.list()).map((record) => [record.id, record]))
  const wanted = (await workspace.exposures.list()).filter(
    (exposure) => !unreadable.has(exposure.id) && needsMeasuring(exposure, known.get(exposure.id)),
  )
  let count = 0
  for (const [index, { id }] of wanted.entries()) {
    if (!mayGoOn()) break
    onProgress(index, wanted.length)
    try {
      await workspace.frameStatistics.put(await measure(id))
      count++
    } catch {
      // What is wrong with it is said where somebody opens it, and the others are measured all the same.
      unreadable.add(id)
    }
  }
  return count
}
