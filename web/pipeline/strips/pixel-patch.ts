import { AsterismError } from '../../core/errors'

/** Pixels of a frame that something else stands in place of, in the order of their indices. */
export interface PixelPatch {
  readonly indices: Uint32Array
  readonly values: Float32Array
}

/** As bytes: their number, the indices, the values; little-endian. */
export const packPatch = ({ indices, values }: PixelPatch): Uint8Array<ArrayBuffer> => {
  const buffer = new ArrayBuffer(4 + 8 * indices.length)
  new Uint32Array(buffer, 0, 1)[0] = indices.length
  new Uint32Array(buffer, 4, indices.length).set(indices)
  new Float32Array(buffer, 4 + 4 * indices.length, values.length).set(values)
  return new Uint8Array(buffer)
}

/** A patch out of its bytes; they may have come with a project, so what they claim is held against how many there are. */
export const unpackPatch = (bytes: Uint8Array<ArrayBuffer>): PixelPatch => {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  const count = aligned.length < 4 ? 0 : (new Uint32Array(aligned.buffer, aligned.byteOffset, 1)[0] ?? 0)
  if (aligned.length < 4 + 8 * count)
    throw new AsterismError(
      'storage',
      `The replaced pixels of this frame are damaged: ${aligned.length} bytes do not hold ${count} of them. Calibrate it again.`,
      { bytes: aligned.length, count },
    )
  return {
    indices: new Uint32Array(aligned.buffer, aligned.byteOffset + 4, count),
    values: new Float32Array(aligned.buffer, aligned.byteOffset + 4 + 4 * count, count),
  }
}

/** What a mask says was changed, as a patch. */
export const makePatch = (mask: Uint8Array, data: Float32Array): PixelPatch => {
  let count = 0
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) count++
  const [indices, values] = [new Uint32Array(count), new Float32Array(count)]
  let at = 0
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue
    indices[at] = i
    values[at++] = data[i]!
  }
  return { indices, values }
}

/** First place of a value that is not below `wanted` in ascending order. */
const lowerBound = (sorted: Uint32Array, wanted: number): number => {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if (sorted[middle]! < wanted) from = middle + 1
    else to = middle
  }
  return from
}

/** Puts the replaced values, times `scale`, into pixels that begin with index `first` of the frame. */
export const applyPatch = (
  { indices, values }: PixelPatch,
  { first, scale }: { readonly first: number; readonly scale: number },
  target: Float32Array,
): void => {
  const end = first + target.length
  for (let at = lowerBound(indices, first); at < indices.length && indices[at]! < end; at++)
    target[indices[at]! - first] = scale * values[at]!
}
