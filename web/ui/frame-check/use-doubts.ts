import { useMemo } from 'react'
import type { ExposureRecord } from '../../core/frame'
import type { FrameStatisticsRecord } from '../../core/frame-statistics'
import {
  doubtFrames,
  groupAlike,
  type FrameDoubt,
  type FrameGroupOfKind,
} from '../../pipeline/frames/doubt-frames'
import { useApp } from '../kit/use-app'

export interface CheckedGroup extends FrameGroupOfKind {
  readonly doubts: readonly FrameDoubt[]
}

/** The lists are read anew many times while an order runs; a group that is as it was is not judged again. */
const MOST_KEPT = 200
const kept = new Map<string, { readonly state: string; readonly doubts: readonly FrameDoubt[] }>()

const doubtsOf = (
  group: FrameGroupOfKind,
  statistics: ReadonlyMap<string, FrameStatisticsRecord>,
): readonly FrameDoubt[] => {
  const state = group.frames
    .map(({ id, excluded }) => `${id} ${excluded} ${statistics.get(id)?.createdAt ?? ''}`)
    .join()
  const known = kept.get(group.key)
  if (known?.state === state) return known.doubts
  const doubts = doubtFrames(group, statistics)
  kept.set(group.key, { state, doubts })
  const oldest = kept.keys().next().value
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  return doubts
}

/** Groups of frames that should be alike, and which of each are not. */
export const useDoubts = (exposures: readonly ExposureRecord[]): readonly CheckedGroup[] => {
  const statistics = useApp((state) => state.library.statistics)
  return useMemo(
    () => groupAlike(exposures).map((group) => ({ ...group, doubts: doubtsOf(group, statistics) })),
    [exposures, statistics],
  )
}
