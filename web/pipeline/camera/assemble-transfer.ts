import type { LinearityRecord, TransferRecord } from '../../core/camera-report'
import type { QualityNumber } from '../../core/master'
import type { StepRecord } from '../../core/work-order'
import { fitLinearity } from '../../science/detector/linearity'
import { fitPhotonTransfer, type TransferFit } from '../../science/detector/photon-transfer'
import { flatSteps, type FlatResult, type StepWithResult } from './step-results'

/** A flat with more full pixels than this says nothing of linearity. */
const FULL_PIXELS = 0.001

/** The photon-transfer curve of all pairs of flats, whatever their filter: light is light. Null without a pair. */
export const assembleTransfer = (
  steps: readonly StepRecord[],
  readNoise: QualityNumber | null,
): { readonly fit: TransferFit | null; readonly record: TransferRecord } | null => {
  const points = flatSteps(steps).flatMap(({ facts, result }) =>
    result.pairs.map((pair) => ({ ...pair, filter: facts.filter, exposure: facts.exposure })),
  )
  if (points.length === 0) return null
  const fit = fitPhotonTransfer(points, readNoise)
  return {
    fit,
    record: {
      points: points.map((point, index) => ({
        ...point,
        leftOut: fit?.leftOut[index] ?? null,
        residual: fit?.residuals[index] ?? Number.NaN,
      })),
      floor: fit?.floor ?? null,
      slope: fit?.slope ?? null,
      bend: fit?.bend ?? null,
      readNoiseOfLine: fit?.readNoiseOfLine ?? null,
      fullWell: fit?.fullWell ?? null,
      chiSquare: fit?.chiSquare ?? Number.NaN,
      freedom: fit?.freedom ?? 0,
      widened: fit?.widened ?? 1,
    },
  }
}

/** Flats of one night through one filter, of which there are most exposures: one lamp, as far as can be known. */
const chooseLamp = (steps: readonly StepRecord[]): StepWithResult<FlatResult>[] => {
  const lamps = new Map<string, StepWithResult<FlatResult>[]>()
  for (const step of flatSteps(steps)) {
    const key = `${step.facts.night} ${(step.facts.filter ?? '').toLowerCase()}`
    lamps.set(key, [...(lamps.get(key) ?? []), step])
  }
  return [...lamps.values()].toSorted((a, b) => b.length - a.length)[0] ?? []
}

/** Level against exposure of the unsaturated flats of one lamp; null with fewer than three exposures. */
export const assembleLinearity = (
  steps: readonly StepRecord[],
  fullWell: QualityNumber | null,
): LinearityRecord | null => {
  const lamp = chooseLamp(steps)
  const points = lamp.flatMap(({ facts, result }) =>
    result.levels.flatMap(({ frame, level, error, saturated }) =>
      saturated > FULL_PIXELS ||
      level <= 0 ||
      level >= (fullWell?.value ?? Infinity) ||
      facts.exposure === null
        ? []
        : [{ frame, exposure: facts.exposure, level, error }],
    ),
  )
  const fit = fitLinearity(
    points.map(({ exposure, level, error }) => ({ exposure, level, levelError: error })),
  )
  const [first] = lamp
  if (fit === null || first === undefined) return null
  const { rate, shutterDelay, largest, scatter, residuals } = fit
  return {
    filter: first.facts.filter,
    night: first.facts.night,
    points: points.map((point, index) => ({ ...point, residual: residuals[index] ?? Number.NaN })),
    rate,
    shutterDelay,
    largest,
    scatter,
  }
}
