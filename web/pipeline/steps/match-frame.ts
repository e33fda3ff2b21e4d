import { AsterismError } from '../../core/errors'
import { hashRecipe, idFromHash } from '../../core/ids'
import type { Point } from '../../core/image'
import type { ReducedRecord, Registration } from '../../core/reduced'
import type { SkyGrid } from '../../core/sky-grid'
import type { SourceListRecord } from '../../core/source-list'
import { flagBit } from '../../core/flags'
import { IDENTITY_TRANSFORM } from '../../core/transform'
import { matchStars } from '../../science/registration/match-stars'
import { findFrameWcs } from '../astrometry/find-frame-wcs'
import { placeFrame } from '../registration/place-frame'
import type { PlacedFrame } from '../registration/plan-grid'
import { wcsOfGrid } from '../registration/sky-grid-wcs'
import { skip, stepBefore, type StepContext, type StepDefinition, type StepOutcome } from '../step'
import { STEP_VERSIONS } from '../step-versions'

interface StarInput {
  readonly kind: 'stars'
  readonly id: string
  readonly reduced: ReducedRecord
  readonly reference: string
  /** Source lists that were matched, this frame's and the reference's. */
  readonly lists: readonly string[]
  readonly referenceStars: readonly Point[]
  readonly stars: readonly Point[]
  readonly isReference: boolean
}

interface WorldInput {
  readonly kind: 'wcs'
  readonly id: string
  readonly reduced: ReducedRecord
  readonly reference: string
  /** The solution of this frame, where it does not lie as its header says. */
  readonly lists: readonly string[]
  readonly grid: SkyGrid
  readonly frame: PlacedFrame
  readonly inverse: boolean
}

type Input = StarInput | WorldInput

const unusable = flagBit('edge') | flagBit('centroid-failed')

/** Positions brightest first; saturated stars stay, since their patterns help and their centres are good to a pixel. */
const positions = (sources: SourceListRecord): Point[] => {
  const points: Point[] = []
  for (let star = 0; star < sources.x.length; star++) {
    if (((sources.flags[star] ?? 0) & unusable) !== 0) continue
    points.push({ x: sources.x[star] ?? NaN, y: sources.y[star] ?? NaN })
  }
  return points
}

const describe = (record: ReducedRecord) => {
  const { dx, dy, rotation, scale, flipped, matched, rms } = record.registration as Registration
  return {
    result: { registered: record.id, dx, dy, rotation, scale, flipped, matched, rms },
    outputs: [record.id],
  }
}

/** By where both are on the sky. */
const loadByWorld = async (context: StepContext): Promise<WorldInput | StepOutcome> => {
  const { step, workspace } = context
  const chosen = stepBefore(context, 'choose-grid')
  if (chosen?.state !== 'done') return skip('There is no grid to lay the frame on.')
  const grid = chosen.result['grid'] as SkyGrid
  const inverse = step.parameters['inverse'] === true
  const reduced = await workspace.reduced.get(String(step.parameters['calibrated']))
  if (reduced === undefined) return skip('The frame could not be calibrated.')
  const found = await findFrameWcs(workspace, reduced.id)
  if (found === null)
    throw new AsterismError(
      'no-match',
      `Where ${reduced.name} is on the sky is not known: it was not solved, and its header has no world coordinates. Solve it, or register by stars.`,
      { frame: reduced.id, reason: 'no-world' },
    )
  const recipe = {
    step: 'match-frame',
    version: STEP_VERSIONS['match-frame'],
    method: 'wcs',
    calibrated: reduced.id,
    reference: chosen.result['reference'],
    grid,
    wcs: found.wcs,
    inverse,
  }
  const id = idFromHash('registered', await hashRecipe(recipe))
  const known = await workspace.reduced.get(id)
  if (known !== undefined) return describe(known)
  const { name, width, height } = reduced
  return {
    kind: 'wcs',
    id,
    reduced,
    reference: String(chosen.result['reference']),
    lists: found.solution === null ? [] : [found.solution.id],
    grid,
    frame: { name, width, height, wcs: found.wcs },
    inverse,
  }
}

const registerByWorld = ({ reduced, reference, grid, frame, inverse }: WorldInput): Registration => {
  const own = grid.kind === 'reference' && reference === reduced.id
  const same = own && grid.width === frame.width && grid.height === frame.height
  if (same && !inverse) return { ...identityRegistration(reference, 0), method: 'wcs', grid }
  const placement = placeFrame({ ...grid, wcs: wcsOfGrid(grid) }, frame, inverse)
  if (placement === null)
    throw new AsterismError(
      'no-match',
      `${reduced.name} shows another part of the sky than the grid, and cannot be laid on it.`,
      { frame: reduced.id, reason: 'no-overlap' },
    )
  return { reference, matched: 0, ...placement, method: 'wcs', grid }
}

const identityRegistration = (reference: string, matched: number): Registration => ({
  reference,
  transform: IDENTITY_TRANSFORM,
  dx: 0,
  dy: 0,
  rotation: 0,
  scale: 1,
  flipped: false,
  matched,
  rms: 0,
})

/** Finds how one frame lies against the reference by the pattern of its stars, and keeps that as a recipe. */
export const matchFrame: StepDefinition<Input, Registration> = {
  name: 'match-frame',
  load: async (context) => {
    const { step, workspace } = context
    if (step.parameters['method'] === 'wcs') return loadByWorld(context)
    const reference = stepBefore(context, 'choose-reference')
    const detection = stepBefore(context, 'detect-stars')
    if (reference?.state !== 'done') return skip('There is no reference frame to match.')
    if (detection?.state !== 'done') return skip('The stars of this frame were not found.')
    const [mine, theirs] = [String(detection.result['sources']), String(reference.result['sources'])]
    const calibrated = String(step.parameters['calibrated'])
    const recipe = {
      step: 'match-frame',
      version: STEP_VERSIONS['match-frame'],
      calibrated,
      sources: mine,
      reference: theirs,
    }
    const id = idFromHash('registered', await hashRecipe(recipe))
    const known = await workspace.reduced.get(id)
    if (known !== undefined) return describe(known)
    const [reduced, sources, referenceSources] = await Promise.all([
      workspace.reduced.get(calibrated),
      workspace.sources.get(mine),
      workspace.sources.get(theirs),
    ])
    if (reduced === undefined || sources === undefined || referenceSources === undefined) {
      return skip('What an earlier step wrote is no longer in the workspace; run the order again.')
    }
    return {
      kind: 'stars',
      id,
      reduced,
      reference: String(reference.result['reference']),
      lists: [mine, theirs],
      referenceStars: positions(referenceSources),
      stars: positions(sources),
      isReference: calibrated === reference.result['reference'],
    }
  },
  compute: (input) => {
    if (input.kind === 'wcs') return registerByWorld(input)
    const { reference, referenceStars, stars, isReference } = input
    if (isReference) return identityRegistration(reference, stars.length)
    const { transform, dx, dy, rotation, scale, flipped, matched, rms } = matchStars(referenceStars, stars)
    return { reference, transform, dx, dy, rotation, scale, flipped, matched, rms }
  },
  save: async (registration, { id, reduced, reference, lists }, { step, workspace }) => {
    const record: ReducedRecord = {
      ...reduced,
      id,
      stage: 'registered',
      order: step.order,
      registration,
      // The calibrated frame is named first.
      inputs: [...new Set([reduced.id, reference, ...lists])],
      createdAt: Date.now(),
    }
    await workspace.reduced.put(record)
    return describe(record)
  },
}
