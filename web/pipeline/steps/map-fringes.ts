import { AsterismError } from '../../core/errors'
import type { MasterRecord } from '../../core/master'
import type { ReducedRecord } from '../../core/reduced'
import type { PhasedStep, PhaseResult } from '../phased-step'
import type { PlannedFringes } from '../plan-fringes'
import { skip, type StepContext } from '../step'
import { combinePart, planCombining, sumParts, type CombinedPicture } from '../strips/combine-picture'
import type { FrameRecipe } from '../strips/frame-recipe'
import { measureFrameLevel } from '../strips/measure-frame-level'
import { measureLevel } from '../strips/measure-level'
import { recipeOf } from '../strips/recipe-of'
import { readStoredSample } from '../strips/stored-sample'
import { openStripRoom } from '../strips/strip-room'
import { describeMaster, middleTime } from './build-master'

interface Input {
  readonly plan: PlannedFringes
  readonly frames: readonly ReducedRecord[]
  readonly recipes: readonly FrameRecipe[]
}

/** Stars move from frame to frame and are cut off; the fringes stay (Snodgrass & Carry 2013, The Messenger 152, 14). */
const COMBINE = {
  method: 'median',
  rejection: 'sigma-clip',
  low: 3,
  high: 3,
  center: 'median',
  deviation: 'mad',
  iterations: 5,
  scale: 'none',
  weights: 'none',
} as const

const bytesIdOf = ({ plan }: Input): string => `bytes-${plan.id}`

/** Each frame as its deviation from its own sky, in parts of it: (pixel - sky) / sky. */
const pictureOf = (input: Input, done: readonly PhaseResult[]): CombinedPicture => {
  const levels = (done[0] ?? []).map(({ level }) => level ?? Number.NaN)
  const dark = levels.findIndex((level) => !(level > 0))
  if (dark >= 0)
    throw new AsterismError(
      'bad-header',
      `${input.frames[dark]?.name ?? 'A frame'} has a sky at or below zero, and fringes are a part of the sky. Leave it out, or leave the fringes in.`,
      { frame: input.frames[dark]?.exposure ?? '' },
    )
  const { width, height } = input.plan.group
  return {
    height,
    bytesId: bytesIdOf(input),
    level: null,
    job: {
      frames: input.recipes,
      width,
      params: {
        combine: COMBINE,
        scales: levels.map((level) => 1 / level),
        offsets: levels.map(() => -1),
      },
      interpolation: 'nearest',
    },
  }
}

const save = async (input: Input, done: readonly PhaseResult[], context: StepContext) => {
  const { plan, frames, recipes } = input
  const { step, workspace } = context
  const { width, height } = plan.group
  const bytesId = bytesIdOf(input)
  const { kept, backends } = sumParts(done.at(-1) ?? [])
  const level = await measureLevel(context, await readStoredSample(workspace, bytesId, width, height))
  const exposures = recipes.map(({ exposure }) => exposure)
  const master: MasterRecord = {
    id: plan.id,
    kind: 'master-fringe',
    name: `${['master-fringe', plan.group.filter, plan.group.night].filter((part) => part !== null && part !== '').join('-')}.fits`,
    order: step.order,
    group: plan.group,
    frames: plan.frames,
    // What the lights were calibrated with, but for this map itself.
    inputs: [...new Set(frames.flatMap(({ inputs }) => inputs))].filter((id) => id !== plan.id),
    combine: COMBINE,
    bytesId,
    width,
    height,
    unit: '',
    biasSubtracted: false,
    statistics: { ...level, rejectedFraction: 1 - kept / (width * height * frames.length) },
    jdUtcMid: middleTime(exposures),
    warnings:
      frames.length < 9
        ? [`Made from ${frames.length} frames: its own noise makes the fringes look weaker than they are.`]
        : [],
    flags: [],
    backends,
    createdAt: Date.now(),
  }
  await workspace.masters.put(master)
  return describeMaster(master)
}

/** Combines calibrated lights of one filter, as they lie, into the pattern that the sky's emission lines make in the chip: parts of the sky, about zero. */
export const mapFringes: PhasedStep<Input> = {
  name: 'map-fringes',
  load: async ({ step, before, workspace }) => {
    const plan = step.parameters as unknown as PlannedFringes
    const known = await workspace.masters.get(plan.id)
    if (known !== undefined && (await workspace.pixels.has(known.bytesId))) return describeMaster(known)
    const calibrate = before.find(({ name }) => name === 'calibrate-frames')
    const reduced = await workspace.reduced.getMany([...(calibrate?.outputs ?? [])])
    const frames = reduced.filter(({ exposure }) => plan.frames.includes(exposure))
    if (frames.length < plan.frames.length) return skip('Lights of this map could not be calibrated.')
    const recipes = await Promise.all(frames.map((frame) => recipeOf(workspace, frame, null, 'bad-pixels')))
    return { plan, frames, recipes }
  },
  planPhase: (input, done, context) => {
    const index = done.length
    if (index > 1) return null
    if (index === 1) return planCombining(pictureOf(input, done), { label: 'map-fringes', index }, context)
    const parts = input.frames.map((_, item) => ({ from: 0, to: 0, item }))
    return { index, label: 'measure-level', length: 0, planes: [], parts }
  },
  computePart: async (input, job, _planes, context) => {
    const recipe = job.part.item === undefined ? undefined : input.recipes[job.part.item]
    if (recipe !== undefined) return { level: await measureFrameLevel(openStripRoom(context), recipe) }
    return combinePart(pictureOf(input, job.done), job, context)
  },
  keepPhase: async (input, { phase }, { workspace }) => {
    const { width, height } = input.plan.group
    if (phase.index === 1) await workspace.pixels.sealPieces(bytesIdOf(input), width * height * 8)
  },
  save,
}
