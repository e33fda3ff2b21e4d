import { Bzip2Bits } from './bzip2-bits'

/**
 * bzip2 (J. Seward; the format as bzip2 1.0 writes it), written here because the packages there are need Node's Buffer and give their
 * output whole, so that a few bytes can fill the memory before anyone may say stop.
 */
const BLOCK_UNIT = 100_000
const GROUP_LENGTH = 50
const MOST_CODE_BITS = 20
const BLOCK_MARK = [0x314159, 0x265359] as const
const END_MARK = [0x177245, 0x385090] as const
const [RUN_A, RUN_B] = [0, 1]

const refuse = (detail: string): never => {
  throw new Error(`bzip2 data: ${detail}`)
}

/** CRC-32 as bzip2 has it: polynomial 0x04C11DB7, highest bit first. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ 0x04c1_1db7 : value << 1
  return value >>> 0
})

/** Which bytes occur in the block. */
const readSymbols = (bits: Bzip2Bits): Uint8Array => {
  const used = bits.read(16)
  const symbols: number[] = []
  for (let high = 0; high < 16; high++) {
    if (((used >> (15 - high)) & 1) === 0) continue
    const row = bits.read(16)
    for (let low = 0; low < 16; low++) if (((row >> (15 - low)) & 1) === 1) symbols.push(high * 16 + low)
  }
  if (symbols.length === 0) refuse('a block without bytes')
  return Uint8Array.from(symbols)
}

/** Which table of codes holds for each group of fifty symbols. */
const readSelectors = (bits: Bzip2Bits, tables: number): Uint8Array => {
  const count = bits.read(15)
  if (count < 1) refuse('no selectors')
  const order = Array.from({ length: tables }, (_, index) => index)
  const selectors = new Uint8Array(count)
  for (let index = 0; index < count; index++) {
    let place = 0
    while (bits.read(1) === 1) if (++place >= tables) refuse('a selector that there is not')
    const [chosen = 0] = order.splice(place, 1)
    order.unshift(chosen)
    selectors[index] = chosen
  }
  return selectors
}

/** A table of Huffman codes: for each length the largest code, what to subtract from a code to find its place, and symbols in order. */
interface CodeTable {
  readonly largest: Int32Array
  readonly offset: Int32Array
  readonly symbols: Uint16Array
  readonly shortest: number
}

const readCodeTable = (bits: Bzip2Bits, symbols: number): CodeTable => {
  const lengths = new Uint8Array(symbols)
  let length = bits.read(5)
  for (let symbol = 0; symbol < symbols; symbol++) {
    for (;;) {
      if (length < 1 || length > MOST_CODE_BITS) refuse('a code of impossible length')
      if (bits.read(1) === 0) break
      length += bits.read(1) === 0 ? 1 : -1
    }
    lengths[symbol] = length
  }
  const counts = new Int32Array(MOST_CODE_BITS + 2)
  for (const each of lengths) counts[each]!++
  const ordered = new Uint16Array(symbols)
  const largest = new Int32Array(MOST_CODE_BITS + 2).fill(-1)
  const offset = new Int32Array(MOST_CODE_BITS + 2)
  let [code, at] = [0, 0]
  for (let size = 1; size <= MOST_CODE_BITS; size++) {
    offset[size] = code - at
    for (let symbol = 0; symbol < symbols; symbol++) if (lengths[symbol] === size) ordered[at++] = symbol
    code += counts[size]!
    if (counts[size]! > 0) largest[size] = code - 1
    code <<= 1
  }
  return { largest, offset, symbols: ordered, shortest: Math.min(...lengths) }
}

const readSymbol = (bits: Bzip2Bits, table: CodeTable): number => {
  let size = table.shortest
  let code = bits.read(size)
  while (code > table.largest[size]!) {
    if (++size > MOST_CODE_BITS) refuse('a code that was not defined')
    code = (code << 1) | bits.read(1)
  }
  return table.symbols[code - table.offset[size]!] ?? refuse('a code that was not defined')
}

/** The sorted column of a block: its bytes in the low eight bits, to be threaded in the high ones. */
const readColumn = (bits: Bzip2Bits, column: Uint32Array): number => {
  const symbols = readSymbols(bits)
  const tables = bits.read(3)
  if (tables < 2 || tables > 6) refuse(`${tables} tables of codes`)
  const selectors = readSelectors(bits, tables)
  const end = symbols.length + 1
  const codes = Array.from({ length: tables }, () => readCodeTable(bits, symbols.length + 2))
  let [length, group, left] = [0, 0, 0]
  let [run, step] = [0, 1]
  let table: CodeTable | undefined
  for (;;) {
    if (left === 0) {
      table = codes[selectors[group++] ?? -1]
      left = GROUP_LENGTH
    }
    if (table === undefined) return refuse('more symbols than selectors')
    left--
    const symbol = readSymbol(bits, table)
    if (symbol === RUN_A || symbol === RUN_B) {
      run += symbol === RUN_A ? step : 2 * step
      step *= 2
      if (run > column.length) refuse('a run that is longer than its block')
      continue
    }
    if (run > 0) {
      if (length + run > column.length) refuse('a block that is too long')
      column.fill(symbols[0]!, length, length + run)
      length += run
      run = 0
      step = 1
    }
    if (symbol === end) return length
    if (length >= column.length) refuse('a block that is too long')
    const byte = symbols[symbol - 1]!
    symbols.copyWithin(1, 0, symbol - 1)
    symbols[0] = byte
    column[length++] = byte
  }
}

