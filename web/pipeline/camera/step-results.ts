import type { StepRecord } from '../../core/work-order'
import type { QualityNumber } from '../../core/master'
import { temperaturesAgree } from './camera-sets'

/** What the steps of a characterisation hand on to its report, as plain numbers. Levels are raw ADU unless said otherwise. */
export interface BiasResult {
  readonly levels: readonly {
    readonly frame: string
    /** Clipped mean. */
    readonly level: number
    readonly error: number
    /** Of a usual pixel, as darks are read. */
    readonly typical: number
    readonly typicalError: number
  }[]
  readonly pairs: readonly (QualityNumber & { readonly frames: readonly [string, string] })[]
  readonly mean: MeanResult | null
}

export interface MeanResult {
  readonly value: number
  readonly error: number
  readonly deviation: number
  readonly frames: number
}

export interface DarkResult {
  readonly levels: readonly { readonly frame: string; readonly level: number; readonly error: number }[]
  readonly mean: MeanResult | null
  readonly hot: {
    readonly frames: readonly string[]
    readonly noise: number
    readonly heights: readonly number[]
    readonly counts: readonly number[]
    readonly pixels: number
  }
}

export interface FlatResult {
  /** ADU above the bias. */
  readonly levels: readonly {
    readonly frame: string
    readonly level: number
    readonly error: number
    readonly saturated: number
  }[]
  readonly pairs: readonly {
    readonly frames: readonly [string, string]
    readonly level: number
    readonly levelError: number
    readonly variance: number
    readonly varianceError: number
    readonly ratio: number
    readonly saturated: number
  }[]
  /** Neighbours whose levels differ too much to be a pair. */
  readonly unequal: number
  readonly mean: MeanResult | null
  /** The bias frames were taken more than two degrees from these flats. */
  readonly biasElsewhere: boolean
}

export interface MapResult {
  readonly block: number
  readonly columns: number
  readonly rows: number
  readonly ratio: readonly number[]
  readonly median: number
  readonly scatter: number
  readonly noise: number
  readonly span: number
}

/** What one group's frames have in common, as its step was planned. */
export interface GroupFacts {
  readonly night: string
  readonly temperature: number | null
  readonly exposure: number | null
  readonly filter: string | null
}

export const groupFactsOf = (step: StepRecord): GroupFacts => {
  const { night, temperature, exposure, filter } = step.parameters as unknown as GroupFacts
  return { night, temperature, exposure, filter }
}

export interface StepWithResult<Result> {
  readonly step: StepRecord
  readonly facts: GroupFacts
  readonly result: Result
}

/** Steps of a name that ended well, with what they gave. */
const endedSteps = <Result>(steps: readonly StepRecord[], name: string): StepWithResult<Result>[] =>
  steps
    .filter((step) => step.name === name && step.state === 'done')
    .map((step) => ({ step, facts: groupFactsOf(step), result: step.result as unknown as Result }))

export const biasSteps = (steps: readonly StepRecord[]) =>
  endedSteps<BiasResult>(steps, 'measure-bias-frames')
export const darkSteps = (steps: readonly StepRecord[]) =>
  endedSteps<DarkResult>(steps, 'measure-dark-frames')
export const flatSteps = (steps: readonly StepRecord[]) =>
  endedSteps<FlatResult>(steps, 'measure-flat-frames')
export const mapSteps = (steps: readonly StepRecord[]) => endedSteps<MapResult>(steps, 'map-flat-ratio')

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

export interface BiasLevel {
  readonly level: number
  readonly typical: number
  /** It is of a sensor more than two degrees warmer or colder. */
  readonly elsewhere: boolean
}

/** The bias level for frames of a night and temperature: of the same temperature before another, then of the same night, then the nearest. */
export const findBiasLevel = (steps: readonly StepRecord[], wanted: GroupFacts): BiasLevel | null => {
  const rank = ({ facts }: StepWithResult<BiasResult>): readonly number[] => [
    temperaturesAgree(facts.temperature, wanted.temperature) ? 0 : 1,
    facts.night === wanted.night ? 0 : 1,
    facts.temperature === null || wanted.temperature === null
      ? 0
      : Math.abs(facts.temperature - wanted.temperature),
  ]
  const [best] = biasSteps(steps)
    .filter(({ result }) => result.levels.length > 0)
    .toSorted((a, b) => {
      const [first, second] = [rank(a), rank(b)]
      return first.map((value, index) => value - (second[index] ?? 0)).find((by) => by !== 0) ?? 0
    })
  if (best === undefined) return null
  const { levels } = best.result
  return {
    level: meanOf(levels.map(({ level }) => level)),
    typical: meanOf(levels.map(({ typical }) => typical)),
    elsewhere:
      wanted.temperature !== null &&
      best.facts.temperature !== null &&
      !temperaturesAgree(best.facts.temperature, wanted.temperature),
  }
}
