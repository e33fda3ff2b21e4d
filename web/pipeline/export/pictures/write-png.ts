import type { DrawnPicture } from '../../composite/draw-composite'
import { deflate, joinBytes } from './deflate'

/** What is written beside the pixels, by keyword; a keyword has at most 79 letters of Latin 1. */
export interface PictureText {
  readonly keyword: string
  readonly text: string
}

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10)

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1
  return crc
})

const checksum = (bytes: Uint8Array): number => {
  let crc = 0xffff_ffff
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8)
  return (crc ^ 0xffff_ffff) >>> 0
}

const makeChunk = (type: string, data: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  for (let letter = 0; letter < 4; letter++) bytes[4 + letter] = type.charCodeAt(letter)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, checksum(bytes.subarray(4, 8 + data.length)))
  return bytes
}

/** A text of any letters, as it is: keyword, not compressed, no language. */
const makeText = ({ keyword, text }: PictureText): Uint8Array => {
  const encoder = new TextEncoder()
  return makeChunk(
    'iTXt',
    joinBytes([encoder.encode(keyword.slice(0, 79)), new Uint8Array(5), encoder.encode(text)]),
  )
}

const paeth = (left: number, up: number, corner: number): number => {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** Rows with each byte less what is foreseen of it (filter 4, Paeth), which packs a picture of the sky a third smaller. */
const filterRows = (bytes: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array<ArrayBuffer> => {
  const rows = bytes.length / rowBytes
  const filtered = new Uint8Array(rows * (rowBytes + 1))
  for (let row = 0; row < rows; row++) {
    const from = row * rowBytes
    const into = row * (rowBytes + 1)
    filtered[into] = 4
    for (let at = 0; at < rowBytes; at++) {
      const left = at < pixelBytes ? 0 : bytes[from + at - pixelBytes]!
      const up = row === 0 ? 0 : bytes[from + at - rowBytes]!
      const corner = at < pixelBytes || row === 0 ? 0 : bytes[from + at - rowBytes - pixelBytes]!
      filtered[into + 1 + at] = bytes[from + at]! - paeth(left, up, corner)
    }
  }
  return filtered
}

/** 16-bit samples with the higher byte first. */
const bytesOf = ({ samples }: DrawnPicture): Uint8Array => {
  if (samples instanceof Uint8Array) return samples
  const bytes = new Uint8Array(2 * samples.length)
  const view = new DataView(bytes.buffer)
  for (const [index, sample] of samples.entries()) view.setUint16(2 * index, sample)
  return bytes
}

/** A PNG (W3C, third edition) of 8 or 16 bits a colour, marked as sRGB, with texts. */
export const writePng = async (
  picture: DrawnPicture,
  texts: readonly PictureText[],
): Promise<Uint8Array<ArrayBuffer>> => {
  const { width, height, bits } = picture
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header.set([bits, 2, 0, 0, 0], 8)
  const pixelBytes = (3 * bits) / 8
  const packed = await deflate(filterRows(bytesOf(picture), width * pixelBytes, pixelBytes))
  return joinBytes([
    SIGNATURE,
    makeChunk('IHDR', header),
    // Perceptual rendering.
    makeChunk('sRGB', Uint8Array.of(0)),
    ...texts.map(makeText),
    makeChunk('IDAT', packed),
    makeChunk('IEND', new Uint8Array(0)),
  ])
}
