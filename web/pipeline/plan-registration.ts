import { AsterismError } from '../core/errors'
import type { ExposureRecord } from '../core/frame'
import { addSolving } from './astrometry/plan-solve'
import { readSolveOptions } from './astrometry/solve-parameters'
import type { OrderParameters } from './order-parameters'
import type { Assignment } from './plan-calibration'
import type { Draft } from './plan-draft'
import type { RoadStop } from './recipes'
import type { GridWish } from './registration/plan-grid'

/** Calibrated frames, and what has to be done before each of them is ready. */
export interface FramesToLay {
  readonly add: (draft: Draft) => string
  readonly assignments: readonly Assignment[]
  readonly ready: ReadonlyMap<string, readonly string[]>
  readonly parameters: OrderParameters
  /** The exposures that the frames are made of, in time order. */
  readonly lights: readonly ExposureRecord[]
}

/** Ids of steps; those of frames under the id of the calibrated frame. */
export interface LaidFrames {
  readonly reference: string | null
  readonly detections: ReadonlyMap<string, string>
  readonly matches: ReadonlyMap<string, string>
  /** The step that lays out a grid on the sky. */
  readonly grid: string | null
}

export const addDetections = ({ add, assignments, ready, parameters }: FramesToLay): Map<string, string> =>
  new Map(
    assignments.map(({ id, exposure }) => [
      id,
      add({
        name: 'detect-stars',
        frames: [exposure],
        parameters: {
          calibrated: id,
          threshold: parameters.threshold,
          fwhm: parameters.fwhm ?? null,
        },
        after: ready.get(id) ?? [],
      }),
    ]),
  )

export const wishOf = ({ grid, zoom }: Pick<OrderParameters, 'grid' | 'zoom'>): GridWish =>
  typeof grid === 'string' ? { kind: grid, zoom } : { ...grid, zoom }

/** What is measured is measured in the reference's pixels. */
const requireReferenceGrid = ({ grid, zoom }: OrderParameters, reach: RoadStop): void => {
  const own = grid === 'reference' && zoom === 1
  if (own || (reach !== 'measured' && reach !== 'drawn')) return
  throw new AsterismError(
    'bad-order',
    'Stars are measured on the grid of the reference frame; another grid is for registering and stacking alone.',
  )
}

/** Finds the frames on the sky first, whatever their headers say. */
const addSolutions = (
  { add, assignments, parameters, lights }: FramesToLay,
  detections: ReadonlyMap<string, string>,
): string[] => {
  const added: string[] = []
  const note = (draft: Draft): string => {
    const id = add(draft)
    added.push(id)
    return id
  }
  addSolving(note, lights, { assignments, detections, options: readSolveOptions(parameters) })
  return added
}

export const addRegistration = (frames: FramesToLay, reach: RoadStop): LaidFrames => {
  const { add, assignments, parameters } = frames
  const { method } = parameters
  if (method === 'none') {
    throw new AsterismError(
      'bad-order',
      'Only a stack can take frames as they lie; ask for the method "stars" or "wcs".',
    )
  }
  const detections = addDetections(frames)
  const matches = new Map<string, string>()
  if (reach === 'detected') return { reference: null, detections, matches, grid: null }
  const byWorld = method === 'wcs'
  const solved = byWorld && parameters.solve ? addSolutions(frames, detections) : []
  const reference = add({
    name: 'choose-reference',
    frames: assignments.map((assignment) => assignment.exposure),
    parameters: { reference: parameters.reference ?? null, ...(byWorld ? { method } : {}) },
    after: [...detections.values(), ...solved],
  })
  if (byWorld) requireReferenceGrid(parameters, reach)
  const grid = byWorld
    ? add({
        name: 'choose-grid',
        frames: [],
        parameters: { calibrated: assignments.map(({ id }) => id), grid: wishOf(parameters) },
        after: [reference],
      })
    : null
  const inverse = reach === 'stacked' && parameters.interpolation === 'drizzle'
  for (const { id, exposure } of assignments) {
    const detection = detections.get(id)
    if (detection === undefined) continue
    matches.set(
      id,
      add({
        name: 'match-frame',
        frames: [exposure],
        parameters: { calibrated: id, ...(byWorld ? { method, inverse } : {}) },
        after: [reference, ...(grid === null ? [] : [grid]), detection],
      }),
    )
  }
  return { reference, detections, matches, grid }
}
