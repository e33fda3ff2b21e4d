import { hashRecipe, idFromHash } from '../core/ids'
import { effectiveFacts, type ExposureRecord } from '../core/frame'
import type { MasterGroup, MasterRecord } from '../core/master'
import { correctedSize } from '../core/raw-correction'
import type { MasterChoice } from '../core/reduced'
import { daysBetweenNights, type MasterCandidate } from './match-masters'
import type { OrderParameters } from './order-parameters'
import { planRaw } from './plan-raw'
import { STEP_VERSIONS } from './step-versions'

/** A map of bad pixels that a step will make. */
export interface PlannedMap {
  readonly id: string
  readonly group: MasterGroup
  readonly dark: string | null
  readonly flat: string | null
  readonly limits: OrderParameters['badPixelLimits']
}

export interface MapAssignment {
  readonly choice: MasterChoice
  /** Null where the map is there already, or there is none. */
  readonly planned: PlannedMap | null
}

interface Ingredients {
  readonly dark: MasterCandidate | undefined
  readonly flat: MasterCandidate | undefined
  /** Maps in the store. */
  readonly maps: readonly MasterRecord[]
}

const choose = (
  master: string | null,
  reason: MasterChoice['reason'],
  values: MasterChoice['values'] = {},
): MasterChoice => ({ kind: 'bad-pixels', master, reason, values })

/** The camera of a map, and the night of what it is made from. */
const describeGroup = ({ group }: MasterCandidate): MasterGroup => ({
  ...group,
  filter: null,
  exposure: null,
})

export const isSameCamera = (
  map: MasterGroup,
  light: ExposureRecord,
  size: { width: number; height: number },
): boolean => {
  const facts = effectiveFacts(light)
  return (
    map.telescope.toLowerCase() === facts.telescope.toLowerCase() &&
    map.instrument.toLowerCase() === facts.instrument.toLowerCase() &&
    map.binning[0] === facts.binning[0] &&
    map.binning[1] === facts.binning[1] &&
    map.width === size.width &&
    map.height === size.height
  )
}

/**
 * The map of bad pixels for one light: what a person chose; else one made from the dark and the flat that calibrate it, which show the
 * camera as it was; else the closest in time of the same camera.
 */
export const assignBadPixels = async (
  light: ExposureRecord,
  { dark, flat, maps }: Ingredients,
  parameters: OrderParameters,
): Promise<MapAssignment> => {
  const chosen = parameters.frameMasters[light.id]?.['bad-pixels'] ?? parameters.masters['bad-pixels']
  if (chosen === 'none') return { choice: choose(null, 'switched-off'), planned: null }
  if (chosen !== undefined && chosen !== 'auto')
    return { choice: choose(chosen, 'chosen-by-person'), planned: null }
  const source = dark ?? flat
  if (source !== undefined) {
    const recipe = { dark: dark?.id ?? null, flat: flat?.id ?? null, limits: parameters.badPixelLimits }
    const version = STEP_VERSIONS['map-bad-pixels']
    const id = idFromHash('master', await hashRecipe({ step: 'map-bad-pixels', version, ...recipe }))
    return { choice: choose(id, 'exact'), planned: { id, group: describeGroup(source), ...recipe } }
  }
  const size = correctedSize(light, planRaw(light, parameters))
  const { night } = effectiveFacts(light)
  const [closest] = maps
    .filter(({ group }) => isSameCamera(group, light, size))
    .map((map) => ({ map, days: daysBetweenNights(map.group.night, night) }))
    .filter(({ days }) => days === null || days <= parameters.maxMasterAgeDays)
    .toSorted((a, b) => (a.days ?? 0) - (b.days ?? 0) || (a.map.id < b.map.id ? -1 : 1))
  if (closest === undefined) return { choice: choose(null, 'none-taken'), planned: null }
  const values = { daysApart: closest.days }
  return { choice: choose(closest.map.id, 'closest-in-time', values), planned: null }
}
