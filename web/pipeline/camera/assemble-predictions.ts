import type { PredictionRecord } from '../../core/camera-report'
import type { QualityNumber } from '../../core/master'
import type { StepRecord } from '../../core/work-order'
import { predictMeanNoise } from '../../science/detector/mean-noise'
import {
  biasSteps,
  darkSteps,
  findBiasLevel,
  flatSteps,
  meanOf,
  type MeanResult,
  type StepWithResult,
} from './step-results'

/** With more full pixels than this the noise is cut, and nothing is to be predicted. */
const FULL_PIXELS = 0.001

type Kind = PredictionRecord['kind']

/**
 * What the mean of each group should scatter by, from read noise and gain alone, beside what it does. The bias frames give the read noise
 * too, so that theirs agree is no surprise; darks and flats are the test.
 */
export const assemblePredictions = (
  steps: readonly StepRecord[],
  { readNoise, gain, fullWell }: Record<'readNoise' | 'gain' | 'fullWell', QualityNumber | null>,
): PredictionRecord[] => {
  if (readNoise === null) return []
  const brightest = fullWell?.value ?? Number.POSITIVE_INFINITY
  const predict = (
    kind: Kind,
    level: number,
    { step, facts, result }: StepWithResult<{ readonly mean: MeanResult | null }>,
  ): PredictionRecord[] => {
    const { mean } = result
    if (mean === null || (kind !== 'bias' && gain === null)) return []
    return [
      {
        kind,
        frames: step.frames.slice(0, mean.frames),
        exposure: facts.exposure,
        filter: facts.filter,
        temperature: facts.temperature,
        level,
        predicted: predictMeanNoise(mean.frames, level, readNoise, gain),
        measured: { value: mean.value, error: mean.error },
        deviation: mean.deviation,
      },
    ]
  }
  return [
    ...biasSteps(steps).flatMap((each) => predict('bias', 0, each)),
    ...darkSteps(steps).flatMap((each) => {
      const bias = findBiasLevel(steps, each.facts)
      return bias === null
        ? []
        : predict('dark', meanOf(each.result.levels.map(({ level }) => level)) - bias.typical, each)
    }),
    ...flatSteps(steps).flatMap((each) => {
      const full = each.result.levels.some(
        ({ saturated, level }) => saturated > FULL_PIXELS || level > brightest,
      )
      return full ? [] : predict('flat', meanOf(each.result.levels.map(({ level }) => level)), each)
    }),
  ]
}
