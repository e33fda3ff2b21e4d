import { throwIfAborted } from '../../core/task'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import { createRatioBlocks } from '../../science/detector/block-ratio'
import { readRawWindow } from '../masters/read-window'
import { rowsAtATime } from '../camera/read-region'
import { findBiasLevel, type MapResult } from '../camera/step-results'
import { skip, type StepDefinition } from '../step'
import { openStripRoom } from '../strips/strip-room'

interface Input {
  readonly flats: readonly [ExposureRecord, ExposureRecord]
  readonly bias: readonly [number, number]
  readonly block: number
  readonly readRows: (frame: ExposureRecord, top: number, height: number) => Promise<Float32Array>
}

/** One flat over another, in blocks of the whole frame; both are read through once, some rows at a time. */
export const mapFlatRatio: StepDefinition<Input, MapResult> = {
  name: 'map-flat-ratio',
  load: async (context) => {
    const { step, workspace, before } = context
    const [first, second] = await workspace.exposures.getMany(step.frames)
    if (first === undefined || second === undefined) return skip('The flats are no longer in the workspace.')
    const levels = [first, second].map((frame) => findBiasLevel(before, effectiveFacts(frame))?.level)
    const [one, other] = levels
    if (one === undefined || other === undefined) return skip('No bias frame could be measured.')
    const room = openStripRoom(context)
    return {
      flats: [first, second],
      bias: [one, other],
      block: Number(step.parameters['block']),
      readRows: (frame, top, height) =>
        readRawWindow(room, frame, { left: 0, top, width: frame.width, height }),
    }
  },
  compute: async ({ flats: [first, second], bias, block, readRows }, task) => {
    const { width, height } = first
    const blocks = createRatioBlocks({ width, height, block }, bias)
    const step = rowsAtATime(first)
    for (let top = 0; top < height; top += step) {
      throwIfAborted(task)
      task.report({ label: first.name, done: top, total: height })
      const rows = Math.min(step, height - top)
      blocks.addRows(top, await readRows(first, top, rows), await readRows(second, top, rows))
    }
    const { ratio, ...map } = blocks.finish()
    return { ...map, block, ratio: Array.from(ratio) }
  },
  save: (result) => Promise.resolve({ result: { ...result }, outputs: [] }),
}
