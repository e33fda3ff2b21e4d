import type { PixelSection } from '../../core/pixel-section'
import { smoothMode } from '../../science/math/half-sample-mode'
import type { Rows } from './combine-job'
import { keepColumns } from './keep-columns'
import { measureLevel } from './measure-level'
import { sampleBands } from './sample-bands'
import type { StripRoom } from './strip-room'

/** Which one number stands for the level of a frame. */
export interface LevelRule {
  readonly method: 'median' | 'mode'
  /** Of the trimmed frame; null for all of it. */
  readonly region: PixelSection | null
}

export const MEDIAN_OF_ALL: LevelRule = { method: 'median', region: null }

/** Bands of rows that stand for what the rule looks at. */
export const bandsOf = ({ region }: LevelRule, width: number, height: number): Rows[] => {
  if (region === null) return sampleBands(width, height)
  const [first, last] = region.y
  return sampleBands(region.x[1] - region.x[0], last - first).map(({ top, bottom }) => ({
    top: first + top,
    bottom: first + bottom,
  }))
}

/** The level of rows of `width` pixels by a rule. The sample is used up. */
export const findLevel = async (
  room: Pick<StripRoom, 'compute' | 'task'>,
  sample: Float32Array,
  width: number,
  { method, region }: LevelRule,
): Promise<number> => {
  const kept = region === null ? sample : keepColumns(sample, width, region.x)
  return method === 'mode' ? smoothMode(kept) : (await measureLevel(room, kept)).median
}
