import { createHalves, type MeanNoise } from '../../science/detector/mean-noise'
import { measureLevel, measurePairNoise } from '../../science/detector/detector-noise'
import { measureTypicalLevel } from '../../science/detector/typical-level'
import { openWalk, walkFrames, type FrameWalk } from '../camera/frame-walk'
import type { BiasResult, MeanResult } from '../camera/step-results'
import { skip, type StepDefinition } from '../step'

export const asMeanResult = (mean: MeanNoise | null): MeanResult | null =>
  mean === null ? null : { ...mean.noise, deviation: mean.deviation, frames: mean.frames }

/** Level of each bias frame, noise of each pair of neighbours, and the noise of their mean. */
export const measureBiasFrames: StepDefinition<FrameWalk, BiasResult> = {
  name: 'measure-bias-frames',
  load: async (context) => {
    const walk = await openWalk(context)
    return walk.frames.length === 0 ? skip('The bias frames are no longer in the workspace.') : walk
  },
  compute: async (walk, task) => {
    const levels: BiasResult['levels'][number][] = []
    const pairs: BiasResult['pairs'][number][] = []
    const halves = createHalves(walk.pixels)
    await walkFrames(walk, task, ({ frame, values }, before) => {
      const level = measureLevel(values)
      const typical = measureTypicalLevel(values)
      levels.push({
        frame: frame.id,
        level: level.value,
        error: level.error,
        typical: typical.value,
        typicalError: typical.error,
      })
      if (before !== null)
        pairs.push({ ...measurePairNoise(before.values, values), frames: [before.frame.id, frame.id] })
      halves.add(values)
    })
    return { levels, pairs, mean: asMeanResult(halves.measure()) }
  },
  save: (result) => Promise.resolve({ result: { ...result }, outputs: [] }),
}
