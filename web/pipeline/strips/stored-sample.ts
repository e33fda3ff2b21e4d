import type { Workspace } from '../../storage/workspace'
import { sampleBands } from './sample-bands'

/** Pixels that stand for a stored plane: the same bands as everywhere, read from the store. */
export const readStoredSample = async (
  workspace: Workspace,
  bytesId: string,
  width: number,
  height: number,
): Promise<Float32Array> => {
  const bands = sampleBands(width, height)
  const rows = bands.reduce((sum, { top, bottom }) => sum + bottom - top, 0)
  const sample = new Float32Array(rows * width)
  let at = 0
  for (const { top, bottom } of bands) {
    const bytes = new Uint8Array(sample.buffer, at * 4, (bottom - top) * width * 4)
    await workspace.pixels.readInto(bytesId, top * width * 4, bytes)
    at += (bottom - top) * width
  }
  return sample
}
