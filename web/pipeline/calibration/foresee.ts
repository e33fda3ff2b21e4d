import type { ExposureRecord } from '../../core/frame'
import type { MasterRecord } from '../../core/master'
import type { MasterCandidate } from '../match-masters'
import type { OrderParameters } from '../order-parameters'
import { assignLights, type Assignment } from '../plan-calibration'
import { closeOverMasters, planMasters, type PlannedMaster } from '../plan-masters'

/** What an order with these parameters would do to these lights: read off its very plan, before a pixel is touched. */
export interface ForeseenCalibration {
  readonly parameters: OrderParameters
  readonly lights: readonly ExposureRecord[]
  /** One for each light, in their order. */
  readonly assignments: readonly Assignment[]
  /** Every master that there is to choose from. */
  readonly candidates: ReadonlyMap<string, MasterCandidate>
  /** Masters that the lights get from frames of the workspace, and those that these in turn are made with. */
  readonly masters: readonly PlannedMaster[]
  /** Masters that the lights get and whose frames are gone. */
  readonly stored: readonly MasterRecord[]
  /** Frames that the lights and these masters are made of. */
  readonly frames: readonly ExposureRecord[]
}

interface ForeseeInput {
  /** Settled (settle-subtracted), excluded ones left out. */
  readonly exposures: readonly ExposureRecord[]
  readonly masters: readonly MasterRecord[]
  readonly lights: readonly ExposureRecord[]
  readonly parameters: OrderParameters
}

export const foreseeCalibration = async ({
  exposures,
  masters: known,
  lights,
  parameters,
}: ForeseeInput): Promise<ForeseenCalibration> => {
  const { planned, candidates } = await planMasters(exposures, known, parameters)
  const maps = known.filter(({ kind }) => kind === 'master-bad-pixels')
  const assignments = await assignLights(lights, candidates, parameters, maps)
  const wanted = new Set(
    assignments.flatMap(({ calibration: { bias, dark, flat } }) =>
      [bias, dark, flat].filter((id) => id !== null),
    ),
  )
  const masters = closeOverMasters(planned, wanted)
  const made = new Set(masters.map(({ id }) => id))
  const members = new Set([...masters.flatMap(({ frames }) => frames), ...lights.map(({ id }) => id)])
  return {
    parameters,
    lights,
    assignments,
    candidates: new Map(candidates.map((candidate) => [candidate.id, candidate])),
    masters,
    stored: known.filter(({ id }) => wanted.has(id) && !made.has(id)),
    frames: exposures.filter(({ id }) => members.has(id)),
  }
}
