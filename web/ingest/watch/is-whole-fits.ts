import { readNumber, type Header } from '../../core/header'
import { parseHeader } from '../../science/fits'
import { sniff, SNIFF_LENGTH } from '../sniff'

const BLOCK = 2880
const CARD = 80
/** A header of more than this is none that a camera writes. */
const MOST_HEADER_BYTES = 4 * 1024 * 1024
const MOST_HDUS = 2000
/** FITS standard 4.0, section 4.4.1.1. */
const MOST_AXES = 999
const READ_BYTES = 16 * BLOCK

/** Bytes of the data unit that a header announces (FITS standard 4.0, equations 1 and 2), without its padding. */
const dataBytes = (header: Header): number => {
  const count = readNumber(header, 'NAXIS') ?? 0
  if (!(count <= MOST_AXES)) return 0
  const axes = Array.from({ length: count }, (_, axis) =>
    Math.max(0, readNumber(header, `NAXIS${axis + 1}`) ?? 0),
  )
  if (axes.length === 0) return 0
  const groups = axes[0] === 0 && header.some(({ keyword, value }) => keyword === 'GROUPS' && value === true)
  const elements = (groups ? axes.slice(1) : axes).reduce((product, axis) => product * axis, 1)
  const groupCount = readNumber(header, 'GCOUNT') ?? 1
  const heap = readNumber(header, 'PCOUNT') ?? 0
  const bytes = (Math.abs(readNumber(header, 'BITPIX') ?? 0) / 8) * groupCount * (heap + elements)
  // A header that is wrong announces nothing that could be waited for.
  return bytes > 0 ? bytes : 0
}

const isEnd = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x45 && bytes[at + 1] === 0x4e && bytes[at + 2] === 0x44 && (bytes[at + 3] ?? 0x20) === 0x20

/** The header at an offset and where its data begin; null where the file ends before it does. */
const readHeaderAt = async (file: Blob, offset: number): Promise<{ header: Header; end: number } | null> => {
  // What reads headers tells the first of a file from the others by what lies before it.
  const before = Math.min(offset, BLOCK)
  for (let length = READ_BYTES; ; length *= 4) {
    const bytes = new Uint8Array(await file.slice(offset - before, offset + length).arrayBuffer())
    for (let at = before; at + CARD <= bytes.length; at += CARD) {
      if (!isEnd(bytes, at)) continue
      const { header } = parseHeader(bytes, before)
      return { header, end: offset + Math.ceil((at + CARD - before) / BLOCK) * BLOCK }
    }
    if (bytes.length < before + length || length > MOST_HEADER_BYTES) return null
  }
}

/**
 * Whether a file has as many bytes as its headers announce: a camera that is still writing one has fewer. Only headers are read.
 * The padding of the last block may be missing. What is no plain FITS file (a packed one) cannot be asked, and counts as whole.
 */
export const isWholeFits = async (file: Blob): Promise<boolean> => {
  const kind = sniff(new Uint8Array(await file.slice(0, SNIFF_LENGTH).arrayBuffer()))
  if (kind === 'empty') return false
  if (kind !== 'fits') return true
  let offset = 0
  for (let index = 0; index < MOST_HDUS; index++) {
    const found = await readHeaderAt(file, offset)
    if (found === null) return false
    const data = dataBytes(found.header)
    if (found.end + data > file.size) return false
    offset = found.end + Math.ceil(data / BLOCK) * BLOCK
    if (offset >= file.size) return true
    const next = new Uint8Array(await file.slice(offset, offset + 8).arrayBuffer())
    // What follows without being an extension is no part of the standard and nothing to wait for.
    if (String.fromCharCode(...next) !== 'XTENSION') return true
  }
  return true
}
