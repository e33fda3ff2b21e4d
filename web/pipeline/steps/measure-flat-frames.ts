import { measureLevel } from '../../science/detector/detector-noise'
import { measureFlatPair } from '../../science/detector/flat-pair'
import { createHalves } from '../../science/detector/mean-noise'
import { openWalk, walkFrames, type FrameWalk } from '../camera/frame-walk'
import { saturationOf } from '../camera/read-region'
import {
  findBiasLevel,
  groupFactsOf,
  meanOf,
  type BiasLevel,
  type FlatResult,
  type MeanResult,
} from '../camera/step-results'
import { skip, type StepDefinition } from '../step'
import { asMeanResult } from './measure-bias-frames'

interface Input extends FrameWalk {
  readonly bias: BiasLevel
}

/** Levels of a pair may differ by this part: then bringing one to the other's level corrects for the lamp and for nothing else. */
const MOST_DRIFT = 0.1

const scaleMean = (mean: MeanResult | null, factor: number): MeanResult | null =>
  mean === null
    ? null
    : {
        frames: mean.frames,
        value: mean.value * factor,
        error: mean.error * factor,
        deviation: mean.deviation * factor,
      }

/** Levels of flats of one filter and exposure above the bias, and a point of the photon-transfer curve for each pair of neighbours. */
export const measureFlatFrames: StepDefinition<Input, FlatResult> = {
  name: 'measure-flat-frames',
  load: async (context) => {
    const walk = await openWalk(context)
    if (walk.frames.length === 0) return skip('The flat frames are no longer in the workspace.')
    const bias = findBiasLevel(context.before, groupFactsOf(context.step))
    return bias === null ? skip('No bias frame could be measured.') : { ...walk, bias }
  },
  compute: async (input, task) => {
    const { bias } = input
    const levels: FlatResult['levels'][number][] = []
    const pairs: FlatResult['pairs'][number][] = []
    const halves = createHalves(input.pixels)
    let unequal = 0
    await walkFrames(input, task, ({ frame, values }, before) => {
      const { value, error } = measureLevel(values)
      const limit = saturationOf(frame) ?? Number.POSITIVE_INFINITY
      const full = values.reduce((count, each) => count + (each >= limit ? 1 : 0), 0)
      const level = value - bias.level
      levels.push({ frame: frame.id, level, error, saturated: full / values.length })
      if (level > 0)
        halves.add(
          values.map((each) => each - bias.level),
          level,
        )
      const former = levels.at(-2)?.level ?? NaN
      if (before === null) return
      if (!(Math.abs(level / former - 1) <= MOST_DRIFT)) {
        unequal++
        return
      }
      const pair = measureFlatPair(before.values, values, {
        bias: bias.level,
        saturation: saturationOf(frame),
      })
      if (pair !== null) {
        const { pixels: _pixels, ...point } = pair
        pairs.push({ ...point, frames: [before.frame.id, frame.id] })
      }
    })
    return {
      levels,
      pairs,
      unequal,
      mean: scaleMean(asMeanResult(halves.measure()), meanOf(levels.map(({ level }) => level))),
      biasElsewhere: bias.elsewhere,
    }
  },
  save: (result) => Promise.resolve({ result: { ...result }, outputs: [] }),
}
