import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs'

const BLOCK = 2880
const CARD = 80

/** @typedef {string | number | boolean} CardValue */

/**
 * @param {string} keyword
 * @param {CardValue} value
 */
const formatCard = (keyword, value) => {
  if (typeof value === 'string') return `${keyword.padEnd(8)}= '${value.padEnd(8)}'`.padEnd(CARD)
  const text = typeof value === 'boolean' ? (value ? 'T' : 'F') : String(value).toUpperCase()
  return `${keyword.padEnd(8)}= ${text.padStart(20)}`.padEnd(CARD)
}

/** @param {readonly (readonly [string, CardValue])[]} cards */
export const formatHeader = (cards) => {
  const text = `${cards.map(([keyword, value]) => formatCard(keyword, value)).join('')}${'END'.padEnd(CARD)}`
  return Buffer.from(text.padEnd(Math.ceil(text.length / BLOCK) * BLOCK), 'latin1')
}

/** @param {number} bytes */
export const paddedLength = (bytes) => Math.ceil(bytes / BLOCK) * BLOCK

/**
 * One picture of unsigned 16-bit numbers, kept as signed ones with BZERO, as cameras write them.
 * @param {string} path
 * @param {{ width: number, height: number, data: Uint16Array }} image
 * @param {readonly (readonly [string, CardValue])[]} [cards]
 */
export const writeUint16 = (path, { width, height, data }, cards = []) => {
  const header = formatHeader([
    ['SIMPLE', true],
    ['BITPIX', 16],
    ['NAXIS', 2],
    ['NAXIS1', width],
    ['NAXIS2', height],
    ['BZERO', 32_768],
    ['BSCALE', 1],
    ...cards,
  ])
  const bytes = new Uint16Array(paddedLength(2 * data.length) / 2)
  for (let index = 0; index < data.length; index += 1) bytes[index] = (data[index] ?? 0) ^ 0x8000
  writeFileSync(path, Buffer.concat([header, Buffer.from(bytes.buffer).swap16()]))
}

/**
 * @param {string} path
 * @param {{ width: number, height: number, data: Float32Array }} image
 * @param {readonly (readonly [string, CardValue])[]} [cards]
 */
export const writeFloat32 = (path, { width, height, data }, cards = []) => {
  const header = formatHeader([
    ['SIMPLE', true],
    ['BITPIX', -32],
    ['NAXIS', 2],
    ['NAXIS1', width],
    ['NAXIS2', height],
    ...cards,
  ])
  const values = new Float32Array(paddedLength(4 * data.length) / 4)
  values.set(data)
  writeFileSync(path, Buffer.concat([header, Buffer.from(values.buffer).swap32()]))
}

/**
 * @typedef {object} OpenImage
 * @property {number} width
 * @property {number} height
 * @property {number} bitpix 16 or -32
 * @property {number} zero added to each stored number
 * @property {number} dataOffset
 * @property {Map<string, string>} cards values as they are written, without quotes
 */

/**
 * The header of a plain picture: what the frames of the bench are, and no more than that.
 * @param {string} path
 * @returns {OpenImage}
 */
export const readHeader = (path) => {
  const file = openSync(path, 'r')
  const cards = new Map()
  let offset = 0
  try {
    for (let ended = false; !ended; offset += BLOCK) {
      const block = Buffer.alloc(BLOCK)
      if (readSync(file, block, 0, BLOCK, offset) < BLOCK) throw new Error(`${path} ends within its header`)
      for (let at = 0; at < BLOCK && !ended; at += CARD) {
        const text = block.toString('latin1', at, at + CARD)
        ended = text.startsWith('END ')
        const match = /^([\w-]+) *= *(?:'([^']*)'|([^/ ]+))/.exec(text)
        if (match !== null) cards.set(match[1] ?? '', (match[2] ?? match[3] ?? '').trim())
      }
    }
  } finally {
    closeSync(file)
  }
  const number = (/** @type {string} */ keyword, /** @type {number} */ otherwise) =>
    cards.has(keyword) ? Number(cards.get(keyword)) : otherwise
  const bitpix = number('BITPIX', 0)
  if (bitpix !== 16 && bitpix !== -32) throw new Error(`${path} has BITPIX ${bitpix}, not 16 or -32`)
  return {
    width: number('NAXIS1', 0),
    height: number('NAXIS2', 0),
    bitpix,
    zero: number('BZERO', 0),
    dataOffset: offset,
    cards,
  }
}

/**
 * All values, or those of some pixels.
 * @param {string} path
 * @param {readonly number[]} [at] indices of pixels, row by row
 */
export const readValues = (path, at) => {
  const { width, height, bitpix, zero, dataOffset } = readHeader(path)
  const bytes = readFileSync(path)
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataOffset)
  const read =
    bitpix === 16
      ? (/** @type {number} */ index) => view.getInt16(2 * index) + zero
      : (/** @type {number} */ index) => view.getFloat32(4 * index)
  if (at !== undefined) return Float32Array.from(at, read)
  const values = new Float32Array(width * height)
  for (let index = 0; index < values.length; index += 1) values[index] = read(index)
  return values
}
