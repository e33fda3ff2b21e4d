import type { ExposureRecord } from '../../core/frame'
import { effectiveFacts } from '../../core/frame'
import { AsterismError, isAbortError } from '../../core/errors'
import { flagBit } from '../../core/flags'
import { hashRecipe, idFromHash } from '../../core/ids'
import type { PlateSolutionRecord } from '../../core/plate-solution'
import { mapToOriginal, type ReducedRecord } from '../../core/reduced'
import type { SourceListRecord } from '../../core/source-list'
import type { Task } from '../../core/task'
import { applyTransform } from '../../core/transform'
import type { FieldStar } from '../../science/astrometry/solve/solve-types'
import type { Workspace } from '../../storage/workspace'
import { STEP_VERSIONS } from '../step-versions'
import { explainRefusal } from './explain-refusal'
import { gatherClues, type SaidClues } from './gather-clues'
import { listHintStages, type FrameClues, type HintStage, type SkyPlace } from './list-hints'
import { makeSolution } from './make-solution'
import { createReferenceSupply, type SkySources } from './reference-supply'
import { solveInStages } from './solve-stages'

/** What an order says of solving, the same for all its frames. */
export interface SolveOptions {
  /** The centre may be the name of an object. */
  readonly said: Omit<SaidClues, 'center'> & { readonly center: SkyPlace | string | null }
  readonly catalogue: string
  /** Null: as far as the stars support it. */
  readonly sipOrder: number | null
  /** Julian year; null: that of the frame. */
  readonly epoch: number | null
}

export interface FrameToSolve {
  readonly exposure: ExposureRecord
  readonly reduced: ReducedRecord
  readonly sources: SourceListRecord
}

export interface SolveHelp {
  readonly neighbours: readonly PlateSolutionRecord[]
  /** Tried before all others. */
  readonly first?: readonly HintStage[]
  /** False: the whole sky is left to a later step, whatever the order says. */
  readonly mayGoBlind: boolean
  /** Milliseconds for all attempts together; a minute and a half when left out. */
  readonly limit?: number
}

/** Milliseconds: whoever waits longer for one frame would rather say something about it. */
const LONGEST = 90_000

const unusable = flagBit('centroid-failed')

/** Stars of a calibrated frame where they lie on the original; those without a centre are left out. */
export const placeStars = ({ reduced, sources }: Pick<FrameToSolve, 'reduced' | 'sources'>): FieldStar[] => {
  const map = mapToOriginal(reduced.calibration)
  const stars: FieldStar[] = []
  for (let star = 0; star < sources.x.length; star++) {
    if (((sources.flags[star] ?? 0) & unusable) !== 0) continue
    const place = applyTransform(map, { x: sources.x[star] ?? Number.NaN, y: sources.y[star] ?? Number.NaN })
    stars.push({ ...place, flux: sources.flux[star] ?? 0 })
  }
  return stars
}

/** Milliseconds in a Julian year, and J2000 since 1970. */
const JULIAN_YEAR = 365.25 * 86_400_000
const J2000 = Date.UTC(2000, 0, 1, 12)

/** Julian year of a frame; of one that does not say when it was taken that of the catalogue. */
const epochOf = (exposure: ExposureRecord): number => {
  const { dateObs } = effectiveFacts(exposure)
  const time =
    dateObs === null ? Number.NaN : Date.parse(/Z|[+-]\d\d:?\d\d$/.test(dateObs) ? dateObs : `${dateObs}Z`)
  return Number.isFinite(time) ? 2000 + (time - J2000) / JULIAN_YEAR : 2000
}

/**
 * The name of a solution: what it was made from. How it was found (a neighbour's help, a wide or a narrow hint) is not in it: the stars of the
 * frame and of the catalogue decide where it is.
 */
export const nameSolution = async (sources: string, options: SolveOptions): Promise<string> =>
  idFromHash(
    'solution',
    await hashRecipe({ step: 'solve-frame', version: STEP_VERSIONS['solve-frame'], sources, ...options }),
  )

/** The neighbour that a stage goes by; registration is always against the nearest. */
const findHelper = (
  { source, hints }: HintStage,
  neighbours: readonly PlateSolutionRecord[],
): string | null => {
  if (source === 'registration') return neighbours[0]?.exposure ?? null
  if (source !== 'neighbour') return null
  const { place } = hints
  // Its right ascension was brought into 0 to 360, which may cost the last digit.
  const isIt = ({ center }: PlateSolutionRecord): boolean =>
    place !== null &&
    Math.abs(center[0] - place.rightAscension) < 1e-9 &&
    Math.abs(center[1] - place.declination) < 1e-9
  return neighbours.find(isIt)?.exposure ?? null
}

