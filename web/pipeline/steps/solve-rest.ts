import type { ErrorContext } from '../../core/errors'
import type { Point } from '../../core/image'
import type { PlateSolutionRecord } from '../../core/plate-solution'
import { throwIfAborted } from '../../core/task'
import type { StepRecord } from '../../core/work-order'
import { moveTanSip } from '../../science/astrometry/move-tan-sip'
import { createTransform } from '../../science/astrometry/wcs/create-transform'
import { tanSipToWcs } from '../../science/astrometry/tan-sip-to-wcs'
import { matchStars } from '../../science/registration/match-stars'
import { invertTransform } from '../../core/transform'
import { findSolution } from '../astrometry/find-frame-wcs'
import type { HintStage } from '../astrometry/list-hints'
import {
  placeStars,
  solveExposure,
  summariseSolution,
  type FrameToSolve,
  type SolveOptions,
} from '../astrometry/solve-exposure'
import type { StepContext, StepDefinition } from '../step'

/** Frames without a place for which the whole sky is looked through, where no frame of their series has one. */
const MOST_BLIND = 3

/** Milliseconds for one of them beside a frame that has a place. */
const LIMIT = 10_000

interface Refusal {
  readonly code: string
  readonly message: string
  /** Not there where a step of an earlier version refused. */
  readonly context?: ErrorContext
}

interface Input {
  readonly options: SolveOptions
  /** Frames of each series in time order, and the steps that tried each. */
  readonly series: readonly (readonly StepRecord[])[]
  readonly context: StepContext
}

interface Output {
  readonly solved: readonly PlateSolutionRecord[]
  readonly refused: readonly { readonly frame: string; readonly refusal: Refusal }[]
  /** Of all frames of the order. */
  readonly anySolved: boolean
}

const readFrame = async (
  { workspace, before }: StepContext,
  step: StepRecord,
): Promise<FrameToSolve | null> => {
  const reduced = await workspace.reduced.get(String(step.parameters['calibrated']))
  const exposure = reduced && (await workspace.exposures.get(reduced.exposure))
  const detection = before.find(({ name, frames }) => name === 'detect-stars' && frames[0] === step.frames[0])
  const sources = await workspace.sources.get(String(detection?.result['sources']))
  return reduced === undefined || exposure === undefined || sources === undefined
    ? null
    : { exposure, reduced, sources }
}

const starsOf = ({ matched, unmatchedStars }: PlateSolutionRecord): Point[] => {
  const list = (columns: { readonly x: Float64Array; readonly y: Float64Array }): Point[] =>
    Array.from(columns.x, (x, star) => ({ x, y: columns.y[star]! }))
  // Matched ones first: they are the bright ones, and patterns are made of those.
  return [...list(matched), ...list(unmatchedStars)]
}

/** Where a frame is when its stars lie against those of a solved one as registration finds; null where they do not agree. */
const lieAgainst = (frame: FrameToSolve, solved: PlateSolutionRecord): HintStage | null => {
  try {
    const { transform } = matchStars(starsOf(solved), placeStars(frame))
    const wcs = moveTanSip(solved.wcs, invertTransform(transform))
    const out = new Float64Array(6)
    const { width, height } = frame.exposure
    if (!createTransform(tanSipToWcs(wcs)).pixelToSky((width - 1) / 2, (height - 1) / 2, out)) return null
    const [a, b, c, d] = wcs.cd
    const determinant = a * d - b * c
    const scale = 3600 * Math.sqrt(Math.abs(determinant))
    return {
      source: 'registration',
      hints: {
        place: { rightAscension: out[0]!, declination: out[1]!, radius: (20 * scale) / 3600 },
        scale: [scale * 0.995, scale * 1.005],
        parity: determinant > 0 ? 1 : -1,
      },
    }
  } catch {
    return null
  }
}

const nearestSolved = (at: number, found: ReadonlyMap<number, PlateSolutionRecord>): PlateSolutionRecord[] =>
  [...found].toSorted(([a], [b]) => Math.abs(a - at) - Math.abs(b - at)).map(([, solution]) => solution)

