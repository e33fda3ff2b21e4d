import { AsterismError } from '../../core/errors'
import { hashRecipe, idFromHash } from '../../core/ids'
import { affineMap, type PixelMap } from '../../core/pixel-map'
import { mapOf, type ReducedRecord, type Registration } from '../../core/reduced'
import type { FrameLeftOut, StackRecord } from '../../core/stack'
import { composeTransforms, IDENTITY_TRANSFORM, invertTransform, type Transform } from '../../core/transform'
import type { StepRecord } from '../../core/work-order'
import { measurePixelArea } from '../../science/reprojection/scale-by-area'
import { skip, type StepContext, type StepOutcome } from '../step'
import { STEP_VERSIONS } from '../step-versions'
import { recipeOf } from '../strips/recipe-of'
import { leaveOutFrames, nameLeftOut, widthOnGrid } from './leave-out-frames'
import { scaleByStars } from './scale-by-stars'
import type { StackCandidate, StackInput, StackParameters } from './stack-input'

/** The calibrated frame that a registered one was made of is the first of its inputs. */
const calibratedOf = ({ id, registration, inputs }: ReducedRecord): string =>
  registration === null ? id : (inputs[0] ?? id)

/** Registered frames where they were matched, else the calibrated ones as they lie; in time order. */
const findFrames = async ({ before, workspace }: StepContext): Promise<StackCandidate[]> => {
  const matched = before.filter(({ name }) => name === 'match-frame')
  const from = matched.length > 0 ? matched : before.filter(({ name }) => name === 'calibrate-frames')
  const ended = from.filter(({ state }) => state === 'done').toSorted((a, b) => a.index - b.index)
  const records = await workspace.reduced.getMany(ended.flatMap(({ outputs }) => outputs))
  const lists = new Map<string, string>()
  for (const { name, state, parameters, result } of before)
    if (name === 'detect-stars' && state === 'done')
      lists.set(String(parameters['calibrated']), String(result['sources']))
  const sources = await workspace.sources.getMany([...lists.values()])
  const byFrame = new Map(sources.map((list) => [list.frame, list]))
  return records.map((record) => ({ record, sources: byFrame.get(calibratedOf(record)) ?? null }))
}

/** Frames that never got as far as the stack, because nobody could say where they lie. */
const listUnplaced = async (
  before: readonly StepRecord[],
  { workspace }: StepContext,
): Promise<FrameLeftOut[]> => {
  const failed = before.filter(({ name, state }) => name === 'match-frame' && state !== 'done')
  const records = await workspace.reduced.getMany(
    failed.map(({ parameters }) => String(parameters['calibrated'])),
  )
  return records.map((record) => {
    const step = failed.find(({ parameters }) => parameters['calibrated'] === record.id)
    const reason = step?.failure?.context['reason']
    const byWorld = step?.parameters['method'] === 'wcs'
    return nameLeftOut({ record }, reason === 'no-overlap' ? 'no-overlap' : byWorld ? 'no-world' : 'stars')
  })
}

const requireOneShape = (frames: readonly StackCandidate[]): void => {
  const [first] = frames
  const other = frames.find(
    ({ record }) => record.width !== first?.record.width || record.height !== first.record.height,
  )
  if (first === undefined || other === undefined) return
  throw new AsterismError(
    'shape-mismatch',
    `${other.record.name} has ${other.record.width} x ${other.record.height} pixels and ${first.record.name} ${first.record.width} x ${first.record.height}; frames are stacked without registration only when they have one size.`,
  )
}

/** A registered frame names the calibrated frame that gave the grid. */
const isReference = ({ record }: StackCandidate): boolean =>
  record.registration !== null && record.registration.reference === calibratedOf(record)

/** From pixels of a finer or coarser grid to those of the reference: both have the outer edge of the first pixel in common. */
const zoomedBy = (zoom: number): Transform => {
  const shift = (1 / zoom - 1) / 2
  return { a: 1 / zoom, b: 0, c: shift, d: 0, e: 1 / zoom, f: shift }
}

const mapToFrame = (registration: Registration | null, zoom: number): PixelMap | null => {
  if (registration === null) return null
  return zoom === 1
    ? mapOf(registration)
    : affineMap(composeTransforms(registration.transform, zoomedBy(zoom)))
}

/** The way back, which a bent map has been given when it was made. */
const inverseOf = (registration: Registration | null, map: PixelMap | null): PixelMap => {
  if (registration?.inverse !== undefined) return registration.inverse
  if (map?.kind === 'grid')
    throw new AsterismError(
      'bad-order',
      'A frame was registered without the way back that drizzling needs. Stack the frames in one order that registers and drizzles them.',
    )
  return affineMap(map === null ? IDENTITY_TRANSFORM : invertTransform(map.transform))
}

const sizeOf = (reference: ReducedRecord, { zoom = 1 }: StackParameters) => {
  const { width, height } = reference.registration?.grid ?? reference
  return { width: Math.round(width * zoom), height: Math.round(height * zoom) }
}

const needsStarScales = ({ combine, weights }: StackParameters): boolean =>
  combine.scale === 'stars' || weights === 'snr'

/** Gathers the frames of a stack, leaves out those that must not go in, and says how each lies under the grid. */
export const loadStack = async (
  context: StepContext,
  describe: (record: StackRecord) => StepOutcome,
): Promise<StackInput | StepOutcome> => {
  const { step, before, workspace } = context
  const parameters = step.parameters as unknown as StackParameters
  const found = await findFrames(context)
  const chosen = leaveOutFrames(found, parameters.leaveOut)
  let { kept } = chosen
  const leftOut = [...(await listUnplaced(before, context)), ...chosen.leftOut]
  if (kept.length === 0) return skip('There is no frame to stack.')
  let starScales: number[] | null = null
  if (needsStarScales(parameters)) {
    const first = Math.max(0, kept.findIndex(isReference))
    const { scale } = scaleByStars(kept, first, kept.map(widthOnGrid))
    leftOut.push(
      ...kept.filter((_, index) => Number.isNaN(scale[index])).map((frame) => nameLeftOut(frame, 'no-light')),
    )
    kept = kept.filter((_, index) => !Number.isNaN(scale[index]))
    starScales = Array.from(scale).filter((value) => !Number.isNaN(value))
  }
  const recipe = {
    step: 'stack-frames',
    version: STEP_VERSIONS['stack-frames'],
    frames: kept.map(({ record }) => record.id),
    leftOut,
    ...parameters,
  }
  const id = idFromHash('stack', await hashRecipe(recipe))
  const known = await workspace.stacks.get(id)
  if (known !== undefined && (await workspace.pixels.has(known.bytesId))) return describe(known)
  const [first] = kept
  if (first === undefined) return skip('There is no frame to stack.')
  if (first.record.registration === null) requireOneShape(kept)
  const reference = Math.max(0, kept.findIndex(isReference))
  const maps = kept.map(({ record }) => mapToFrame(record.registration, parameters.zoom ?? 1))
  const recipes = await Promise.all(kept.map(({ record }, index) => recipeOf(workspace, record, maps[index])))
  const size = sizeOf(kept[reference]!.record, parameters)
  return {
    id,
    parameters,
    frames: kept,
    recipes,
    inverses:
      parameters.interpolation === 'drizzle'
        ? kept.map(({ record }, index) => inverseOf(record.registration, maps[index] ?? null))
        : null,
    leftOut,
    reference,
    grid: first.record.registration?.grid ?? null,
    ...size,
    areas: maps.map((map) => (map === null ? 1 : measurePixelArea(map, size))),
    starScales,
  }
}
