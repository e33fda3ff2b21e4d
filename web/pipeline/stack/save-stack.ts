import { effectiveFacts } from '../../core/frame'
import { STACK_PLANES, type StackedFrame, type StackRecord } from '../../core/stack'
import { median } from '../../science/math/median'
import { findNoiseRatio } from '../../science/reprojection/find-noise-ratio'
import type { PhaseResult } from '../phased-step'
import type { StepContext, StepOutcome } from '../step'
import { sumParts } from '../strips/combine-picture'
import { measureLevel } from '../strips/measure-level'
import { readStoredSample } from '../strips/stored-sample'
import { countStars } from './leave-out-frames'
import type { LevelledFrames } from './level-frames'
import { bytesIdOf, electronsOf, type StackInput } from './stack-input'

export const describeStack = (record: StackRecord): StepOutcome => ({
  result: {
    frame: record.id,
    frames: record.frames.length,
    leftOut: record.leftOut?.length ?? 0,
    ...record.statistics,
  },
  outputs: [record.id],
})

const known = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null

/** What each frame came in with, so that a person can see why it counted as it did. */
const listStacked = ({ frames }: StackInput, levelled: LevelledFrames): StackedFrame[] =>
  frames.map((frame, index) => ({
    frame: frame.record.id,
    exposure: frame.record.exposure,
    name: frame.record.name,
    weight: levelled.weights?.[index] ?? 1,
    scale: levelled.scales[index] ?? 1,
    offset: levelled.offsets[index] ?? 0,
    slope: levelled.slopes?.[index] ?? null,
    level: known(levelled.levels[index]),
    noise: known(levelled.noises[index]),
    fwhm: frame.sources?.quality.fwhm ?? null,
    stars: countStars(frame),
  }))

const nameStack = ({ object, filter, night }: Pick<StackRecord, 'object' | 'filter' | 'night'>): string =>
  `${['stack', object, filter, night].filter((part) => part !== null && part !== '').join('-')}.fits`

/** Several filters have no name in common; nights go by that of the reference. */
const sharedFilter = (filters: readonly (string | null)[]): string | null =>
  new Set(filters).size === 1 ? (filters[0] ?? null) : null

/** What the errors of pixels that one frame alone shows hold; nothing where they have none. */
const describeSingle = (
  input: StackInput,
  { noises }: LevelledFrames,
  pixels: number,
): Pick<StackRecord, 'single'> => {
  if (pixels === 0 || !noises.every((noise) => Number.isFinite(noise))) return {}
  const known = input.frames.filter((_, index) => electronsOf(input, index) !== null).length
  const noise = known === input.frames.length ? 'photons' : known === 0 ? 'sky' : 'mixed'
  return { single: { pixels, noise } }
}

export const saveStack = async (
  input: StackInput,
  levelled: LevelledFrames,
  combined: PhaseResult,
  context: StepContext,
): Promise<StepOutcome> => {
  const { id, parameters, recipes, reference, width, height } = input
  const { combine, interpolation, normalisation, method, weights, pixfrac } = parameters
  const { step, workspace } = context
  const frames = input.frames.map(({ record }) => record)
  const { kept, covered, alone, backends } = sumParts(combined)
  const level = await measureLevel(
    context,
    await readStoredSample(workspace, bytesIdOf(input), width, height),
  )
  const facts = recipes.map(({ exposure }) => effectiveFacts(exposure))
  const own = facts[reference]
  const seconds = facts.map(({ exposure }) => exposure)
  const labels = {
    object: own?.object ?? null,
    filter: sharedFilter(facts.map(({ filter }) => filter)),
    night: own?.night ?? '',
  }
  const record: StackRecord = {
    id,
    name: nameStack(labels),
    order: step.order,
    frames: frames.map((frame) => frame.id),
    inputs: [...new Set(frames.flatMap((frame) => [frame.id, ...frame.inputs]))],
    reference: recipes.every(({ map }) => map === null) ? null : (frames[reference]?.id ?? null),
    combine,
    interpolation,
    ...(pixfrac === undefined
      ? {}
      : { pixfrac, noiseRatio: findNoiseRatio(pixfrac, Math.sqrt(median(input.areas))) }),
    ...describeSingle(input, levelled, alone),
    normalisation,
    method,
    grid: input.grid,
    weights,
    stacked: listStacked(input, levelled),
    leftOut: input.leftOut,
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
    statistics: {
      ...level,
      rejectedFraction: 1 - kept / (width * height * frames.length),
      ...(levelled.scatter === null ? {} : { backgroundScatter: known(levelled.scatter) }),
      ...(covered > 0 ? { clippedFraction: 1 - kept / covered } : {}),
    },
    flags: [],
    backends,
    createdAt: Date.now(),
  }
  // Bytes first: a record never points at pixels that a full disk kept out.
  await workspace.stacks.put(record)
  return describeStack(record)
}
