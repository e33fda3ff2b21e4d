import { effectiveFacts, type ExposureRecord } from '../core/frame'
import type { MasterRecord } from '../core/master'
import type { ReducedRecord } from '../core/reduced'

export type StopId =
  'frames' | 'masters' | 'calibrated' | 'registered' | 'measured' | 'curve' | 'placed' | 'stacked' | 'colour'
export type StopState = 'none' | 'waiting' | 'running' | 'done' | 'problem'

export interface RoadStop {
  readonly id: StopId
  readonly state: StopState
  readonly count: number | null
}

export type NextAction =
  | 'choose-files'
  | 'name-lights'
  | 'calibrate'
  | 'register'
  | 'pick-target'
  | 'measure'
  | 'open-curve'
  | 'solve'
  | 'stack'
  | 'open-stack'
  | 'colour'
  | 'open-picture'

export interface Road {
  readonly stops: readonly RoadStop[]
  readonly next: {
    readonly action: NextAction
    readonly count: number
    /** Of the frames that are stacked next. */
    readonly filter?: string | null
  } | null
  /** The stop that is being worked towards. */
  readonly current: StopId
}

export interface RoadSnapshot {
  /** Frames of the night that is open, excluded ones left out. */
  readonly exposures: readonly ExposureRecord[]
  readonly masters: readonly MasterRecord[]
  readonly reduced: readonly ReducedRecord[]
  /** Stars in the latest measurement of these frames; 0 before. */
  readonly measuredStars: number
  readonly hasTarget: boolean
  readonly hasCurve: boolean
  /** Request of the order that runs; null when none does. */
  readonly running: string | null
}

const RUNS_AT: Record<string, StopId> = {
  calibrate_file_batch: 'calibrated',
  detect: 'registered',
  register: 'registered',
  photometry: 'measured',
  light_curve: 'curve',
  reduce: 'curve',
}

/** Done for all, for some, or for none yet. */
export const judgeStop = (count: number, wanted: number): StopState =>
  count === 0 ? 'waiting' : count < wanted ? 'problem' : 'done'

const chooseNext = (
  snapshot: RoadSnapshot,
  lights: number,
  calibrated: number,
  registered: number,
): Road['next'] => {
  if (snapshot.exposures.length === 0) return { action: 'choose-files', count: 0 }
  if (lights === 0) return { action: 'name-lights', count: snapshot.exposures.length }
  if (calibrated < lights) return { action: 'calibrate', count: lights }
  if (registered === 0) return { action: 'register', count: calibrated }
  if (snapshot.hasCurve) return { action: 'open-curve', count: 0 }
  if (!snapshot.hasTarget) return { action: 'pick-target', count: 0 }
  return { action: 'measure', count: registered }
}

/** Where a night stands on its way to a light curve, and the one thing to do next. A night without calibration frames goes on without. */
export const deriveRoad = (snapshot: RoadSnapshot): Road => {
  const lights = snapshot.exposures.filter((exposure) => effectiveFacts(exposure).kind === 'light')
  const calibrationFrames = snapshot.exposures.length - lights.length
  const ids = new Set(lights.map((light) => light.id))
  const countStage = (stage: ReducedRecord['stage']) =>
    new Set(
      snapshot.reduced
        .filter((frame) => frame.stage === stage && ids.has(frame.exposure))
        .map((frame) => frame.exposure),
    ).size
  const calibrated = countStage('calibrated')
  const registered = countStage('registered')
  const masters = snapshot.masters.length
  const stops: RoadStop[] = [
    {
      id: 'frames',
      state: snapshot.exposures.length === 0 ? 'waiting' : 'done',
      count: snapshot.exposures.length || null,
    },
    {
      id: 'masters',
      state: masters > 0 ? 'done' : calibrationFrames === 0 && lights.length > 0 ? 'none' : 'waiting',
      count: masters || null,
    },
    { id: 'calibrated', state: judgeStop(calibrated, lights.length), count: calibrated || null },
    { id: 'registered', state: judgeStop(registered, lights.length), count: registered || null },
    {
      id: 'measured',
      state: snapshot.measuredStars > 0 ? 'done' : 'waiting',
      count: snapshot.measuredStars || null,
    },
    { id: 'curve', state: snapshot.hasCurve ? 'done' : 'waiting', count: null },
  ]
  const runsAt = snapshot.running === null ? undefined : RUNS_AT[snapshot.running]
  const marked = stops.map((stop) => (stop.id === runsAt ? { ...stop, state: 'running' as const } : stop))
  const current = runsAt ?? stops.find((stop) => stop.state === 'waiting')?.id ?? 'curve'
  return {
    stops: marked,
    next: runsAt === undefined ? chooseNext(snapshot, lights.length, calibrated, registered) : null,
    current,
  }
}