/** Tries the frames of one series again that have no place, with all that is known of the others by now. */
const solveSeries = async (
  steps: readonly StepRecord[],
  { options, context }: Input,
  tell: (done: number) => void,
): Promise<Output> => {
  const { workspace, task } = context
  const found = new Map<number, PlateSolutionRecord>()
  for (const [at, step] of steps.entries()) {
    if (step.result['solved'] !== true) continue
    const solution = await findSolution(workspace, step.frames[0]!)
    if (solution !== null) found.set(at, solution)
  }
  const missing = [...steps.keys()].filter((at) => !found.has(at))
  const refused = new Map<number, Refusal>()
  const solved: PlateSolutionRecord[] = []
  let blind = 0
  /** Two rounds: what is solved blindly in the first helps the others in the second. */
  const attempt = async (at: number): Promise<void> => {
    throwIfAborted(task)
    const step = steps[at]!
    const frame = await readFrame(context, step)
    if (frame === null) {
      if (step.failure !== null) return
      refused.set(at, { code: 'not-found', message: 'What an earlier step wrote is no longer there.' })
      return
    }
    const neighbours = nearestSolved(at, found).slice(0, 2)
    const against = neighbours[0] === undefined ? null : lieAgainst(frame, neighbours[0])
    const mayGoBlind = neighbours.length === 0 && blind < MOST_BLIND
    if (neighbours.length === 0) {
      if (!mayGoBlind) {
        refused.set(at, step.result['refusal'] as Refusal)
        return
      }
      blind++
    }
    const outcome = await solveExposure(
      frame,
      options,
      {
        neighbours,
        mayGoBlind,
        ...(mayGoBlind ? {} : { limit: LIMIT }),
        ...(against === null ? {} : { first: [against] }),
      },
      { workspace, sky: context.sky, order: context.step.order },
      task,
    )
    if (outcome.solution === null) {
      refused.set(at, outcome.refusal)
      return
    }
    refused.delete(at)
    found.set(at, outcome.solution)
    solved.push(outcome.solution)
    await workspace.plateSolutions.put(outcome.solution)
  }
  for (const [place, at] of missing.entries()) {
    tell(place)
    await attempt(at)
  }
  const left = solved.length > 0 && blind > 0 ? missing.filter((at) => !found.has(at)) : []
  for (const at of left) await attempt(at)
  return {
    solved,
    refused: [...refused].map(([at, refusal]) => ({ frame: steps[at]!.frames[0]!, refusal })),
    anySolved: found.size > 0,
  }
}

/**
 * The frames of a series that refused are tried once more when the others have a place: where registration puts them, beside their neighbours,
 * and over the whole sky where no frame of the series was found. What is left is told with its reason.
 */
export const solveRest: StepDefinition<Input, Output> = {
  name: 'solve-rest',
  load: (context) => {
    const tried = new Map(
      context.before.filter(({ name }) => name === 'solve-frame').map((step) => [step.frames[0]!, step]),
    )
    const { series, options } = context.step.parameters as unknown as {
      readonly series: readonly (readonly string[])[]
      readonly options: SolveOptions
    }
    return Promise.resolve({
      options,
      series: series.map((frames) =>
        frames.flatMap((frame) => {
          const step = tried.get(frame)
          return step === undefined ? [] : [step]
        }),
      ),
      context,
    })
  },
  compute: async (input, task) => {
    const total = input.series.flat().length
    let before = 0
    const parts: Output[] = []
    for (const steps of input.series) {
      parts.push(
        await solveSeries(steps, input, (done) =>
          task.report({ label: 'solve-rest', done: before + done, total }),
        ),
      )
      before += steps.length
    }
    return {
      solved: parts.flatMap(({ solved }) => solved),
      refused: parts.flatMap(({ refused }) => refused),
      anySolved: parts.some(({ anySolved }) => anySolved),
    }
  },
  save: ({ solved, refused, anySolved }) =>
    Promise.resolve({
      result: {
        rows: solved.length,
        frames: solved.map((solution) => ({ frame: solution.exposure, ...summariseSolution(solution) })),
        failures: refused.map(({ frame, refusal }) => ({
          frame,
          step: 'solve-frame',
          code: refusal.code,
          reason: refusal.message,
          values: refusal.context ?? {},
        })),
      },
      outputs: solved.map(({ id }) => id),
      ...(anySolved ? {} : { skipped: 'None of the frames could be solved.' }),
    }),
}
