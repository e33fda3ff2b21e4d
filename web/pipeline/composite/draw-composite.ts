import type { CompositeLook } from '../../core/composite'
import { throwIfAborted, type Task } from '../../core/task'
import { composeColours } from '../../science/colour/compose-colours'
import { toBytes, toWords } from '../../science/colour/quantise-colours'
import { letMessagesIn } from '../strips/let-messages-in'

/** Pixels between looks at whether to go on. */
const BATCH = 1 << 18

/** Red, green and blue of each pixel one after the other, the first row of a screen first. */
export interface DrawnPicture {
  readonly width: number
  readonly height: number
  readonly bits: 8 | 16
  readonly samples: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>
}

export interface PlanesToDraw {
  readonly width: number
  readonly height: number
  readonly planes: readonly Float32Array[]
}

/** A picture as its look says, rows from the top of a screen down: the frame's own first row is the lowest, as FITS has it and as the viewer shows it. */
export const drawComposite = async (
  { width, height, planes }: PlanesToDraw,
  look: CompositeLook,
  { bits }: { readonly bits: 8 | 16 },
  task: Task,
): Promise<DrawnPicture> => {
  const count = 3 * width * height
  const samples = bits === 8 ? new Uint8Array(count) : new Uint16Array(count)
  const rows = Math.max(1, Math.floor(BATCH / width))
  for (let top = 0; top < height; top += rows) {
    throwIfAborted(task)
    task.report({ label: 'draw-picture', done: top, total: height })
    const bottom = Math.min(height, top + rows)
    const colours = composeColours(planes, look, { from: top * width, to: bottom * width })
    const whole = bits === 8 ? toBytes(colours) : toWords(colours)
    for (let row = top; row < bottom; row++) {
      const from = 3 * width * (row - top)
      const into = height - 1 - row
      samples.set(whole.subarray(from, from + 3 * width), 3 * width * into)
    }
    await letMessagesIn()
  }
  return { width, height, bits, samples }
}
