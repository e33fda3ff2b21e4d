/**
 * Rice coding of 16-bit pictures, a row to a tile, as in "A FITS Image Compression Proposal" (White, Greenfield,
 * Pence, Tody 1999) and the FITS standard 4.0, section 10.4.1: so that a compressed frame is there where no packer is.
 */
import { writeFileSync } from 'node:fs'
import { formatHeader, paddedLength } from './fits-file.mjs'

const BLOCK_SIZE = 32
/** For 16-bit numbers: bits that say how a block is coded, and the largest split that is coded. */
const SPLIT_BITS = 4
const LARGEST_SPLIT = 14

class BitWriter {
  /** @param {number} bytes upper limit of what will be written */
  constructor(bytes) {
    this.bytes = new Uint8Array(bytes)
    this.length = 0
    this.held = 0
    this.count = 0
  }

  /**
   * @param {number} value
   * @param {number} bits at most 16
   */
  write(value, bits) {
    this.held = ((this.held << bits) | (value & ((1 << bits) - 1))) >>> 0
    this.count += bits
    while (this.count >= 8) {
      this.count -= 8
      this.bytes[this.length] = (this.held >>> this.count) & 0xff
      this.length += 1
    }
    this.held &= (1 << this.count) - 1
  }

  /** @param {number} zeros so many zeros and a one */
  writeUnary(zeros) {
    let left = zeros
    for (; left >= 16; left -= 16) this.write(0, 16)
    this.write(1, left + 1)
  }

  finish() {
    if (this.count > 0) this.write(0, 8 - this.count)
    return this.bytes.subarray(0, this.length)
  }
}

/**
 * @param {BitWriter} out
 * @param {Uint16Array} mapped differences, folded so that small ones of either sign are small
 */
const writeBlock = (out, mapped) => {
  let sum = 0
  for (const value of mapped) sum += value
  const mean = Math.max(0, (sum - mapped.length / 2 - 1) / mapped.length)
  let split = 0
  for (let rest = Math.trunc(mean) >> 1; rest > 0; rest >>= 1) split += 1
  if (split >= LARGEST_SPLIT) {
    out.write(LARGEST_SPLIT + 1, SPLIT_BITS)
    for (const value of mapped) out.write(value, 16)
    return
  }
  if (split === 0 && sum === 0) {
    out.write(0, SPLIT_BITS)
    return
  }
  out.write(split + 1, SPLIT_BITS)
  for (const value of mapped) {
    out.writeUnary(value >>> split)
    if (split > 0) out.write(value, split)
  }
}

/** @param {Int16Array} row */
const encodeRow = (row) => {
  // A block of the worst kind takes 4 + 16 * 32 bits; unary codes stay below that by the choice of the split, twice over.
  const out = new BitWriter(16 + 8 * row.length)
  out.write(row[0] ?? 0, 16)
  let last = row[0] ?? 0
  for (let start = 0; start < row.length; start += BLOCK_SIZE) {
    const mapped = new Uint16Array(Math.min(BLOCK_SIZE, row.length - start))
    for (let index = 0; index < mapped.length; index += 1) {
      const value = row[start + index] ?? 0
      // Wraps as 16-bit arithmetic does, and so does what decodes it.
      const difference = ((value - last) << 16) >> 16
      mapped[index] = difference < 0 ? ~(difference << 1) : difference << 1
      last = value
    }
    writeBlock(out, mapped)
  }
  return out.finish()
}

/**
 * @param {string} path
 * @param {{ width: number, height: number, data: Uint16Array }} image
 * @param {readonly (readonly [string, import('./fits-file.mjs').CardValue])[]} [cards]
 */
export const writeRice = (path, { width, height, data }, cards = []) => {
  const signed = new Int16Array(data.length)
  for (let index = 0; index < data.length; index += 1) signed[index] = (data[index] ?? 0) - 32_768
  const rows = Array.from({ length: height }, (_, row) =>
    encodeRow(signed.subarray(row * width, (row + 1) * width)).slice(),
  )
  const heap = rows.reduce((sum, row) => sum + row.length, 0)
  const table = Buffer.alloc(8 * height)
  let offset = 0
  rows.forEach((row, index) => {
    table.writeInt32BE(row.length, 8 * index)
    table.writeInt32BE(offset, 8 * index + 4)
    offset += row.length
  })
  const header = formatHeader([
    ['XTENSION', 'BINTABLE'],
    ['BITPIX', 8],
    ['NAXIS', 2],
    ['NAXIS1', 8],
    ['NAXIS2', height],
    ['PCOUNT', heap],
    ['GCOUNT', 1],
    ['TFIELDS', 1],
    ['TTYPE1', 'COMPRESSED_DATA'],
    ['TFORM1', `1PB(${Math.max(...rows.map((row) => row.length))})`],
    ['ZIMAGE', true],
    ['ZTILE1', width],
    ['ZTILE2', 1],
    ['ZCMPTYPE', 'RICE_1'],
    ['ZNAME1', 'BLOCKSIZE'],
    ['ZVAL1', BLOCK_SIZE],
    ['ZNAME2', 'BYTEPIX'],
    ['ZVAL2', 2],
    ['ZSIMPLE', true],
    ['ZBITPIX', 16],
    ['ZNAXIS', 2],
    ['ZNAXIS1', width],
    ['ZNAXIS2', height],
    ['BZERO', 32_768],
    ['BSCALE', 1],
    ...cards,
  ])
  const primary = formatHeader([
    ['SIMPLE', true],
    ['BITPIX', 8],
    ['NAXIS', 0],
    ['EXTEND', true],
  ])
  const used = table.length + heap
  writeFileSync(
    path,
    Buffer.concat([primary, header, table, ...rows, Buffer.alloc(paddedLength(used) - used)]),
  )
}
