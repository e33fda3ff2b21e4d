import type { CameraRegion, CameraReportRecord, FlatMapRecord } from '../../core/camera-report'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { StepRecord } from '../../core/work-order'
import { averagePairs } from '../../science/detector/shared-frames'
import { assembleBias } from './assemble-bias'
import { assembleDarks, assembleDarkTemperature, assembleHotPixels, multiply } from './assemble-darks'
import { assemblePredictions } from './assemble-predictions'
import { assembleLinearity, assembleTransfer } from './assemble-transfer'
import { listCameraSets, listLacks, middleOf } from './camera-sets'
import { biasSteps, darkSteps, findBiasLevel, flatSteps, mapSteps } from './step-results'

export interface ReportInput {
  readonly id: string
  readonly order: string
  readonly region: CameraRegion
  /** Calibration frames of one camera. */
  readonly exposures: readonly ExposureRecord[]
  /** The steps that measured them, as they ended. */
  readonly steps: readonly StepRecord[]
}

/** Points that scatter by this much more than their errors are worth a word. */
const SCATTERED = 1.5

const stateOf = (exposure: ExposureRecord | undefined): CameraReportRecord['stated'] => {
  if (exposure === undefined) return { gain: null, gainFrom: null, readNoise: null, readNoiseFrom: null }
  const { gain, readNoise } = effectiveFacts(exposure)
  const sourceOf = (field: 'gain' | 'readNoise') =>
    exposure.corrections[field] === undefined ? (exposure.sources[field] ?? null) : 'person'
  return { gain, gainFrom: sourceOf('gain'), readNoise, readNoiseFrom: sourceOf('readNoise') }
}

const assembleMaps = (
  steps: readonly StepRecord[],
  exposures: ReadonlyMap<string, ExposureRecord>,
): FlatMapRecord[] =>
  mapSteps(steps).flatMap(({ step, result }) => {
    const [first, second] = step.frames.map((frame) => exposures.get(frame))
    if (first === undefined || second === undefined) return []
    const [one, other] = [effectiveFacts(first), effectiveFacts(second)]
    const { ratio, ...map } = result
    return [
      {
        ...map,
        first: first.id,
        second: second.id,
        filter: one.filter,
        nights: [one.night, other.night] as const,
        ratio: Float32Array.from(ratio),
      },
    ]
  })

const listFlags = (
  report: Pick<CameraReportRecord, 'transfer' | 'dark' | 'bias'>,
  steps: readonly StepRecord[],
): string[] => {
  const { transfer, dark, bias } = report
  const named = [...(transfer?.points ?? []), ...bias.pairs].flatMap(({ frames }) => frames)
  const elsewhere =
    flatSteps(steps).some(({ result }) => result.biasElsewhere) ||
    darkSteps(steps).some(({ facts }) => findBiasLevel(steps, facts)?.elsewhere === true)
  const flags: readonly (readonly [string, boolean])[] = [
    ['shared-frames', new Set(named).size < named.length],
    ['saturated-left-out', transfer?.points.some(({ leftOut }) => leftOut !== null) === true],
    ['bends', transfer?.bend != null],
    ['scattered', Math.max(transfer?.widened ?? 1, ...dark.map(({ widened }) => widened)) > SCATTERED],
    ['bias-of-other-temperature', elsewhere],
    ['unequal-flats', flatSteps(steps).some(({ result }) => result.unequal > 0)],
    ['step-failed', steps.some(({ state }) => state === 'failed' || state === 'skipped')],
  ]
  return flags.flatMap(([flag, holds]) => (holds ? [flag] : []))
}

/** The report of a camera from what was measured of its frames: pure, so that the same measurements give the same report. */
export const assembleReport = (input: ReportInput): Omit<CameraReportRecord, 'createdAt'> | null => {
  const { id, order, region, steps } = input
  const [set] = listCameraSets(input.exposures)
  if (set === undefined) return null
  const exposures = new Map(input.exposures.map((exposure) => [exposure.id, exposure]))
  const readNoise = averagePairs(biasSteps(steps).flatMap(({ result }) => result.pairs))
  const transfer = assembleTransfer(steps, readNoise)
  const gain = transfer?.fit?.gain ?? null
  const bias = assembleBias(steps, exposures)
  const dark = assembleDarks(steps, bias.unrest, gain)
  const facts = input.exposures.map(effectiveFacts)
  const nights = [...new Set(facts.map(({ night }) => night))].toSorted()
  const frames = [...new Set(steps.flatMap((step) => step.frames))]
  const measured = { transfer: transfer?.record ?? null, bias, dark }
  return {
    id,
    order,
    name: [set.camera.instrument, nights.at(-1)]
      .filter((part) => part !== undefined && part !== '')
      .join(' '),
    camera: set.camera,
    region,
    filters: [...new Set(set.frames.flat.flatMap((frame) => effectiveFacts(frame).filter ?? []))],
    nights,
    temperature: middleOf(facts.flatMap(({ temperature }) => temperature ?? [])),
    frames,
    inputs: frames,
    stated: stateOf(set.frames.flat[0] ?? set.frames.bias[0] ?? set.frames.dark[0]),
    gain,
    readNoise,
    readNoiseElectrons: readNoise === null || gain === null ? null : multiply(readNoise, gain),
    ...measured,
    darkTemperature: assembleDarkTemperature(dark),
    linearity: assembleLinearity(steps, transfer?.fit?.fullWell ?? null),
    hotPixels: assembleHotPixels(steps),
    flatMaps: assembleMaps(steps, exposures),
    predictions: assemblePredictions(steps, {
      readNoise,
      gain,
      fullWell: transfer?.fit?.fullWell ?? null,
    }),
    missing: listLacks(set),
    flags: listFlags(measured, steps),
  }
}
