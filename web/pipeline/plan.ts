import { AsterismError } from '../core/errors'
import { effectiveFacts, type ExposureRecord } from '../core/frame'
import type { MasterRecord } from '../core/master'
import type { RequestName, StepRecord } from '../core/work-order'
import type { OrderParameters } from './order-parameters'
import { planComposite } from './composite/plan-composite'
import { addSolving } from './astrometry/plan-solve'
import { readSolveOptions } from './astrometry/solve-parameters'
import { planCamera } from './camera/plan-camera'
import { addCleaning, addMaps } from './plan-cleaning'
import { createDraft, type Draft } from './plan-draft'
import { assignLights, type Assignment } from './plan-calibration'
import { closeOverMasters, planMasters, type PlannedMaster } from './plan-masters'
import { addDetections, addRegistration } from './plan-registration'
import { addStack, checkStack } from './plan-stack'
import { reachOf } from './recipes'
import { settleSubtracted } from './settle-subtracted'

export interface PlanInput {
  readonly order: string
  readonly request: RequestName
  readonly parameters: OrderParameters
  /** Everything in the workspace that is not excluded or removed. */
  readonly exposures: readonly ExposureRecord[]
  /** Ids that the order names; null when it names none. */
  readonly frames: ReadonlySet<string> | null
  readonly masters: readonly MasterRecord[]
}

const timeOf = (exposure: ExposureRecord): string => effectiveFacts(exposure).dateObs ?? ''

const seriesKey = (exposure: ExposureRecord): string => {
  const facts = effectiveFacts(exposure)
  return JSON.stringify([
    facts.telescope,
    facts.instrument,
    facts.night,
    facts.filter,
    facts.object,
    exposure.width,
    exposure.height,
  ])
}

/** Requests that take each light by itself, and so all of them. */
const ALL_LIGHTS: readonly RequestName[] = ['calibrate_file_batch', 'solve']

/**
 * The lights of an order in time order. A series is measured against one reference, so an order that names no frames
 * takes the largest set of lights of one night, instrument, filter and object.
 */
const chooseLights = (input: Pick<PlanInput, 'exposures' | 'frames' | 'request'>): ExposureRecord[] => {
  const named = input.frames
  // Whoever names a frame for it thinks that it shows the sky.
  const kinds = input.request === 'solve' && named !== null ? ['light', 'unknown'] : ['light']
  const lights = input.exposures.filter(
    (exposure) => kinds.includes(effectiveFacts(exposure).kind) && (named === null || named.has(exposure.id)),
  )
  const byTime = (a: ExposureRecord, b: ExposureRecord) =>
    timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : a.name < b.name ? -1 : 1
  if (named !== null || ALL_LIGHTS.includes(input.request)) return lights.sort(byTime)
  const series = new Map<string, ExposureRecord[]>()
  for (const light of lights) series.set(seriesKey(light), [...(series.get(seriesKey(light)) ?? []), light])
  const largest = [...series.values()].sort((a, b) => b.length - a.length)[0] ?? []
  return largest.sort(byTime)
}

const addMasters = (
  add: (draft: Draft) => string,
  masters: readonly PlannedMaster[],
): Map<string, string> => {
  const stepOf = new Map<string, string>()
  for (const master of masters) {
    const after = [master.bias, master.dark].flatMap((id) => (id === null ? [] : (stepOf.get(id) ?? [])))
    stepOf.set(
      master.id,
      add({ name: 'build-master', frames: master.frames, parameters: { ...master }, after }),
    )
  }
  return stepOf
}

const addMeasurement = (
  add: (draft: Draft) => string,
  assignments: readonly Assignment[],
  steps: { reference: string; matches: ReadonlyMap<string, string> },
  parameters: OrderParameters,
): { table: string; measures: string[] } => {
  const {
    positions,
    radii,
    radiusUnit,
    annulus,
    centroid,
    maximumStars,
    target,
    comparisons,
    position,
    radius,
  } = parameters
  const table = add({
    name: 'choose-stars',
    frames: [],
    parameters: {
      positions,
      radii: radii ?? null,
      radiusUnit,
      annulus: annulus ?? null,
      centroid,
      maximumStars,
      target: target ?? null,
      comparisons,
      position: position ?? null,
      radius,
    },
    after: [steps.reference, ...steps.matches.values()],
  })
  const measures = assignments.flatMap(({ id, exposure }) => {
    const match = steps.matches.get(id)
    if (match === undefined) return []
    return [
      add({
        name: 'measure-frame',
        frames: [exposure],
        parameters: { calibrated: id, centroid },
        after: [table, match],
      }),
    ]
  })
  return { table, measures }
}

/** The steps of an order as a graph: pure, so that the same order on the same workspace always gives the same plan. */
export const planOrder = async (given: PlanInput): Promise<StepRecord[]> => {
  const input = { ...given, exposures: settleSubtracted(given.exposures) }
  const { parameters } = input
  const reach = reachOf(input.request, parameters.recipe)
  const { steps, add } = createDraft(input.order)
  if (input.request === 'characterise_camera') {
    planCamera(add, input.exposures, input.frames, parameters)
    return steps
  }
  if (input.request === 'colour_composite') {
    planComposite(add, input.frames, parameters)
    return steps
  }
  const lights = chooseLights(input)
  const { planned, candidates } = await planMasters(input.exposures, input.masters, parameters)
  const maps = input.masters.filter(({ kind }) => kind === 'master-bad-pixels')
  const assignments = await assignLights(lights, candidates, parameters, maps)
  const wanted = new Set(
    assignments.flatMap(({ calibration }) =>
      [calibration.bias, calibration.dark, calibration.flat].filter((id) => id !== null),
    ),
  )
  // Named calibration frames are wanted for themselves: a person who drops only darks wants a master dark.
  for (const master of planned) {
    const named =
      input.frames === null ? lights.length === 0 : master.frames.some((id) => input.frames?.has(id))
    if (named) wanted.add(master.id)
  }
  const masterSteps = addMasters(add, closeOverMasters(planned, wanted))
  if (lights.length === 0) {
    if (reach === 'calibrated' && steps.length > 0) return steps
    throw new AsterismError(
      'no-lights',
      'There is no light frame to work on. Add light frames, or say which of the frames are lights.',
    )
  }
  const mapSteps = addMaps(add, assignments, masterSteps)
  const calibrate = add({
    name: 'calibrate-frames',
    frames: lights.map((light) => light.id),
    parameters: { assignments },
    after: [...masterSteps.values(), ...mapSteps],
  })
  const ready = addCleaning(add, assignments, calibrate)
  if (reach === 'calibrated') return steps
  if (input.request === 'solve') {
    const detections = addDetections({ add, assignments, ready, parameters, lights })
    addSolving(add, lights, { assignments, detections, options: readSolveOptions(parameters) })
    return steps
  }
  if (reach === 'stacked') {
    checkStack(lights, parameters)
    const laid = { add, assignments, ready, parameters, lights }
    addStack(laid, parameters.method === 'none' ? null : addRegistration(laid, reach))
    return steps
  }
  const { reference, matches } = addRegistration({ add, assignments, ready, parameters, lights }, reach)
  if (reference === null || reach === 'registered') return steps
  const { table, measures } = addMeasurement(add, assignments, { reference, matches }, parameters)
  if (reach === 'measured') return steps
  const { comparisons, radius, detrend, name } = parameters
  add({
    name: 'draw-light-curve',
    frames: [],
    parameters: { comparisons, radius, detrend, name: name ?? null },
    after: [table, ...measures],
  })
  return steps
}
