import { STACK_PLANES } from '../../core/stack'
import type { PhasedStep, PhaseResult } from '../phased-step'
import { measureCellRow, planCellParts, planCells } from '../stack/cell-levels'
import { levelFrames } from '../stack/level-frames'
import { loadStack } from '../stack/load-stack'
import { describeStack, saveStack } from '../stack/save-stack'
import { bytesIdOf, electronsOf, matchesOverlaps, needsLevels, type StackInput } from '../stack/stack-input'
import type { StepContext } from '../step'
import { combinePart, planCombining, type CombinedPicture } from '../strips/combine-picture'
import { measureFrameSky } from '../strips/measure-frame-level'
import { openStripRoom } from '../strips/strip-room'

/** What is done to a stack, phase by phase: each frame's own sky, then the sky where frames overlap, then all pixels. */
const listPhases = (input: StackInput): ('sky' | 'overlap' | 'combine')[] => [
  ...(needsLevels(input) ? (['sky'] as const) : []),
  ...(matchesOverlaps(input.parameters) ? (['overlap'] as const) : []),
  'combine',
]

const pictureOf = (input: StackInput, done: readonly PhaseResult[]): CombinedPicture => {
  const { parameters, recipes, areas, width, height } = input
  const { scales, offsets, slopes, weights, levels, noises } = levelFrames(input, planCells(input), done)
  const measured = noises.every((noise) => Number.isFinite(noise))
  return {
    height,
    bytesId: bytesIdOf(input),
    level: null,
    job: {
      frames: recipes,
      width,
      params: {
        combine: {
          ...parameters.combine,
          scale: 'none',
          weights: weights === null ? 'none' : 'inverse-variance',
        },
        ...(scales.every((scale) => scale === 1) ? {} : { scales }),
        ...(offsets.every((offset) => offset === 0) ? {} : { offsets }),
        ...(weights === null ? {} : { weights }),
      },
      ...(slopes === null ? {} : { slopes, height }),
      interpolation: parameters.interpolation,
      clamp: parameters.clamp ?? null,
      ...(input.inverses === null
        ? {}
        : { drizzle: { pixfrac: parameters.pixfrac ?? 1, inverses: input.inverses, areas } }),
      counts: true,
      ...(measured
        ? {
            noises: noises.map((sigma, frame) => ({
              sigma,
              level: levels[frame]!,
              electrons: electronsOf(input, frame),
            })),
          }
        : {}),
    },
  }
}

const planStackPhase = (input: StackInput, done: readonly PhaseResult[], context: StepContext) => {
  const index = done.length
  const phase = listPhases(input)[index]
  switch (phase) {
    case 'sky': {
      const parts = input.frames.map((_, item) => ({ from: 0, to: 0, item }))
      return { index, label: 'measure-level', length: 0, planes: [], parts }
    }
    case 'overlap':
      return { index, label: 'match-sky', length: 0, planes: [], parts: planCellParts(planCells(input)) }
    case 'combine':
      return planCombining(pictureOf(input, done), { label: 'stack-frames', index }, context)
    default:
      return null
  }
}

/** Combines lights into one picture, strip by strip: calibrated, laid on the grid and combined in one go, with no planes in between. */
export const stackFrames: PhasedStep<StackInput> = {
  name: 'stack-frames',
  load: (context) => loadStack(context, describeStack),
  planPhase: planStackPhase,
  computePart: async (input, job, _planes, context) => {
    const item = job.part.item ?? 0
    switch (listPhases(input)[job.phase.index]) {
      case 'sky':
        return measureFrameSky(openStripRoom(context), input.recipes[item]!)
      case 'overlap':
        return measureCellRow(openStripRoom(context), input, planCells(input), item)
      default:
        return combinePart(pictureOf(input, job.done), job, context)
    }
  },
  keepPhase: async (input, { phase }, { workspace }) => {
    if (listPhases(input)[phase.index] === 'combine')
      await workspace.pixels.sealPieces(
        bytesIdOf(input),
        input.width * input.height * 4 * STACK_PLANES.length,
      )
  },
  save: (input, done, context) =>
    saveStack(input, levelFrames(input, planCells(input), done), done.at(-1) ?? [], context),
}
