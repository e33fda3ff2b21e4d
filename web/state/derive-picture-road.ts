import { judgeStop, type Road, type RoadSnapshot, type RoadStop, type StopId } from './derive-road'
import type { FilterGroup } from './list-filter-groups'
import type { CompositeRecord } from '../core/composite'
import { effectiveFacts } from '../core/frame'

export interface PictureSnapshot extends Pick<RoadSnapshot, 'exposures' | 'masters' | 'reduced' | 'running'> {
  /** Lights whose place on the sky is known, or that were laid on one another by their stars. */
  readonly placed: ReadonlySet<string>
  /** Lights of which nobody has tried to find the place on the sky. */
  readonly untried: readonly string[]
  readonly groups: readonly FilterGroup[]
  /** Pictures in colour, oldest first. */
  readonly composites: readonly CompositeRecord[]
}

const RUNS_AT: Record<string, StopId> = {
  calibrate_file_batch: 'calibrated',
  detect: 'placed',
  register: 'placed',
  solve: 'placed',
  stack: 'stacked',
  colour_composite: 'colour',
}

/** Colours need stacks of one object in several filters. */
const hasColours = (groups: readonly FilterGroup[]): boolean => {
  const filters = Map.groupBy(
    groups.filter(({ filter }) => filter !== null),
    ({ object }) => object,
  )
  return [...filters.values()].some((ofObject) => ofObject.length > 1)
}

/** The newest picture in colour of these stacks, and of more than one of them. */
export const findPicture = (
  groups: readonly FilterGroup[],
  composites: readonly CompositeRecord[],
): CompositeRecord | null => {
  const stacks = new Set(groups.flatMap(({ stack }) => stack?.id ?? []))
  const uses = ({ sources }: CompositeRecord) =>
    new Set(sources.flatMap(({ frame }) => (stacks.has(frame) ? [frame] : []))).size > 1
  return composites.findLast(uses) ?? null
}

const chooseNext = (
  { exposures, groups, untried, composites }: PictureSnapshot,
  lights: number,
  calibrated: number,
): Road['next'] => {
  if (exposures.length === 0) return { action: 'choose-files', count: 0 }
  if (lights === 0) return { action: 'name-lights', count: exposures.length }
  if (calibrated < lights) return { action: 'calibrate', count: lights }
  const waiting = groups.find(({ stack }) => stack === null)
  // What is stacked already needs no place any more.
  const open = new Set(untried)
  const toSolve = groups.flatMap(({ stack, frames }) =>
    stack === null ? frames.filter((frame) => open.has(frame)) : [],
  )
  if (toSolve.length > 0) return { action: 'solve', count: toSolve.length }
  if (waiting !== undefined) return { action: 'stack', count: waiting.frames.length, filter: waiting.filter }
  if (!hasColours(groups)) return { action: 'open-stack', count: 0 }
  return { action: findPicture(groups, composites) === null ? 'colour' : 'open-picture', count: 0 }
}

/** Where a night stands on its way to a picture: one stack for each filter of each object. */
export const derivePictureRoad = (snapshot: PictureSnapshot): Road => {
  const { exposures, reduced, masters, placed, groups, running } = snapshot
  const lights = exposures.filter((exposure) => effectiveFacts(exposure).kind === 'light')
  const ids = new Set(lights.map(({ id }) => id))
  const calibrated = new Set(
    reduced.flatMap(({ stage, exposure }) => (stage === 'calibrated' && ids.has(exposure) ? [exposure] : [])),
  ).size
  const known = lights.filter(({ id }) => placed.has(id)).length
  const stacked = groups.filter(({ stack }) => stack !== null).length
  const colours =
    findPicture(groups, snapshot.composites) !== null ? 'done' : hasColours(groups) ? 'waiting' : 'none'
  const stops: RoadStop[] = [
    { id: 'frames', state: exposures.length === 0 ? 'waiting' : 'done', count: exposures.length || null },
    {
      id: 'masters',
      state:
        masters.length > 0
          ? 'done'
          : lights.length === exposures.length && lights.length > 0
            ? 'none'
            : 'waiting',
      count: masters.length || null,
    },
    { id: 'calibrated', state: judgeStop(calibrated, lights.length), count: calibrated || null },
    { id: 'placed', state: judgeStop(known, lights.length), count: known || null },
    { id: 'stacked', state: judgeStop(stacked, groups.length), count: stacked || null },
    { id: 'colour', state: colours, count: null },
  ]
  const runsAt = running === null ? undefined : RUNS_AT[running]
  return {
    stops: stops.map((stop) => (stop.id === runsAt ? { ...stop, state: 'running' as const } : stop)),
    next: runsAt === undefined ? chooseNext(snapshot, lights.length, calibrated) : null,
    current: runsAt ?? stops.find(({ state }) => state === 'waiting')?.id ?? 'stacked',
  }
}
