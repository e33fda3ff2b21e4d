import { AsterismError } from '../../core/errors'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { MasterRecord } from '../../core/master'
import { SECONDS_PER_DAY } from '../../core/units'
import { parseIsoUtc } from '../../science/time/iso-utc'
import type { PhasedStep, PhaseResult } from '../phased-step'
import type { PlannedMaster } from '../plan-masters'
import { skip, type StepContext } from '../step'
import {
  combinePart,
  measureCombinedLevel,
  planCombining,
  sumParts,
  type CombinedPicture,
} from '../strips/combine-picture'
import { chooseFlats, type ChosenFlats } from '../masters/choose-flats'
import { MEDIAN_OF_ALL } from '../strips/level-rule'
import { createRecipe, type FrameRecipe } from '../strips/frame-recipe'
import { measureFrameLevel } from '../strips/measure-frame-level'
import { measureLevel } from '../strips/measure-level'
import { readStoredSample } from '../strips/stored-sample'
import { openStripRoom } from '../strips/strip-room'

interface Input {
  readonly plan: PlannedMaster
  readonly exposures: readonly ExposureRecord[]
  readonly frames: readonly FrameRecipe[]
}

/** Flats fade with the twilight, and only their shape is wanted: each is brought to one level before they are combined. */
const needsLevels = ({ plan }: Input): boolean =>
  plan.kind === 'master-flat' || plan.combine.scale === 'median'

const levelsFrom = (done: readonly PhaseResult[]): number[] =>
  (done[0] ?? []).map(({ level }) => level ?? Number.NaN)

/** All frames, or of flats those that are bright enough and not too bright. */
const chooseFrames = (input: Input, done: readonly PhaseResult[]): ChosenFlats => {
  const { plan, exposures, frames } = input
  if (plan.kind !== 'master-flat') return { used: exposures.map((_, index) => index), warnings: [] }
  return chooseFlats(exposures, levelsFrom(done), plan.flat, frames[0]?.bias?.statistics.median ?? 0)
}

const scalesFrom = (
  input: Input,
  used: readonly number[],
  done: readonly PhaseResult[],
): number[] | undefined => {
  if (!needsLevels(input)) return undefined
  const levels = levelsFrom(done)
  return used.map((index) => {
    const level = levels[index]
    if (level !== undefined && level > 0 && Number.isFinite(level)) return 1 / level
    const exposure = input.exposures[index]
    throw new AsterismError(
      'bad-header',
      `${exposure?.name ?? 'A frame'} shows nothing above zero, so it cannot be scaled by its level. Exclude it, correct its kind, or combine without scaling.`,
      { frame: exposure?.id ?? '' },
    )
  })
}

/** Phases before the combining: levels of the frames, and for a flat the level of what they combine to. */
const phasesBefore = (input: Input): number =>
  (needsLevels(input) ? 1 : 0) + (input.plan.kind === 'master-flat' ? 1 : 0)

const bytesIdOf = ({ plan }: Input): string => `bytes-${plan.id}`

const levelOfFlat = ({ mosaic }: PlannedMaster, done: readonly PhaseResult[]): CombinedPicture['level'] => {
  const { level, red, green, blue } = done[1]?.[0] ?? {}
  if (mosaic === undefined || red === undefined || green === undefined || blue === undefined)
    return level ?? null
  return { pattern: mosaic, levels: { R: red, G: green, B: blue } }
}

/** Before its own level is known a flat is combined as it is. */
const pictureOf = (input: Input, done: readonly PhaseResult[]): CombinedPicture => {
  const { plan, frames } = input
  const { used } = chooseFrames(input, done)
  return {
    height: plan.group.height,
    bytesId: bytesIdOf(input),
    level: plan.kind === 'master-flat' ? levelOfFlat(plan, done) : null,
    job: {
      frames: used.flatMap((index) => frames[index] ?? []),
      width: plan.group.width,
      params: { combine: { ...plan.combine, scale: 'none' }, scales: scalesFrom(input, used, done) },
      interpolation: 'nearest',
    },
  }
}

const requireLight = (done: readonly PhaseResult[]): void => {
  const level = done[1]?.[0]?.['level']
  if (level !== undefined && level > 0) return
  throw new AsterismError('bad-header', 'The flats hold no light, so no flat field can be made from them.')
}

const warn = (plan: PlannedMaster, exposures: readonly ExposureRecord[]): string[] => {
  const warnings: string[] = []
  if (exposures.length < 5)
    warnings.push(
      `Made from only ${exposures.length} frame(s): cosmic rays cannot be told apart well below five.`,
    )
  if (plan.kind === 'master-flat' && plan.bias === null && plan.biasGone !== true)
    warnings.push('No bias was taken off the flats, so the flat field is weaker than it should be.')
  return warnings
}

export const middleTime = (exposures: readonly ExposureRecord[]): number | null => {
  const times = exposures.flatMap((exposure) => {
    const facts = effectiveFacts(exposure)
    const start = facts.dateObs === null ? null : parseIsoUtc(facts.dateObs)
    return start === null ? [] : [start + (facts.exposure ?? 0) / 2 / SECONDS_PER_DAY]
  })
  return times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0) / times.length
}

