import { createHalves } from '../../science/detector/mean-noise'
import { countOverHeights, keepSmaller } from '../../science/detector/hot-pixel-counts'
import { measurePairNoise } from '../../science/detector/detector-noise'
import { averagePairs } from '../../science/detector/shared-frames'
import { measureTypicalLevel } from '../../science/detector/typical-level'
import { openWalk, walkFrames, type FrameWalk } from '../camera/frame-walk'
import { biasSteps, type DarkResult } from '../camera/step-results'
import { skip, type StepDefinition } from '../step'
import { asMeanResult } from './measure-bias-frames'

interface Input extends FrameWalk {
  /** ADU of one frame; null where no pair of bias frames tells it. */
  readonly readNoise: number | null
}

/** Heights above the level, as multiples of the noise of one frame. */
const MULTIPLES = [5, 10, 20, 50, 100, 200, 500, 1000]

/** Levels of darks of one exposure and temperature, the noise of their mean, and how many pixels are hot in all of them. */
export const measureDarkFrames: StepDefinition<Input, DarkResult> = {
  name: 'measure-dark-frames',
  load: async (context) => {
    const walk = await openWalk(context)
    if (walk.frames.length === 0) return skip('The dark frames are no longer in the workspace.')
    const noise = averagePairs(biasSteps(context.before).flatMap(({ result }) => result.pairs))
    return { ...walk, readNoise: noise?.value ?? null }
  },
  compute: async (input, task) => {
    const levels: DarkResult['levels'][number][] = []
    const halves = createHalves(input.pixels)
    const hot: { smallest: Float32Array | null; noise: number } = {
      smallest: null,
      noise: input.readNoise ?? NaN,
    }
    await walkFrames(input, task, ({ frame, values }, before) => {
      const { value, error } = measureTypicalLevel(values)
      levels.push({ frame: frame.id, level: value, error })
      halves.add(values)
      if (before !== null && Number.isNaN(hot.noise))
        hot.noise = measurePairNoise(before.values, values).value
      // Levels drift from frame to frame; what stands out does so above its own frame's level.
      const above = values.map((each) => each - value)
      if (hot.smallest === null) hot.smallest = above
      else keepSmaller(hot.smallest, above)
    })
    const heights = Number.isNaN(hot.noise) ? [] : MULTIPLES.map((multiple) => multiple * hot.noise)
    return {
      levels,
      mean: asMeanResult(halves.measure()),
      hot: {
        frames: levels.map(({ frame }) => frame),
        noise: hot.noise,
        heights,
        counts: countOverHeights(hot.smallest ?? [], 0, heights),
        pixels: input.pixels,
      },
    }
  },
  save: (result) => Promise.resolve({ result: { ...result }, outputs: [] }),
}