/** Undoes the Burrows-Wheeler transform: makes of the column a list in which each entry names the next. */
const threadColumn = (column: Uint32Array, length: number): void => {
  const starts = new Int32Array(256)
  for (let index = 0; index < length; index++) starts[column[index]! & 0xff]!++
  let sum = 0
  for (let byte = 0; byte < 256; byte++) {
    const count = starts[byte]!
    starts[byte] = sum
    sum += count
  }
  for (let index = 0; index < length; index++) {
    const byte = column[index]! & 0xff
    column[starts[byte]!++]! |= index << 8
  }
}

const CHUNK_BYTES = 1 << 20

/** The bytes of one block, in pieces: four alike and a number stand for a run. Returns their sum. */
function* expandBlock(column: Uint32Array, length: number, origin: number): Generator<Uint8Array, number> {
  let chunk = new Uint8Array(CHUNK_BYTES)
  let held = 0
  let crc = 0xffff_ffff
  let [entry, alike, before] = [column[origin]!, 0, -1]
  for (let index = 0; index < length; index++) {
    entry = column[entry >>> 8]!
    const byte = entry & 0xff
    const times = alike === 4 ? byte : 1
    const value = alike === 4 ? before : byte
    if (held + times > CHUNK_BYTES) {
      yield chunk.subarray(0, held)
      chunk = new Uint8Array(CHUNK_BYTES)
      held = 0
    }
    for (let time = 0; time < times; time++) {
      chunk[held++] = value
      crc = ((crc << 8) ^ CRC_TABLE[(crc >>> 24) ^ value]!) >>> 0
    }
    if (alike === 4) {
      alike = 0
      before = -1
    } else {
      alike = byte === before ? alike + 1 : 1
      before = byte
    }
  }
  if (held > 0) yield chunk.subarray(0, held)
  return ~crc >>> 0
}

const NOTHING = new Uint8Array(0)

/** One stream: blocks up to the end mark, each with its checksum, and one over all. */
function* decodeStream(bits: Bzip2Bits, lend: (length: number) => Uint32Array): Generator<Uint8Array> {
  if (bits.read(16) !== 0x425a || bits.read(8) !== 0x68) refuse('no mark at its beginning')
  const level = bits.read(8) - 0x30
  if (level < 1 || level > 9) refuse(`level ${level}`)
  let combined = 0
  for (;;) {
    const mark = [bits.read(24), bits.read(24)]
    if (mark[0] === END_MARK[0] && mark[1] === END_MARK[1]) {
      if (bits.readWord() !== combined) refuse('its checksum does not fit')
      return
    }
    if (mark[0] !== BLOCK_MARK[0] || mark[1] !== BLOCK_MARK[1]) refuse('no mark before a block')
    const stated = bits.readWord()
    if (bits.read(1) === 1) refuse('a randomised block, which only bzip2 0.9 wrote')
    const origin = bits.read(24)
    const column = lend(level * BLOCK_UNIT)
    const length = readColumn(bits, column)
    if (origin >= length) refuse('a block that begins outside itself')
    threadColumn(column, length)
    const crc = yield* expandBlock(column, length, origin)
    if (crc !== stated) refuse('the checksum of a block does not fit')
    combined = (((combined << 1) | (combined >>> 31)) ^ crc) >>> 0
  }
}

/** What bzip2 packed, in pieces of a megabyte at most: all streams of the file, one after the other. Throws where it is damaged. */
export function* decodeBzip2(source: Uint8Array): Generator<Uint8Array> {
  let bits = new Bzip2Bits(source, 0)
  // One for all streams, and none for empty ones: a megabyte holds seventy thousand of those.
  let column = new Uint32Array(0)
  const lend = (length: number): Uint32Array => {
    if (column.length < length) column = new Uint32Array(length)
    return column.subarray(0, length)
  }
  do {
    yield* decodeStream(bits, lend)
    // Even where nothing came: whoever asks may want to stop.
    yield NOTHING
    bits.align()
    bits = new Bzip2Bits(source, bits.byte)
    // Bytes behind the last stream are padding, as bzip2 itself has it.
  } while (bits.left >= 4 && source[bits.byte] === 0x42 && source[bits.byte + 1] === 0x5a)
}
