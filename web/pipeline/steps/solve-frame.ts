import type { PlateSolutionRecord } from '../../core/plate-solution'
import { findSolution } from '../astrometry/find-frame-wcs'
import {
  nameSolution,
  solveExposure,
  summariseSolution,
  type FrameToSolve,
  type SolveOptions,
  type SolveOutcome,
} from '../astrometry/solve-exposure'
import { skip, stepBefore, type StepContext, type StepDefinition } from '../step'

/** Milliseconds for a frame whose series has a first frame that looks everywhere, and a last step that looks again. */
const SERIES_LIMIT = 10_000

interface Input extends FrameToSolve {
  readonly options: SolveOptions
  readonly neighbours: readonly PlateSolutionRecord[]
  /** A frame of a series that is left without a place has another chance when the others are solved. */
  readonly isLast: boolean
  readonly mayGoBlind: boolean
  readonly context: StepContext
}

/** Solutions of the frames beside it that are there by now: which ones those are does not change where this one is. */
const listNeighbours = async (
  { workspace, step }: Pick<StepContext, 'workspace' | 'step'>,
  ids: readonly string[],
): Promise<PlateSolutionRecord[]> => {
  const found: PlateSolutionRecord[] = []
  for (const id of ids) {
    const solution = await findSolution(workspace, id)
    if (solution !== null && solution.order === step.order) found.push(solution)
    if (found.length === 2) break
  }
  return found
}

const describe = (solution: PlateSolutionRecord) => ({
  result: { rows: 1, solved: true, ...summariseSolution(solution) },
  outputs: [solution.id],
})

/** Finds where on the sky one frame is, from its stars, and keeps that for its original. */
export const solveFrame: StepDefinition<Input, SolveOutcome> = {
  name: 'solve-frame',
  load: async (context) => {
    const { step, workspace } = context
    const { calibrated, options, neighbours, isLast, mayGoBlind } = step.parameters as unknown as {
      readonly calibrated: string
      readonly options: SolveOptions
      readonly neighbours: readonly string[]
      readonly isLast: boolean
      readonly mayGoBlind: boolean
    }
    const detection = stepBefore(context, 'detect-stars')
    if (detection?.state !== 'done') return skip('The stars of this frame were not found.')
    const id = await nameSolution(String(detection.result['sources']), options)
    const known = await workspace.plateSolutions.get(id)
    if (known !== undefined) {
      // The newest of an exposure counts: what is asked for again is the one that is wanted.
      const renewed = { ...known, order: step.order, createdAt: Date.now() }
      await workspace.plateSolutions.put(renewed)
      return describe(renewed)
    }
    const [reduced, sources] = await Promise.all([
      workspace.reduced.get(calibrated),
      workspace.sources.get(String(detection.result['sources'])),
    ])
    const exposure = reduced && (await workspace.exposures.get(reduced.exposure))
    if (reduced === undefined || sources === undefined || exposure === undefined)
      return skip('What an earlier step wrote is no longer in the workspace; run the order again.')
    return {
      exposure,
      reduced,
      sources,
      options,
      neighbours: await listNeighbours(context, neighbours),
      isLast,
      mayGoBlind,
      context,
    }
  },
  compute: ({ options, neighbours, mayGoBlind, context, ...frame }, task) =>
    solveExposure(
      frame,
      options,
      { neighbours, mayGoBlind, ...(mayGoBlind ? {} : { limit: SERIES_LIMIT }) },
      { workspace: context.workspace, sky: context.sky, order: context.step.order },
      task,
    ),
  save: async (outcome, { isLast }, { workspace }) => {
    if (outcome.solution === null) {
      if (isLast) throw outcome.refusal
      const { code, message, context } = outcome.refusal
      return { result: { rows: 0, solved: false, refusal: { code, message, context } }, outputs: [] }
    }
    await workspace.plateSolutions.put(outcome.solution)
    return describe(outcome.solution)
  },
}
