import type { DrawnPicture } from '../../composite/draw-composite'
import { deflate, joinBytes } from './deflate'
import { makeSrgbProfile } from './srgb-profile'

/** Bytes of a strip before it is packed. */
const STRIP_BYTES = 1 << 20

/** Tags of TIFF 6.0 (Adobe 1992) and its supplements, and the types of their values. */
const [ASCII, SHORT, LONG, BYTE, UNDEFINED] = [2, 3, 4, 1, 7] as const
const SIZES: Readonly<Record<number, number>> = {
  [ASCII]: 1,
  [SHORT]: 2,
  [LONG]: 4,
  [BYTE]: 1,
  [UNDEFINED]: 1,
}

interface Tag {
  readonly code: number
  readonly type: number
  readonly values: readonly number[] | Uint8Array
}

/** Each sample less that of the pixel to its left (predictor 2), little-endian. */
const differRow = ({ samples, width }: DrawnPicture, row: number): Uint8Array => {
  const from = 3 * width * row
  const own = samples.slice(from, from + 3 * width)
  for (let at = own.length - 1; at >= 3; at--) own[at] = own[at]! - own[at - 3]!
  if (own instanceof Uint8Array) return own
  const bytes = new Uint8Array(2 * own.length)
  const view = new DataView(bytes.buffer)
  for (const [index, sample] of own.entries()) view.setUint16(2 * index, sample, true)
  return bytes
}

/** Text of a tag: letters of ASCII and a zero; what is no ASCII is told as UTF-8, which readers take. */
const textOf = (text: string): Uint8Array => joinBytes([new TextEncoder().encode(text), new Uint8Array(1)])

export interface TiffWords {
  /** ImageDescription: the provenance as text. */
  readonly description: string
  readonly artist: string
  readonly software: string
  readonly xmp: string
}

/**
 * A TIFF of 8 or 16 bits a colour in strips, packed without loss (Adobe deflate with horizontal differences), with a profile that says sRGB, and
 * with texts.
 */
export const writeTiff = async (
  picture: DrawnPicture,
  { description, artist, software, xmp }: TiffWords,
): Promise<Uint8Array<ArrayBuffer>> => {
  const { width, height, bits } = picture
  const rowBytes = (3 * width * bits) / 8
  const rows = Math.max(1, Math.floor(STRIP_BYTES / rowBytes))
  const strips: Uint8Array[] = []
  for (let top = 0; top < height; top += rows) {
    const lines = Array.from({ length: Math.min(rows, height - top) }, (_, row) =>
      differRow(picture, top + row),
    )
    strips.push(await deflate(joinBytes(lines)))
  }
  const offsets: number[] = []
  let at = 8
  for (const { length } of strips) {
    offsets.push(at)
    at += length + (length & 1)
  }
  const tags: Tag[] = [
    { code: 256, type: LONG, values: [width] },
    { code: 257, type: LONG, values: [height] },
    { code: 258, type: SHORT, values: [bits, bits, bits] },
    { code: 259, type: SHORT, values: [8] },
    { code: 262, type: SHORT, values: [2] },
    { code: 270, type: ASCII, values: textOf(description) },
    { code: 273, type: LONG, values: offsets },
    { code: 277, type: SHORT, values: [3] },
    { code: 278, type: LONG, values: [rows] },
    { code: 279, type: LONG, values: strips.map(({ length }) => length) },
    { code: 284, type: SHORT, values: [1] },
    { code: 305, type: ASCII, values: textOf(software) },
    { code: 315, type: ASCII, values: textOf(artist) },
    { code: 317, type: SHORT, values: [2] },
    { code: 700, type: BYTE, values: new TextEncoder().encode(xmp) },
    { code: 34675, type: UNDEFINED, values: makeSrgbProfile() },
  ]
  const padded = strips.flatMap((strip) => [strip, new Uint8Array(strip.length & 1)])
  return joinBytes([startFile(at), ...padded, writeDirectory(tags, at)])
}

const startFile = (directory: number): Uint8Array => {
  const bytes = Uint8Array.of(0x49, 0x49, 42, 0, 0, 0, 0, 0)
  new DataView(bytes.buffer).setUint32(4, directory, true)
  return bytes
}

const writeValues = (view: DataView, at: number, { type, values }: Tag): void => {
  for (const [index, value] of values.entries()) {
    if (type === SHORT) view.setUint16(at + 2 * index, value, true)
    else if (type === LONG) view.setUint32(at + 4 * index, value, true)
    else view.setUint8(at + index, value)
  }
}

/** The directory, and behind it the values that are longer than four bytes. */
const writeDirectory = (tags: readonly Tag[], start: number): Uint8Array => {
  const weights = tags.map(({ type, values }) => SIZES[type]! * values.length)
  const fixedPart = 2 + 12 * tags.length + 4
  const length = weights.reduce((sum, weight) => sum + (weight > 4 ? weight + (weight & 1) : 0), fixedPart)
  const view = new DataView(new ArrayBuffer(length))
  view.setUint16(0, tags.length, true)
  let behind = fixedPart
  for (const [index, tag] of tags.entries()) {
    const entry = 2 + 12 * index
    const weight = weights[index]!
    view.setUint16(entry, tag.code, true)
    view.setUint16(entry + 2, tag.type, true)
    view.setUint32(entry + 4, tag.values.length, true)
    if (weight <= 4) writeValues(view, entry + 8, tag)
    else {
      view.setUint32(entry + 8, start + behind, true)
      writeValues(view, behind, tag)
      behind += weight + (weight & 1)
    }
  }
  return new Uint8Array(view.buffer)
}