const nameMaster = ({ kind, group }: PlannedMaster): string => {
  const parts = [kind, group.filter, group.exposure === null ? null : `${group.exposure}s`, group.night]
  return `${parts.filter((part) => part !== null && part !== '').join('-')}.fits`
}

export const describeMaster = (master: MasterRecord) => ({
  result: {
    master: master.id,
    kind: master.kind,
    frames: master.frames.length,
    ...master.statistics,
    warnings: master.warnings,
  },
  outputs: [master.id],
})

const save = async (input: Input, done: readonly PhaseResult[], context: StepContext) => {
  const { plan } = input
  const { used, warnings } = chooseFrames(input, done)
  const exposures = used.flatMap((index) => input.exposures[index] ?? [])
  const frames = exposures.map(({ id }) => id)
  const { step, workspace } = context
  const { width, height } = plan.group
  const bytesId = bytesIdOf(input)
  const { kept, backends } = sumParts(done.at(-1) ?? [])
  const level = await measureLevel(context, await readStoredSample(workspace, bytesId, width, height))
  const master: MasterRecord = {
    id: plan.id,
    kind: plan.kind,
    name: nameMaster(plan),
    order: step.order,
    group: plan.group,
    frames,
    inputs: [...frames, ...[plan.bias, plan.dark].filter((id) => id !== null)],
    combine: plan.combine,
    raw: plan.raw,
    bytesId,
    width,
    height,
    unit: plan.kind === 'master-flat' ? '' : 'adu',
    biasSubtracted: plan.bias !== null || plan.biasGone === true,
    statistics: { ...level, rejectedFraction: 1 - kept / (width * height * exposures.length) },
    jdUtcMid: middleTime(exposures),
    warnings: [...warnings, ...warn(plan, exposures)],
    flags: [],
    backends,
    createdAt: Date.now(),
  }
  // Bytes first: a record never points at pixels that a full disk kept out.
  await workspace.masters.put(master)
  return describeMaster(master)
}

/** Combines the frames of one group into a master: bias first taken off darks, bias and dark off flats, flats scaled to one level. */
export const buildMaster: PhasedStep<Input> = {
  name: 'build-master',
  load: async ({ step, workspace }) => {
    const plan = step.parameters as unknown as PlannedMaster
    const known = await workspace.masters.get(plan.id)
    if (known !== undefined && (await workspace.pixels.has(known.bytesId))) return describeMaster(known)
    const exposures = await workspace.exposures.getMany([...plan.frames])
    if (exposures.length < plan.frames.length)
      return skip('Frames of this master are no longer in the workspace.')
    const [bias, dark] = await Promise.all(
      [plan.bias, plan.dark].map(async (id) => {
        const master = id === null ? null : await workspace.masters.get(id)
        if (master === undefined)
          throw new AsterismError('not-found', 'A master frame is no longer in the workspace.', {
            master: id,
          })
        return master
      }),
    )
    const frames = exposures.map((exposure, index) =>
      createRecipe(exposure, {
        raw: plan.raw,
        bias: bias ?? null,
        dark: dark ?? null,
        darkFactor: plan.darkFactors[index] ?? 1,
        pedestal: plan.pedestals?.[index] ?? 0,
      }),
    )
    return { plan, exposures, frames }
  },
  planPhase: (input, done, context) => {
    const index = done.length
    if (index > phasesBefore(input)) return null
    if (index === 0 && needsLevels(input)) {
      const parts = input.frames.map((_, item) => ({ from: 0, to: 0, item }))
      return { index, label: 'measure-level', length: 0, planes: [], parts }
    }
    if (index < phasesBefore(input)) {
      // Says what is wrong before anything is combined.
      pictureOf(input, done)
      return { index, label: 'measure-level', length: 0, planes: [], parts: [{ from: 0, to: 0 }] }
    }
    if (input.plan.kind === 'master-flat') requireLight(done)
    return planCombining(pictureOf(input, done), { label: 'build-master', index }, context)
  },
  computePart: async (input, job, _planes, context) => {
    const frame = job.part.item === undefined ? undefined : input.frames[job.part.item]
    if (frame !== undefined)
      return { level: await measureFrameLevel(openStripRoom(context), frame, input.plan.flat) }
    const picture = pictureOf(input, job.done)
    if (job.phase.index < phasesBefore(input))
      return measureCombinedLevel(
        picture,
        { rule: input.plan.flat ?? MEDIAN_OF_ALL, pattern: input.plan.mosaic ?? null },
        context,
      )
    return combinePart(picture, job, context)
  },
  keepPhase: async (input, { phase }, { workspace }) => {
    const { width, height } = input.plan.group
    if (phase.index === phasesBefore(input))
      await workspace.pixels.sealPieces(bytesIdOf(input), width * height * 8)
  },
  save,
}
