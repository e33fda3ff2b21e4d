import { AsterismError } from '../core/errors'
import { throwIfAborted } from '../core/task'
import { isOutcome, type StepContext, type StepDefinition, type StepOutcome } from './step'
import { buildMaster } from './steps/build-master'
import { calibrateFrames } from './steps/calibrate-frames'
import { chooseReferenceStep } from './steps/choose-reference'
import { chooseStarsStep } from './steps/choose-stars'
import { detectStarsStep } from './steps/detect-stars'
import { drawLightCurve } from './steps/draw-light-curve'
import { matchFrame } from './steps/match-frame'
import { measureFrame } from './steps/measure-frame'

interface RunnableStep {
  readonly name: string
  run(context: StepContext): Promise<StepOutcome>
}

/** Loads what a step needs, computes, and saves what it made, with a chance to stop between. */
const runnable = <Input, Output>(definition: StepDefinition<Input, Output>): RunnableStep => ({
  name: definition.name,
  run: async (context) => {
    throwIfAborted(context.task)
    const input = await definition.load(context)
    if (isOutcome(input)) return input
    throwIfAborted(context.task)
    const output = await definition.compute(input, context.task)
    throwIfAborted(context.task)
    return definition.save(output, input, context)
  },
})

/** Every step, in the order of the road. A new one is a file in steps/ and a line here and in the plan. */
const STEPS: readonly RunnableStep[] = [
  runnable(buildMaster),
  runnable(calibrateFrames),
  runnable(detectStarsStep),
  runnable(chooseReferenceStep),
  runnable(matchFrame),
  runnable(chooseStarsStep),
  runnable(measureFrame),
  runnable(drawLightCurve),
]

const BY_NAME = new Map(STEPS.map((step) => [step.name, step]))

/** Runs one step of an order. Running it twice gives the same records. */
export const runStep = (context: StepContext): Promise<StepOutcome> => {
  const step = BY_NAME.get(context.step.name)
  if (step === undefined) {
    throw new AsterismError('bad-order', `This version knows no step "${context.step.name}".`, {
      step: context.step.name,
    })
  }
  return step.run(context)
}