export type SolveOutcome =
  | { readonly solution: PlateSolutionRecord }
  | { readonly solution: null; readonly refusal: ReturnType<typeof explainRefusal> }

/** Where a person says that it is: a name that nobody knows is told at once, since everything else would look in the wrong place. */
const findCenter = async (
  center: SkyPlace | string | null,
  { resolveName }: SkySources,
  task: Task,
): Promise<SkyPlace | null> => {
  if (typeof center !== 'string') return center
  const found = (await resolveName?.(center, task)) ?? null
  if (found === null)
    throw new AsterismError(
      'no-target',
      `No object is known by the name "${center}". Give its place: right ascension and declination in degrees.`,
      { name: center },
    )
  return found
}

/** The object of the header is worth a look where the header says nothing better. */
const findNamed = async (
  exposure: ExposureRecord,
  { resolveName }: SkySources,
  task: Task,
): Promise<SkyPlace | null> => {
  const { object } = effectiveFacts(exposure)
  if (object === null || resolveName === undefined) return null
  try {
    return await resolveName(object, task)
  } catch (error) {
    if (isAbortError(error)) throw error
    return null
  }
}

/** Finds the place of one frame, or says in words why not and what to try. */
export const solveExposure = async (
  { exposure, reduced, sources }: FrameToSolve,
  options: SolveOptions,
  help: SolveHelp,
  {
    workspace,
    sky,
    order,
  }: {
    readonly workspace: Pick<Workspace, 'headers' | 'settings' | 'catalogueCones' | 'fileTables' | 'pixels'>
    readonly sky: SkySources
    readonly order: string
  },
  task: Task,
): Promise<SolveOutcome> => {
  const began = performance.now()
  const stars = placeStars({ reduced, sources })
  const header = (await workspace.headers.get(exposure.id))?.cards ?? []
  const blind = options.said.blind ?? null
  const center = await findCenter(options.said.center, sky, task)
  const clues: FrameClues = {
    ...gatherClues(exposure, header, {
      said: { ...options.said, center },
      named: await findNamed(exposure, sky, task),
      neighbours: help.neighbours,
    }),
    blind: help.mayGoBlind ? blind : false,
  }
  const supply = createReferenceSupply(sky, workspace, {
    catalogue: options.catalogue,
    epoch: options.epoch ?? epochOf(exposure),
  })
  const found = await solveInStages(
    { stars, width: exposure.width, height: exposure.height },
    [...(help.first ?? []), ...listHintStages(clues)],
    { supply, highestOrder: options.sipOrder },
    { ...task, deadline: Date.now() + (help.limit ?? LONGEST) },
  )
  if (!('solution' in found))
    return { solution: null, refusal: explainRefusal(exposure.name, clues, found.refused) }
  const solution = makeSolution(
    {
      id: await nameSolution(sources.id, options),
      exposure: exposure.id,
      name: exposure.name,
      order,
      frame: reduced.id,
      width: exposure.width,
      height: exposure.height,
      neighbour: findHelper(found.stage, help.neighbours),
      seconds: (performance.now() - began) / 1000,
      inputs: [exposure.id, reduced.id, sources.id],
    },
    stars,
    found,
  )
  return { solution }
}

/** What a report tells of a solution: keywords of a header, but for pixels that count from 0. */
export const summariseSolution = (solution: PlateSolutionRecord): Readonly<Record<string, unknown>> => {
  const { wcs, center, scale, rotation, parity, sipOrder } = solution
  return {
    solution: solution.id,
    crval: wcs.crval,
    crpix: wcs.crpix,
    cd: [
      [wcs.cd[0], wcs.cd[1]],
      [wcs.cd[2], wcs.cd[3]],
    ],
    center: { ra: center[0], dec: center[1] },
    scale,
    rotation,
    errors: solution.errors ?? null,
    parity,
    sipOrder,
    matched: solution.matched.x.length,
    rms: solution.rmsArcseconds,
    rmsPixels: solution.rmsPixels,
    logOdds: solution.logOdds,
    hint: solution.hints.source,
    neighbour: solution.neighbour,
    catalogue: solution.catalogue.id,
    seconds: solution.seconds,
  }
}
