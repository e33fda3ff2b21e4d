import type { Combine } from '../../core/combine'
import { AsterismError } from '../../core/errors'
import { effectiveFacts } from '../../core/frame'
import { hashRecipe, idFromHash } from '../../core/ids'
import { mapOf, type ReducedRecord } from '../../core/reduced'
import { STACK_PLANES, type StackNormalisation, type StackRecord } from '../../core/stack'
import type { ResampleParams } from '../../compute/kernels/resample'
import type { PhasedStep, PhaseResult } from '../phased-step'
import type { SkyGrid } from '../../core/sky-grid'
import { skip, type StepContext } from '../step'
import { STEP_VERSIONS } from '../step-versions'
import { combinePart, planCombining, sumParts, type CombinedPicture } from '../strips/combine-picture'
import type { FrameRecipe } from '../strips/frame-recipe'
import { recipeOf } from '../strips/recipe-of'
import { measureFrameLevel } from '../strips/measure-frame-level'
import { measureLevel } from '../strips/measure-level'
import { readStoredSample } from '../strips/stored-sample'
import { openStripRoom } from '../strips/strip-room'

interface Parameters {
  readonly method: 'none' | 'stars' | 'wcs'
  readonly interpolation: ResampleParams['method']
  readonly combine: Combine
  readonly normalisation: StackNormalisation
}

interface Input extends Parameters {
  readonly id: string
  readonly frames: readonly ReducedRecord[]
  readonly recipes: readonly FrameRecipe[]
  /** Index of the frame that levels are brought to, and whose grid the stack has. */
  readonly reference: number
  readonly grid: SkyGrid | null
  readonly width: number
  readonly height: number
}

const needsLevels = ({ combine, normalisation }: Input): boolean =>
  combine.scale === 'median' || normalisation === 'sky'

/** What each frame is multiplied with and what is added, so that their skies agree with the reference's. */
const findScales = (input: Input, done: readonly PhaseResult[]) => {
  const { combine, normalisation, recipes, reference } = input
  if (combine.scale === 'exposure') {
    const seconds = recipes.map(({ exposure }) => effectiveFacts(exposure).exposure)
    const own = seconds[reference]
    const known = seconds.every((value) => value !== null && value > 0)
    if (!known || own == null)
      throw new AsterismError(
        'bad-header',
        'Not every frame says how long it was exposed, so they cannot be scaled by it.',
      )
    return { scales: seconds.map((value) => own / (value ?? own)) }
  }
  if (!needsLevels(input)) return {}
  const levels = (done[0] ?? []).map(({ level }) => level ?? Number.NaN)
  const own = levels[reference] ?? Number.NaN
  if (combine.scale !== 'median') return { offsets: levels.map((level) => own - level) }
  const dark = levels.findIndex((level) => !(level > 0))
  if (dark >= 0)
    throw new AsterismError(
      'bad-header',
      `${input.frames[dark]?.name ?? 'A frame'} has a sky at or below zero and cannot be scaled by it. Stack without scaling, or bring the skies together by an offset.`,
    )
  return { scales: levels.map((level) => (normalisation === 'sky' || own > 0 ? own / level : 1)) }
}

const pictureOf = (input: Input, done: readonly PhaseResult[]): CombinedPicture => ({
  height: input.height,
  bytesId: bytesIdOf(input),
  level: null,
  job: {
    frames: input.recipes,
    width: input.width,
    params: { combine: { ...input.combine, scale: 'none' }, ...findScales(input, done) },
    interpolation: input.interpolation,
    counts: true,
  },
})

const bytesIdOf = ({ id }: Input): string => `bytes-${id}`

const describe = (record: StackRecord) => ({
  result: { frame: record.id, frames: record.frames.length, ...record.statistics },
  outputs: [record.id],
})

/** Registered frames where they were matched, else the calibrated ones as they lie; in time order. */
const findFrames = async ({ before, workspace }: StepContext): Promise<ReducedRecord[]> => {
  const matched = before.filter(({ name }) => name === 'match-frame')
  const from = matched.length > 0 ? matched : before.filter(({ name }) => name === 'calibrate-frames')
  const ended = from.filter(({ state }) => state === 'done').toSorted((a, b) => a.index - b.index)
  return workspace.reduced.getMany(ended.flatMap(({ outputs }) => outputs))
}

const requireOneShape = (frames: readonly ReducedRecord[]): void => {
  const [first] = frames
  const other = frames.find(({ width, height }) => width !== first?.width || height !== first.height)
  if (first === undefined || other === undefined) return
  throw new AsterismError(
    'shape-mismatch',
    `${other.name} has ${other.width} x ${other.height} pixels and ${first.name} ${first.width} x ${first.height}; frames are stacked without registration only when they have one size.`,
  )
}

