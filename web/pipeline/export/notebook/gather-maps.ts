import type { MasterRecord } from '../../../core/master'
import type { Workspace } from '../../../storage/workspace'
import type { MapToTake } from './notebook-plan'
import { refuse } from './refuse-recipe'

/** A bit for each pixel, row by row, the first in the highest bit, as numpy.packbits has them. */
const packBits = (mask: Float32Array): Uint8Array<ArrayBuffer> => {
  const bits = new Uint8Array(Math.ceil(mask.length / 8))
  for (let index = 0; index < mask.length; index++)
    if (mask[index] !== 0) bits[index >> 3]! |= 0x80 >> (index & 7)
  return bits
}

/** zlib's format, which Python reads. */
const deflate = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> => {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

const toBase64 = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

const readMap = async (workspace: Workspace, map: MasterRecord, name: string): Promise<MapToTake> => {
  const mask = new Float32Array(map.width * map.height)
  await workspace.pixels.readInto(map.bytesId, 0, new Uint8Array(mask.buffer))
  return { name, record: map, packed: toBase64(await deflate(packBits(mask))) }
}

/** The maps of bad pixels that frames are calibrated with, each as a mask that goes into the notebook as it is. */
export const gatherMaps = async (workspace: Workspace, ids: readonly string[]): Promise<MapToTake[]> => {
  const wanted = [...new Set(ids)]
  const records = await workspace.masters.getMany(wanted)
  if (records.length < wanted.length)
    refuse('a map of bad pixels that it needs is gone from the workspace.', wanted[0] ?? '')
  return Promise.all(
    records.map((map, index) =>
      readMap(workspace, map, records.length === 1 ? 'bad_pixels' : `bad_pixels_${index + 1}`),
    ),
  )
}
