import { AsterismError } from '../../core/errors'
import type { SkyGrid } from '../../core/sky-grid'
import { findFrameWcs } from '../astrometry/find-frame-wcs'
import { planGrid, type GridWish, type PlacedFrame } from '../registration/plan-grid'
import { skip, stepBefore, type StepDefinition } from '../step'

interface Placed extends PlacedFrame {
  readonly id: string
}

interface Input {
  readonly frames: readonly Placed[]
  readonly reference: number
  readonly wish: GridWish
}

interface Output {
  readonly grid: SkyGrid
  readonly reference: string
}

/** Lays out the pixels of a stack on the sky, from the world coordinates of its frames. */
export const chooseGrid: StepDefinition<Input, Output> = {
  name: 'choose-grid',
  load: async (context) => {
    const { step, workspace } = context
    const wish = step.parameters['grid'] as GridWish
    const records = await workspace.reduced.getMany(step.parameters['calibrated'] as string[])
    if (records.length === 0) return skip('No frame could be calibrated.')
    const chosen = stepBefore(context, 'choose-reference')
    const wanted = chosen?.state === 'done' ? String(chosen.result['reference']) : null
    const placed: Placed[] = []
    for (const { id, name, width, height } of records) {
      const found = await findFrameWcs(workspace, id)
      if (found !== null) placed.push({ id, name, width, height, wcs: found.wcs })
    }
    if (placed.length === 0)
      throw new AsterismError(
        'no-match',
        'No frame says where on the sky it is: none was solved, and no header has world coordinates. Solve the frames, or register them by their stars.',
      )
    const reference = placed.findIndex(({ id }) => id === wanted)
    return { frames: placed, reference: Math.max(0, reference), wish }
  },
  compute: ({ frames, reference, wish }) => ({
    grid: planGrid(frames, reference, wish).grid,
    reference: frames[reference]?.id ?? '',
  }),
  save: ({ grid, reference }, { frames }) =>
    Promise.resolve({ result: { grid, reference, placed: frames.length }, outputs: [] }),
}
