import { AsterismError } from '../core/errors'
import { throwIfAborted } from '../core/task'
import {
  endPhase,
  runPart,
  startPhases,
  type PartReply,
  type PartRequest,
  type PhaseEnd,
  type StepAdvance,
} from './advance-step'
import type { PhasedStep } from './phased-step'
import { isOutcome, type StepContext, type StepDefinition } from './step'
import { buildMaster } from './steps/build-master'
import { fitSky } from './steps/fit-sky'
import { mapFringes } from './steps/map-fringes'
import { fixBadPixelsStep } from './steps/fix-bad-pixels'
import { mapBadPixels } from './steps/map-bad-pixels'
import { calibrateFrames } from './steps/calibrate-frames'
import { cleanCosmicRaysStep } from './steps/clean-cosmic-rays'
import { chooseGrid } from './steps/choose-grid'
import { composePicture } from './steps/compose-picture'
import { chooseReferenceStep } from './steps/choose-reference'
import { chooseStarsStep } from './steps/choose-stars'
import { detectStarsStep } from './steps/detect-stars'
import { drawLightCurve } from './steps/draw-light-curve'
import { matchFrame } from './steps/match-frame'
import { solveFrame } from './steps/solve-frame'
import { solveRest } from './steps/solve-rest'
import { stackFrames } from './steps/stack-frames'
import { mapFlatRatio } from './steps/map-flat-ratio'
import { measureBiasFrames } from './steps/measure-bias-frames'
import { measureDarkFrames } from './steps/measure-dark-frames'
import { measureFlatFrames } from './steps/measure-flat-frames'
import { measureFrame } from './steps/measure-frame'
import { writeCameraReport } from './steps/write-camera-report'

interface RunnableStep {
  readonly name: string
  start(context: StepContext): Promise<StepAdvance>
  part(context: StepContext, request: PartRequest): Promise<PartReply>
  end(context: StepContext, end: PhaseEnd): Promise<StepAdvance>
}

const hasNoPhases = (name: string) => (): never => {
  throw new AsterismError('unexpected', `The step "${name}" is done in one piece.`)
}

/** Loads what a step needs, computes, and saves what it made, with a chance to stop between. */
const runnable = <Input, Output>(definition: StepDefinition<Input, Output>): RunnableStep => ({
  name: definition.name,
  part: hasNoPhases(definition.name),
  end: hasNoPhases(definition.name),
  start: async (context) => {
    throwIfAborted(context.task)
    const input = await definition.load(context)
    if (isOutcome(input)) return { outcome: input, phase: null }
    throwIfAborted(context.task)
    const output = await definition.compute(input, context.task)
    throwIfAborted(context.task)
    return { outcome: await definition.save(output, input, context), phase: null }
  },
})

/** A step whose pixels several workers make together. */
const phased = <Input>(definition: PhasedStep<Input>): RunnableStep => ({
  name: definition.name,
  start: (context) => startPhases(definition, context),
  part: (context, request) => runPart(definition, request, context),
  end: (context, end) => endPhase(definition, end, context),
})

/** Every step, in the order of the road. A new one is a file in steps/ and a line here and in the plan. */
const STEPS: readonly RunnableStep[] = [
  phased(buildMaster),
  runnable(mapBadPixels),
  runnable(calibrateFrames),
  runnable(fixBadPixelsStep),
  phased(mapFringes),
  runnable(fitSky),
  phased(cleanCosmicRaysStep),
  runnable(detectStarsStep),
  runnable(chooseReferenceStep),
  runnable(chooseGrid),
  runnable(matchFrame),
  runnable(solveFrame),
  runnable(solveRest),
  phased(stackFrames),
  runnable(chooseStarsStep),
  runnable(measureFrame),
  runnable(drawLightCurve),
  runnable(measureBiasFrames),
  runnable(measureDarkFrames),
  runnable(measureFlatFrames),
  runnable(mapFlatRatio),
  runnable(writeCameraReport),
  runnable(composePicture),
]

const BY_NAME = new Map(STEPS.map((step) => [step.name, step]))

const findStep = (context: StepContext): RunnableStep => {
  const step = BY_NAME.get(context.step.name)
  if (step === undefined) {
    throw new AsterismError('bad-order', `This version knows no step "${context.step.name}".`, {
      step: context.step.name,
    })
  }
  return step
}

/** Starts one step of an order, which most steps then end. Running a step twice gives the same records. */
export const startStep = (context: StepContext): Promise<StepAdvance> => findStep(context).start(context)

/** Does one part of a step's phase. */
export const runStepPart = (context: StepContext, request: PartRequest): Promise<PartReply> =>
  findStep(context).part(context, request)

/** Keeps what all parts of a phase made, and says what comes next. */
export const endStepPhase = (context: StepContext, end: PhaseEnd): Promise<StepAdvance> =>
  findStep(context).end(context, end)
