import { hashRecipe, idFromHash } from '../core/ids'
import { effectiveFacts, type ExposureRecord } from '../core/frame'
import type { MasterGroup } from '../core/master'
import type { CalibrationRecipe, MasterChoice } from '../core/reduced'
import type { OrderParameters } from './order-parameters'
import type { PlannedMap } from './plan-bad-pixels'
import { STEP_VERSIONS } from './step-versions'
import { gridOf } from './strips/frame-recipe'

/** A light with its masters, before the fringes are known, for which all lights are looked at together. */
export interface BareAssignment {
  readonly light: ExposureRecord
  readonly calibration: CalibrationRecipe
  readonly choices: readonly MasterChoice[]
  readonly map: PlannedMap | null
}

/** A map of fringes that a step will make from lights of one camera and filter. */
export interface PlannedFringes {
  readonly id: string
  readonly group: MasterGroup
  /** Exposures that it is made from. */
  readonly frames: readonly string[]
}

export interface FringeAssignment {
  readonly choice: MasterChoice
  readonly planned: PlannedFringes | null
}

/** Fewer cannot tell a star from a fringe. */
const LEAST_FRAMES = 3

const groupOf = ({ light, calibration }: BareAssignment): MasterGroup => {
  const facts = effectiveFacts(light)
  const { raw = null, channel = null } = calibration
  return {
    telescope: facts.telescope,
    instrument: facts.instrument,
    night: facts.night,
    filter: facts.filter,
    exposure: null,
    binning: facts.binning,
    ...gridOf({ exposure: light, raw, channel }),
    gainSetting: facts.gainSetting,
    temperature: null,
  }
}

const choose = (
  master: string | null,
  reason: MasterChoice['reason'],
  values: MasterChoice['values'] = {},
): MasterChoice => ({ kind: 'fringe', master, reason, values })

const planGroup = async (group: MasterGroup, members: readonly BareAssignment[]): Promise<PlannedFringes> => {
  const recipes = members.map(({ light, calibration }) => ({ exposure: light.id, calibration }))
  const hash = await hashRecipe({
    step: 'map-fringes',
    version: STEP_VERSIONS['map-fringes'],
    recipes,
  })
  return { id: idFromHash('master', hash), group, frames: members.map(({ light }) => light.id) }
}

/**
 * The map of fringes for each light of an order: what a person chose, else one made from all its lights of the same camera, filter and
 * night, as the fringes are where the stars are not.
 */
export const assignFringes = async (
  assignments: readonly BareAssignment[],
  parameters: Pick<OrderParameters, 'fringe' | 'masters' | 'frameMasters'>,
): Promise<ReadonlyMap<string, FringeAssignment>> => {
  const found = new Map<string, FringeAssignment>()
  if (parameters.fringe === 'off') return found
  const groups = new Map<string, { group: MasterGroup; members: BareAssignment[] }>()
  const chosenFor = ({ id }: ExposureRecord) =>
    parameters.frameMasters[id]?.fringe ?? parameters.masters.fringe
  for (const assignment of assignments) {
    const { light } = assignment
    const chosen = chosenFor(light)
    if (chosen === 'none') found.set(light.id, { choice: choose(null, 'switched-off'), planned: null })
    else if (chosen !== undefined && chosen !== 'auto')
      found.set(light.id, { choice: choose(chosen, 'chosen-by-person'), planned: null })
    else {
      const group = groupOf(assignment)
      const key = JSON.stringify(group)
      const known = groups.get(key)
      if (known === undefined) groups.set(key, { group, members: [assignment] })
      else known.members.push(assignment)
    }
  }
  for (const { group, members } of groups.values()) {
    const few = members.length < LEAST_FRAMES
    const planned = few ? null : await planGroup(group, members)
    const values = { frames: members.length }
    const choice = planned === null ? choose(null, 'none-taken', values) : choose(planned.id, 'exact', values)
    for (const { light } of members) found.set(light.id, { choice, planned })
  }
  return found
}
