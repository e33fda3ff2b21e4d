import { effectiveFacts, type ExposureRecord } from '../core/frame'
import type { LightCurveRecord } from '../core/light-curve'
import type { ReducedRecord } from '../core/reduced'
import type { AppState } from './app-state'
import { suggestCraft, type Craft } from './crafts'
import { derivePictureRoad } from './derive-picture-road'
import { deriveRoad, type Road } from './derive-road'
import { compareByTime, groupNights, type NightGroup } from './group-nights'
import { listFilterGroups, type FilterGroup } from './list-filter-groups'

export interface CurrentNight {
  readonly nights: readonly NightGroup[]
  readonly night: NightGroup | null
  /** Lights of the open night in time order, excluded ones left out. */
  readonly lights: readonly ExposureRecord[]
  /** Latest calibrated and registered recipe of each exposure. */
  readonly calibrated: ReadonlyMap<string, ReducedRecord>
  readonly registered: ReadonlyMap<string, ReducedRecord>
  /** The registration's reference as an exposure id. */
  readonly reference: string | null
  /** The curve that a person opened, else the latest of these lights. */
  readonly curve: LightCurveRecord | null
  /** What is made of the night: what a person chose, else what its lights suggest. */
  readonly craft: Craft
  /** Its lights by object and filter, with their stacks. */
  readonly filterGroups: readonly FilterGroup[]
  readonly road: Road
}

const countLights = (night: NightGroup): number =>
  night.groups.filter((group) => group.kind === 'light').reduce((sum, group) => sum + group.frames.length, 0)

/** The night that a person most likely came for: the one with the most lights, the latest of equals. */
const mostLights = (nights: readonly NightGroup[]): NightGroup | null =>
  nights.reduce<NightGroup | null>(
    (best, night) => (best === null || countLights(night) > countLights(best) ? night : best),
    null,
  )

/** A registered frame carries the very recipe of the calibrated frame that it was found on. */
const sameRecipe = (a: ReducedRecord, b: ReducedRecord | undefined): boolean =>
  b !== undefined && JSON.stringify(a.calibration) === JSON.stringify(b.calibration)

const latestByExposure = (
  reduced: readonly ReducedRecord[],
  stage: ReducedRecord['stage'],
): Map<string, ReducedRecord> =>
  new Map(reduced.filter((frame) => frame.stage === stage).map((frame) => [frame.exposure, frame]))

/** What the open night is derived from: of the orders only which one runs, not how far it is. */
export type NightState = Pick<AppState, 'library' | 'selection' | 'stars'> & {
  readonly settings: Pick<AppState['settings'], 'crafts'>
  readonly sky: Pick<AppState['sky'], 'solutions' | 'failures'>
  readonly orders: { readonly progress: { readonly request: string } | null }
}

/** Everything that the panels need to know of the open night, derived from the library and nothing else. */
export const deriveCurrentNight = (state: NightState): CurrentNight => {
  const { exposures, masters, reduced, stacks, composites, curves } = state.library
  const nights = groupNights(exposures)
  const night = nights.find((group) => group.key === state.selection.night) ?? mostLights(nights)
  const inNight = new Set(night?.groups.flatMap((group) => group.frames))
  const frames = exposures.filter((exposure) => inNight.has(exposure.id) && !exposure.excluded)
  const lights = frames.filter((exposure) => effectiveFacts(exposure).kind === 'light').sort(compareByTime)
  const lightIds = new Set(lights.map((light) => light.id))
  const own = reduced.filter((frame) => lightIds.has(frame.exposure))
  const calibrated = latestByExposure(own, 'calibrated')
  // What was registered or drawn with another recipe than that of now belongs to the past.
  const registered = latestByExposure(
    own.filter((frame) => sameRecipe(frame, calibrated.get(frame.exposure))),
    'registered',
  )
  const referenceId = [...registered.values()].at(-1)?.registration?.reference
  const calibratedAt = Math.max(0, ...[...calibrated.values()].map((frame) => frame.createdAt))
  const curve =
    curves.find((candidate) => candidate.id === state.selection.curve) ??
    curves.findLast(
      (candidate) =>
        candidate.createdAt >= calibratedAt && candidate.columns.frame.some((frame) => lightIds.has(frame)),
    ) ??
    null
  const usedMasters = new Set(
    own.flatMap(({ calibration }) => [calibration.bias, calibration.dark, calibration.flat]),
  )
  const craft = (night === null ? undefined : state.settings.crafts[night.key]) ?? suggestCraft(lights)
  const filterGroups = listFilterGroups({ lights, calibrated, reduced, stacks })
  const common = {
    exposures: frames,
    masters: masters.filter((master) => usedMasters.has(master.id)),
    reduced: [...calibrated.values(), ...registered.values()],
    running: state.orders.progress?.request ?? null,
  }
  const { solutions, failures } = state.sky
  return {
    nights,
    night,
    lights,
    calibrated,
    registered,
    reference: reduced.find((frame) => frame.id === referenceId)?.exposure ?? null,
    curve,
    craft,
    filterGroups,
    road:
      craft === 'picture'
        ? derivePictureRoad({
            ...common,
            placed: new Set([...registered.keys(), ...solutions.keys()]),
            untried: lights.flatMap(({ id }) => (solutions.has(id) || failures.has(id) ? [] : [id])),
            groups: filterGroups,
            composites,
          })
        : deriveRoad({
            ...common,
            measuredStars: curve === null ? 0 : curve.comparisons.length + 1,
            hasTarget: state.stars.target !== null,
            hasCurve: curve !== null,
          }),
  }
}