/** A registered frame names the calibrated frame that gave the grid, and first of its inputs the calibrated frame that it is itself. */
const isReference = ({ registration, inputs }: ReducedRecord): boolean =>
  registration !== null && registration.reference === inputs[0]

const nameStack = ({ object, filter, night }: Pick<StackRecord, 'object' | 'filter' | 'night'>): string =>
  `${['stack', object, filter, night].filter((part) => part !== null && part !== '').join('-')}.fits`

const save = async (input: Input, done: readonly PhaseResult[], context: StepContext) => {
  const { id, frames, recipes, reference, width, height, combine, interpolation, normalisation } = input
  const { step, workspace } = context
  const { kept, backends } = sumParts(done.at(-1) ?? [])
  const level = await measureLevel(
    context,
    await readStoredSample(workspace, bytesIdOf(input), width, height),
  )
  const facts = recipes.map(({ exposure }) => effectiveFacts(exposure))
  const own = facts[reference]
  const seconds = facts.map(({ exposure }) => exposure)
  const labels = { object: own?.object ?? null, filter: own?.filter ?? null, night: own?.night ?? '' }
  const record: StackRecord = {
    id,
    name: nameStack(labels),
    order: step.order,
    frames: frames.map((frame) => frame.id),
    inputs: [...new Set(frames.flatMap((frame) => [frame.id, ...frame.inputs]))],
    reference: recipes.every(({ map }) => map === null) ? null : (frames[reference]?.id ?? null),
    combine,
    interpolation,
    normalisation,
    method: input.method,
    grid: input.grid,
    planes: STACK_PLANES,
    bytesId: bytesIdOf(input),
    width,
    height,
    unit: (frames[reference] ?? frames[0])?.unit ?? 'adu',
    telescope: own?.telescope ?? '',
    instrument: own?.instrument ?? '',
    ...labels,
    exposure: seconds.some((value) => value === null)
      ? null
      : seconds.reduce((sum: number, value) => sum + (value ?? 0), 0),
    dateObs: facts.flatMap(({ dateObs }) => dateObs ?? []).toSorted()[0] ?? null,
    statistics: { ...level, rejectedFraction: 1 - kept / (width * height * frames.length) },
    flags: [],
    backends,
    createdAt: Date.now(),
  }
  // Bytes first: a record never points at pixels that a full disk kept out.
  await workspace.stacks.put(record)
  return describe(record)
}

/** Combines lights into one picture, strip by strip: calibrated, laid on the reference's grid and combined in one go, with no planes in between. */
export const stackFrames: PhasedStep<Input> = {
  name: 'stack-frames',
  load: async (context) => {
    const { step, workspace } = context
    const parameters = step.parameters as unknown as Parameters
    const frames = await findFrames(context)
    const [first] = frames
    if (first === undefined) return skip('There is no frame to stack.')
    const recipe = {
      step: 'stack-frames',
      version: STEP_VERSIONS['stack-frames'],
      frames: frames.map(({ id }) => id),
      ...parameters,
    }
    const id = idFromHash('stack', await hashRecipe(recipe))
    const known = await workspace.stacks.get(id)
    if (known !== undefined && (await workspace.pixels.has(known.bytesId))) return describe(known)
    const registered = first.registration !== null
    if (!registered) requireOneShape(frames)
    const named = registered ? frames.findIndex((frame) => isReference(frame)) : 0
    const reference = Math.max(0, named)
    const recipes = await Promise.all(
      frames.map((frame) =>
        recipeOf(workspace, frame, frame.registration === null ? null : mapOf(frame.registration)),
      ),
    )
    const grid = first.registration?.grid ?? null
    const { width, height } = grid ?? frames[reference] ?? first
    return { id, frames, recipes, reference, grid, width, height, ...parameters }
  },
  planPhase: (input, done, context) => {
    const index = done.length
    if (index === 0 && needsLevels(input)) {
      const parts = input.frames.map((_, item) => ({ from: 0, to: 0, item }))
      return { index, label: 'measure-level', length: 0, planes: [], parts }
    }
    if (index > (needsLevels(input) ? 1 : 0)) return null
    return planCombining(pictureOf(input, done), { label: 'stack-frames', index }, context)
  },
  computePart: async (input, job, _planes, context) => {
    const recipe = job.part.item === undefined ? undefined : input.recipes[job.part.item]
    if (recipe !== undefined) return { level: await measureFrameLevel(openStripRoom(context), recipe) }
    return combinePart(pictureOf(input, job.done), job, context)
  },
  keepPhase: async (input, { phase }, { workspace }) => {
    if (phase.index === (needsLevels(input) ? 1 : 0))
      await workspace.pixels.sealPieces(
        bytesIdOf(input),
        input.width * input.height * 4 * STACK_PLANES.length,
      )
  },
  save,
}
