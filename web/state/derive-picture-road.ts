import { judgeStop, type Road, type RoadSnapshot, type RoadStop, type StopId } from './derive-road'
import type { FilterGroup } from './list-filter-groups'
import { effectiveFacts } from '../core/frame'

export interface PictureSnapshot extends Pick<RoadSnapshot, 'exposures' | 'masters' | 'reduced' | 'running'> {
  /** Lights whose place on the sky is known, or that were laid on one another by their stars. */
  readonly placed: ReadonlySet<string>
  /** Lights of which nobody has tried to find the place on the sky. */
  readonly untried: readonly string[]
  readonly groups: readonly FilterGroup[]
}

const RUNS_AT: Record<string, StopId> = {
  calibrate_file_batch: 'calibrated',
  detect: 'placed',
  register: 'placed',
  solve: 'placed',
  stack: 'stacked',
}

const chooseNext = (
  { exposures, groups, untried }: PictureSnapshot,
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
  return { action: 'open-stack', count: 0 }
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
  ]
  const runsAt = running === null ? undefined : RUNS_AT[running]
  return {
    stops: stops.map((stop) => (stop.id === runsAt ? { ...stop, state: 'running' as const } : stop)),
    next: runsAt === undefined ? chooseNext(snapshot, lights.length, calibrated) : null,
    current: runsAt ?? stops.find(({ state }) => state === 'waiting')?.id ?? 'stacked',
  }
}
