import { AsterismError } from '../../core/errors'
import { throwIfAborted } from '../../core/task'
import { divideByLevel } from '../../science/calibration/scale-flat'
import type { StepContext } from '../step'
import { letMessagesIn } from './let-messages-in'
import { measureLevel } from './measure-level'
import { readStoredSample } from './stored-sample'

const STRIP_BYTES = 16 * 1024 * 1024

interface StoredFlat {
  readonly width: number
  readonly height: number
  /** Where the combined planes are, and where the relative response goes. */
  readonly from: string
  readonly to: string
}

/** Divides a stored combined flat by its level, strip by strip, so that a flat larger than the memory can be made too. */
export const scaleStoredFlat = async (flat: StoredFlat, context: StepContext): Promise<void> => {
  const { width, height, from, to } = flat
  const { workspace, task } = context
  const { median: level } = await measureLevel(
    context,
    await readStoredSample(workspace, from, width, height),
  )
  if (!(level > 0))
    throw new AsterismError('bad-header', 'The flats hold no light, so no flat field can be made from them.')
  const total = width * height
  const step = Math.max(width, Math.floor(STRIP_BYTES / 4 / width) * width)
  for (let at = 0; at < total; at += step) {
    throwIfAborted(task)
    const length = Math.min(step, total - at)
    const [data, uncertainty] = [new Float32Array(length), new Float32Array(length)]
    await workspace.pixels.readInto(from, at * 4, new Uint8Array(data.buffer))
    await workspace.pixels.readInto(from, (total + at) * 4, new Uint8Array(uncertainty.buffer))
    divideByLevel(data, uncertainty, level)
    await workspace.pixels.writePiece(to, at * 4, new Uint8Array(data.buffer))
    await workspace.pixels.writePiece(to, (total + at) * 4, new Uint8Array(uncertainty.buffer))
    await letMessagesIn()
  }
  await workspace.pixels.sealPieces(to, total * 8)
  await workspace.pixels.delete(from)
}
