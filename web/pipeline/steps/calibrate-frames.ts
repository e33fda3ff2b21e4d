import { AsterismError } from '../../core/errors'
import type { ExposureRecord } from '../../core/frame'
import type { ReducedRecord } from '../../core/reduced'
import type { Assignment } from '../plan-calibration'
import type { StepDefinition } from '../step'
import { gridOf } from '../strips/frame-recipe'

interface Input {
  readonly assignments: readonly Assignment[]
  readonly exposures: ReadonlyMap<string, ExposureRecord>
  /** Masters that are in the store now: one that failed to build is missing. */
  readonly masters: ReadonlySet<string>
  readonly order: string
  readonly now: number
}

interface Failure {
  readonly frame: string
  readonly step: 'calibrate-frames'
  readonly code: string
  readonly reason: string
}

interface Output {
  readonly records: readonly ReducedRecord[]
  readonly failures: readonly Failure[]
}

const masterIds = ({ calibration }: Assignment): string[] =>
  [calibration.bias, calibration.dark, calibration.flat, calibration.badPixels?.map].filter(
    (id) => id != null,
  )

const reduce = (assignment: Assignment, input: Input): ReducedRecord => {
  const exposure = input.exposures.get(assignment.exposure)
  if (exposure === undefined) {
    throw new AsterismError('not-found', 'The frame is no longer in the workspace.', {
      frame: assignment.exposure,
    })
  }
  const lost = masterIds(assignment).find((id) => !input.masters.has(id))
  if (lost !== undefined) {
    throw new AsterismError(
      'not-found',
      `${exposure.name}: its master could not be made; see the log for the reason.`,
      { master: lost },
    )
  }
  const { calibration } = assignment
  const { raw = null, channel = null } = calibration
  return {
    id: assignment.id,
    stage: 'calibrated',
    exposure: exposure.id,
    name: exposure.name,
    order: input.order,
    calibration,
    choices: assignment.choices,
    registration: null,
    ...gridOf({ exposure, raw, channel }),
    unit: calibration.gain == null ? 'adu' : 'electron',
    // A map of fringes is made of these very frames, and comes after them.
    inputs: [
      exposure.id,
      ...masterIds(assignment),
      ...(calibration.sky?.fringe == null ? [] : [calibration.sky.fringe]),
    ],
    flags: masterIds(assignment).length === 0 ? ['no-calibration'] : [],
    createdAt: input.now,
  }
}

/** How many frames go without a bias, dark or flat, by kind and why. */
const countMissing = (records: readonly ReducedRecord[]): Record<string, Record<string, number>> => {
  const missing: Record<string, Record<string, number>> = {}
  for (const { kind, master, reason } of records.flatMap(({ choices }) => choices)) {
    if (master !== null) continue
    const reasons = (missing[kind] ??= {})
    reasons[reason] = (reasons[reason] ?? 0) + 1
  }
  return missing
}

/** Writes down for each light which masters it is calibrated with. The pixels are made from this recipe when somebody looks. */
export const calibrateFrames: StepDefinition<Input, Output> = {
  name: 'calibrate-frames',
  load: async ({ step, workspace }) => {
    const assignments = step.parameters['assignments'] as readonly Assignment[]
    const exposures = await workspace.exposures.getMany(assignments.map((assignment) => assignment.exposure))
    const masters = await workspace.masters.getMany([...new Set(assignments.flatMap(masterIds))])
    return {
      assignments,
      exposures: new Map(exposures.map((exposure) => [exposure.id, exposure])),
      masters: new Set(masters.map((master) => master.id)),
      order: step.order,
      now: Date.now(),
    }
  },
  compute: (input) => {
    const records: ReducedRecord[] = []
    const failures: Failure[] = []
    for (const assignment of input.assignments) {
      try {
        records.push(reduce(assignment, input))
      } catch (error) {
        if (!(error instanceof AsterismError)) throw error
        failures.push({
          frame: assignment.exposure,
          step: 'calibrate-frames',
          code: error.code,
          reason: error.message,
        })
      }
    }
    return { records, failures }
  },
  save: async ({ records, failures }, _input, { workspace }) => {
    await workspace.reduced.putMany(records)
    const missing = countMissing(records)
    return {
      result: { calibrated: records.length, missing, failures },
      outputs: records.map((record) => record.id),
    }
  },
}
