import { AsterismError, isAbortError } from '../../core/errors'
import { throwIfAborted, type Task } from '../../core/task'
import { solveField } from '../../science/astrometry/solve/solve-field'
import type {
  FieldToSolve,
  PlateSolution,
  SolveHints,
  SolveRefusal,
} from '../../science/astrometry/solve/solve-types'
import { letMessagesIn } from '../strips/let-messages-in'
import type { HintStage } from './list-hints'
import type { References, ReferenceSupply } from './reference-supply'

/** Milliseconds that a stage may take: near a place, and over the whole sky. */
const HINTED_LIMIT = 15_000
const BLIND_LIMIT = 40_000
/** Degrees: wider cones are looked through in the catalogue that comes with the app, whatever was chosen for the fit. */
const WIDEST_CHOSEN = 2
/** Degrees: beyond this a cone is a good part of the sky, and its bright stars do. */
const WIDEST_CONE = 25

/** Why a stage gave nothing: the solver's reason, that its time was over, or that stars could not be had. */
export type StageRefusal =
  SolveRefusal | { readonly code: 'time-over' } | { readonly code: 'no-catalogue'; readonly error: unknown }

export interface RefusedStage {
  readonly stage: HintStage
  readonly refusal: StageRefusal
}

export interface SolvedStages {
  readonly solution: PlateSolution
  readonly references: References
  readonly stage: HintStage
  readonly refused: readonly RefusedStage[]
}

const underLimit = (task: Task, milliseconds: number): Task => ({
  ...task,
  deadline: Math.min(task.deadline ?? Infinity, Date.now() + milliseconds),
})

const isTimeOver = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError'

/** Half the diagonal at the greatest scale, degrees. */
const halfFrame = ({ width, height }: FieldToSolve, scale: number): number =>
  Math.min(60, (Math.hypot(width, height) * scale) / 7200)

/** Stars for a stage, and whether they are those of the catalogue that was asked for. */
const gather = async (
  frame: FieldToSolve,
  { hints, deep }: HintStage,
  supply: ReferenceSupply,
  task: Task,
): Promise<{ references: References; final: boolean }> => {
  const { place, scale } = hints
  if (place === null)
    return { references: await (deep === true ? supply.whole(task) : supply.bright(task)), final: false }
  const radius = place.radius + halfFrame(frame, scale[1])
  if (radius > WIDEST_CONE) return { references: await supply.bright(task), final: false }
  const cone = { ...place, radius }
  return radius <= WIDEST_CHOSEN
    ? { references: await supply.chosen(cone, task), final: true }
    : { references: await supply.bundled(cone, task), final: false }
}

/** The same place once more, with all stars of the catalogue that was asked for; as it was where that gives nothing. */
const settle = async (
  frame: FieldToSolve,
  found: { readonly solution: PlateSolution; readonly references: References; readonly hints: SolveHints },
  supply: ReferenceSupply,
  task: Task,
): Promise<{ solution: PlateSolution; references: References }> => {
  const { center, scale, parity } = found.solution
  const across = halfFrame(frame, scale)
  const cone = { rightAscension: center[0], declination: center[1], radius: 1.4 * across + 0.02 }
  const references = await supply.chosen(cone, task)
  const solution = solveField(
    references.sky,
    frame,
    {
      ...found.hints,
      place: { ...cone, radius: 0.2 * across + 0.01 },
      scale: [scale * 0.98, scale * 1.02],
      parity,
    },
    underLimit(task, HINTED_LIMIT),
  )
  return solution.solved && solution.matched.length >= found.solution.matched.length
    ? { solution, references }
    : { solution: found.solution, references: found.references }
}

/** Tries one stage after the other until one gives a place; the solver itself never accepts what chance would give. */
export const solveInStages = async (
  frame: FieldToSolve,
  stages: readonly HintStage[],
  { supply, highestOrder }: { readonly supply: ReferenceSupply; readonly highestOrder: number | null },
  task: Task,
): Promise<SolvedStages | { readonly refused: readonly RefusedStage[] }> => {
  const refused: RefusedStage[] = []
  for (const [at, stage] of stages.entries()) {
    // Whoever wants to stop it has to be heard: the search itself is deaf.
    await letMessagesIn()
    if (task.deadline !== undefined && Date.now() > task.deadline) {
      refused.push({ stage, refusal: { code: 'time-over' } })
      break
    }
    throwIfAborted(task)
    const label = stage.deep === true ? 'solve-blind-deep' : `solve-${stage.source}`
    const report = (part: number): void => task.report({ label, done: at + part, total: stages.length })
    report(0)
    const hints: SolveHints = { ...stage.hints, ...(highestOrder === null ? {} : { highestOrder }) }
    const limit: Task = {
      ...underLimit(task, stage.hints.place === null ? BLIND_LIMIT : HINTED_LIMIT),
      // The solver counts the parts of its own search.
      report: ({ done, total }) => report(total === 0 ? 0 : done / total),
    }
    try {
      const { references, final } = await gather(frame, stage, supply, task)
      const solution = solveField(references.sky, frame, hints, limit)
      if (!solution.solved) {
        refused.push({ stage, refusal: solution.refusal })
        // The same stars will be too few for every other place as well.
        if (solution.refusal.code === 'too-few-stars') break
        continue
      }
      const settled = final
        ? { solution, references }
        : await settle(frame, { solution, references, hints }, supply, task)
      return { ...settled, stage, refused }
    } catch (error) {
      if (isAbortError(error)) throw error
      if (isTimeOver(error)) refused.push({ stage, refusal: { code: 'time-over' } })
      else if (error instanceof AsterismError && error.code !== 'bad-order')
        refused.push({ stage, refusal: { code: 'no-catalogue', error } })
      else throw error
    }
  }
  return { refused }
}
