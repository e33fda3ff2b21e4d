/** Marks of a `.Z` file: two bytes, then one with the widest code in its low five bits and the block mode in its highest. */
const HEADER_BYTES = 3
const BLOCK_MODE = 0x80
const CLEAR = 256
const NARROWEST = 9
const WIDEST = 16
const CHUNK_BYTES = 1 << 18

const refuse = (detail: string): never => {
  throw new Error(`LZW data: ${detail}`)
}

/**
 * What Unix compress packed (T. Welch, "A technique for high-performance data compression", 1984; the format of compress 4.0): codes of 9
 * to 16 bits, lowest bit first, in groups of eight that are filled up whenever the width changes. Gives the bytes in pieces, so that the
 * one who asks can stop at a limit: a few bytes can stand for very many. There is no checksum in this format. Throws on a code that
 * cannot be; bytes that are cut off give what came before.
 */
export function* decodeLzw(source: Uint8Array): Generator<Uint8Array> {
  if (source.length < HEADER_BYTES) refuse('the header is cut off')
  const flags = source[2]!
  const widest = flags & 0x1f
  if (widest < NARROWEST || widest > WIDEST) refuse(`codes of ${widest} bits`)
  const blockMode = (flags & BLOCK_MODE) !== 0
  const limit = 1 << widest
  const prefixes = new Uint16Array(limit)
  const suffixes = new Uint8Array(limit)
  const stack = new Uint8Array(limit)
  const firstFree = blockMode ? CLEAR + 1 : CLEAR

  let width = NARROWEST
  let free = firstFree
  // A code of the widest kind is never too large for its width; else the highest code makes the width grow.
  let highest = width === widest ? limit : (1 << width) - 1
  let groupStart = HEADER_BYTES * 8
  let position = groupStart
  let previous = -1
  let first = 0
  const chunk = new Uint8Array(CHUNK_BYTES + limit)
  let held = 0

  const changeWidth = (next: number): void => {
    // The rest of the group of eight codes is padding.
    const group = width * 8
    position = groupStart + Math.ceil((position - groupStart) / group) * group
    groupStart = position
    width = next
    highest = width === widest ? limit : (1 << width) - 1
  }

  for (;;) {
    if (free > highest) changeWidth(width + 1)
    if (position + width > source.length * 8) break
    const byte = position >> 3
    const bits = source[byte]! | ((source[byte + 1] ?? 0) << 8) | ((source[byte + 2] ?? 0) << 16)
    const incoming = (bits >> (position & 7)) & ((1 << width) - 1)
    position += width
    if (previous < 0) {
      if (incoming > 255) refuse('the first code is no byte')
      previous = first = incoming
      chunk[held++] = incoming
      continue
    }
    if (incoming === CLEAR && blockMode) {
      // One below the first free code: the entry that the next code makes has no meaning, and is made over.
      free = firstFree - 1
      changeWidth(NARROWEST)
      continue
    }
    let code = incoming
    let depth = 0
    if (code >= free) {
      if (code > free) refuse('a code that was not defined')
      stack[depth++] = first
      code = previous
    }
    while (code > 255) {
      if (depth >= limit) refuse('a string without end')
      stack[depth++] = suffixes[code]!
      code = prefixes[code]!
    }
    first = code
    chunk[held++] = first
    while (depth > 0) chunk[held++] = stack[--depth]!
    if (free < limit) {
      prefixes[free] = previous
      suffixes[free] = first
      free++
    }
    previous = incoming
    if (held >= CHUNK_BYTES) {
      yield chunk.slice(0, held)
      held = 0
    }
  }
  if (held > 0) yield chunk.slice(0, held)
}
