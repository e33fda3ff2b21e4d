import type { CameraReportRecord, DarkSeriesRecord, HotPixelRecord } from '../../core/camera-report'
import type { QualityNumber } from '../../core/master'
import type { StepRecord } from '../../core/work-order'
import { fitDarkTemperature } from '../../science/detector/dark-temperature'
import { fitLevelLine } from '../../science/detector/level-line'
import { middleOf, temperaturesAgree } from './camera-sets'
import {
  biasSteps,
  darkSteps,
  findBiasLevel,
  meanOf,
  type DarkResult,
  type StepWithResult,
} from './step-results'

/** A product of two measured numbers; their errors are independent. */
export const multiply = (first: QualityNumber, second: QualityNumber): QualityNumber => ({
  value: first.value * second.value,
  error: Math.hypot(first.error * second.value, second.error * first.value),
})

interface Point {
  readonly frame: string
  readonly exposure: number
  readonly level: number
  readonly error: number
}

/** Darks above the level of their bias, and the bias frames of that temperature themselves, at no exposure. */
const gatherPoints = (
  steps: readonly StepRecord[],
  series: readonly StepWithResult<DarkResult>[],
  unrest: number,
): Point[] => {
  const darks = series.flatMap(({ facts, result }) => {
    const bias = findBiasLevel(steps, facts)
    if (facts.exposure === null) return []
    const { exposure } = facts
    return result.levels.map(({ frame, level, error }) => ({
      frame,
      exposure,
      level: level - (bias?.typical ?? 0),
      error: Math.hypot(error, unrest),
    }))
  })
  const temperature = series[0]?.facts.temperature ?? null
  const nights = new Set(series.map(({ facts }) => facts.night))
  const biases = biasSteps(steps).flatMap(({ facts, result }) => {
    if (!temperaturesAgree(facts.temperature, temperature) || !nights.has(facts.night)) return []
    const mean = meanOf(result.levels.map(({ typical }) => typical))
    return result.levels.map(({ frame, typical, typicalError }) => ({
      frame,
      exposure: 0,
      level: typical - mean,
      error: Math.hypot(typicalError, unrest),
    }))
  })
  return [...biases, ...darks]
}

/** Dark current of each temperature that there are darks of: the slope of level against exposure. */
export const assembleDarks = (
  steps: readonly StepRecord[],
  unrest: number,
  gain: QualityNumber | null,
): DarkSeriesRecord[] => {
  const series: StepWithResult<DarkResult>[][] = []
  for (const step of darkSteps(steps)) {
    const own = series.find(([first]) =>
      temperaturesAgree(first?.facts.temperature ?? null, step.facts.temperature),
    )
    if (own === undefined) series.push([step])
    else own.push(step)
  }
  return series.flatMap((members) => {
    const points = gatherPoints(steps, members, unrest)
    const line = fitLevelLine(points.map(({ exposure, level, error }) => ({ x: exposure, level, error })))
    if (line === null) return []
    return [
      {
        temperature: middleOf(members.flatMap(({ facts }) => facts.temperature ?? [])),
        points: points.map((point, index) => ({ ...point, residual: line.residuals[index] ?? Number.NaN })),
        rate: line.slope,
        electrons: gain === null ? null : multiply(line.slope, gain),
        intercept: line.intercept,
        widened: line.widened,
      },
    ]
  })
}

export const assembleDarkTemperature = (
  series: readonly DarkSeriesRecord[],
): CameraReportRecord['darkTemperature'] =>
  fitDarkTemperature(
    series.flatMap(({ temperature, rate }) =>
      temperature === null ? [] : [{ temperature, rate: rate.value, error: rate.error }],
    ),
  )

export const assembleHotPixels = (steps: readonly StepRecord[]): HotPixelRecord[] =>
  darkSteps(steps).flatMap(({ facts, result: { hot } }) =>
    facts.exposure === null || hot.heights.length === 0
      ? []
      : [{ ...hot, exposure: facts.exposure, temperature: facts.temperature }],
  )
