import type { WorkOrder } from '../core/work-order'
import type { StackChoices } from '../pipeline/stack/stack-choices'
import type { AppState } from './app-state'
import { chosenCalibration } from './chosen-calibration'

/**
 * How a stack of these frames is made: as a person chose; where they said nothing of how frames are laid on one another, and the place of
 * every frame was found, by those places.
 */
export const chooseStack = (
  known: Pick<AppState['stacks'], 'choices'> & Pick<AppState['sky'], 'solutions'>,
  frames: readonly string[],
): StackChoices => ({
  ...(frames.length > 0 && frames.every((frame) => known.solutions.has(frame)) ? { method: 'wcs' } : {}),
  ...known.choices,
})

/** The order that stacks these frames as they are calibrated in all other orders. */
export const orderStack = (state: AppState, frames: readonly string[]): WorkOrder => ({
  request: 'stack',
  frames,
  parameters: {
    ...chooseStack({ choices: state.stacks.choices, solutions: state.sky.solutions }, frames),
    ...chosenCalibration(state),
  },
})

/** Makes a stack and opens it; where it failed that has been said. */
export const makeStack = async (state: AppState, frames: readonly string[]): Promise<void> => {
  state.panels.open('image')
  const report = await state.orders.submit(orderStack(state, frames))
  const made = report?.result['frame']
  if (typeof made === 'string') state.selection.openMaster(made)
}
