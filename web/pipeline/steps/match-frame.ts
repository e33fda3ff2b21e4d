import { hashRecipe, idFromHash } from '../../core/ids'
import type { Point } from '../../core/image'
import type { ReducedRecord, Registration } from '../../core/reduced'
import type { SourceListRecord } from '../../core/source-list'
import { flagBit } from '../../core/flags'
import { IDENTITY_TRANSFORM } from '../../core/transform'
import { matchStars } from '../../science/registration/match-stars'
import { skip, stepBefore, type StepDefinition } from '../step'
import { STEP_VERSIONS } from '../step-versions'

interface Input {
  readonly id: string
  readonly reduced: ReducedRecord
  readonly reference: string
  /** Source lists that were matched, this frame's and the reference's. */
  readonly lists: readonly string[]
  readonly referenceStars: readonly Point[]
  readonly stars: readonly Point[]
  readonly isReference: boolean
}

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
      id,
      reduced,
      reference: String(reference.result['reference']),
      lists: [mine, theirs],
      referenceStars: positions(referenceSources),
      stars: positions(sources),
      isReference: calibrated === reference.result['reference'],
    }
  },
  compute: ({ reference, referenceStars, stars, isReference }) => {
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
