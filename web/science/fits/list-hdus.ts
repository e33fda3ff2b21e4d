import { AsterismError } from '../../core/errors'
import { findCard, readNumber, readText, type Header, type HeaderCard } from '../../core/header'
import { BLOCK_LENGTH, looksLikeHeader, parseHeader } from './parse-header'

export type Bitpix = 8 | 16 | 32 | 64 | -32 | -64

export type HduKind =
  | 'image'
  | 'compressed-image'
  | 'table'
  | 'compressed-table'
  | 'ascii-table'
  | 'random-groups'
  /** An extension of a type that is not known; its data are bytes. */
  | 'other'

/** One header and data unit. */
export interface Hdu {
  /** 0-based. */
  readonly index: number
  readonly kind: HduKind
  readonly name: string | null
  readonly header: HeaderCard[]
  readonly headerOffset: number
  readonly dataOffset: number
  /** Bytes of data without the padding. */
  readonly dataLength: number
  /** Of the image for a compressed image, else of the data unit. */
  readonly bitpix: Bitpix
  /** NAXIS1 first. Of the image for a compressed image, else of the data unit. Empty without data. */
  readonly axes: readonly number[]
}

/** A plane of more pixels than this is refused: as 32-bit floats it would take 2 GiB. */
const MAX_PIXELS = 2 ** 29
const MAX_HDUS = 2000
const MAX_AXES = 999
const BITPIX_VALUES: readonly number[] = [8, 16, 32, 64, -32, -64]

const readBitpix = (header: Header, keyword: string): Bitpix => {
  const value = readNumber(header, keyword)
  if (value === null || !BITPIX_VALUES.includes(value)) {
    throw new AsterismError(
      'bad-header',
      `${keyword} is ${String(value)}; it has to be 8, 16, 32, 64, -32 or -64.`,
      { keyword, value },
    )
  }
  return value as Bitpix
}

const readLength = (header: Header, keyword: string, absent: number | null = null): number => {
  const value = readNumber(header, keyword) ?? absent
  if (value === null || value < 0 || !Number.isInteger(value)) {
    throw new AsterismError(
      'bad-header',
      `${keyword} is ${String(value)}; it has to be a whole number, zero or more.`,
      { keyword, value },
    )
  }
  return value
}

const readAxes = (header: Header, prefix: string): number[] => {
  const count = readLength(header, prefix)
  if (count > MAX_AXES)
    throw new AsterismError('bad-header', `${prefix} is ${count}; at most ${MAX_AXES} axes are possible.`, {
      count,
    })
  return Array.from({ length: count }, (_, axis) => readLength(header, `${prefix}${axis + 1}`))
}

const multiply = (values: readonly number[]): number => values.reduce((product, value) => product * value, 1)

const describeAxes = (axes: readonly number[]): string =>
  axes.map((axis) => axis.toLocaleString('en-US')).join(' x ')

const refuseLargePlane = (axes: readonly number[]): void => {
  const pixels = multiply(axes.slice(0, 2))
  if (pixels <= MAX_PIXELS) return
  throw new AsterismError(
    'too-large',
    `The header claims ${describeAxes(axes)} pixels; at most ${MAX_PIXELS.toLocaleString('en-US')} in a plane can be opened. ` +
      'Check the header, or cut the image into parts first.',
    { pixels, limit: MAX_PIXELS },
  )
}

const classifyHdu = (header: Header, primary: boolean): HduKind => {
  if (primary)
    return findCard(header, 'GROUPS')?.value === true && (readNumber(header, 'NAXIS1') ?? 0) === 0
      ? 'random-groups'
      : 'image'
  switch (readText(header, 'XTENSION')?.toUpperCase()) {
    case 'IMAGE':
    case 'IUEIMAGE':
      return 'image'
    case 'BINTABLE':
    case 'A3DTABLE':
      if (findCard(header, 'ZIMAGE')?.value === true) return 'compressed-image'
      return findCard(header, 'ZTABLE')?.value === true ? 'compressed-table' : 'table'
    case 'TABLE':
      return 'ascii-table'
    default:
      return 'other'
  }
}

/** What writers call a compressed image that has no name of its own. */
const CONVENTIONAL_NAME = 'COMPRESSED_IMAGE'

/** EXTNAME; of a compressed image that has two of them, the one that the image had before. */
const nameHdu = (header: Header, kind: HduKind): string | null => {
  const name = readText(header, 'EXTNAME')
  if (kind !== 'compressed-image' || name !== CONVENTIONAL_NAME) return name
  const own = header.find(
    (card) => card.keyword === 'EXTNAME' && card.value !== null && String(card.value).trim() !== name,
  )
  return own === undefined ? name : String(own.value).trim()
}

/** Bytes of a data unit: |BITPIX|/8 x GCOUNT x (PCOUNT + NAXIS1 x ...), the standard's equation 2; random groups leave NAXIS1 = 0 out. */
const measureData = (header: Header, axes: readonly number[], bitpix: Bitpix, primary: boolean): number => {
  if (axes.length === 0) return 0
  const groups = primary && axes[0] === 0 && findCard(header, 'GROUPS')?.value === true
  if (primary && !groups) return (Math.abs(bitpix) / 8) * multiply(axes)
  const parameters = readLength(header, 'PCOUNT', 0)
  const count = readLength(header, 'GCOUNT', 1)
  return (Math.abs(bitpix) / 8) * count * (parameters + multiply(groups ? axes.slice(1) : axes))
}

const refuseTruncated = (axes: readonly number[], needed: number, found: number, index: number): never => {
  const rows = multiply(axes.slice(1))
  const whole = Math.max(0, Math.floor((found / needed) * rows))
  const share = axes.length > 1 ? ` (${whole} of ${rows} rows)` : ''
  throw new AsterismError(
    'truncated',
    `The file is cut off: HDU ${index} needs ${needed} bytes and ${found} are there${share}. Fetch or copy it again.`,
    { hdu: index, needed, found, rows, rowsFound: whole },
  )
}

const readHdu = (bytes: Uint8Array, headerOffset: number, index: number): Hdu => {
  const { header, end } = parseHeader(bytes, headerOffset)
  const primary = index === 0
  const unitBitpix = readBitpix(header, 'BITPIX')
  const unitAxes = readAxes(header, 'NAXIS')
  const kind = classifyHdu(header, primary)
  const compressed = kind === 'compressed-image'
  const axes = compressed ? readAxes(header, 'ZNAXIS') : unitAxes
  if (kind === 'image' || compressed) refuseLargePlane(axes)
  const dataLength = measureData(header, unitAxes, unitBitpix, primary)
  if (!Number.isSafeInteger(dataLength) || dataLength < 0) {
    throw new AsterismError(
      'too-large',
      `HDU ${index} claims ${describeAxes(unitAxes)} values, which no file holds. Check the header.`,
      { hdu: index },
    )
  }
  // A group count of zero, which leaves an image without its pixels.
  if (kind === 'image' && unitAxes.length > 0 && dataLength < (Math.abs(unitBitpix) / 8) * multiply(unitAxes))
    throw new AsterismError('bad-header', `HDU ${index} has axes and a GCOUNT of 0. Check the header.`, {
      hdu: index,
    })
  if (end + dataLength > bytes.length)
    refuseTruncated(unitAxes, dataLength, Math.max(0, bytes.length - end), index)
  return {
    index,
    kind,
    name: nameHdu(header, kind),
    header,
    headerOffset,
    dataOffset: end,
    dataLength,
    bitpix: compressed ? readBitpix(header, 'ZBITPIX') : unitBitpix,
    axes,
  }
}

/**
 * All header and data units of a file. Padding after the last one may be missing, and whatever follows it that is no
 * extension is left alone, as the standard asks of special records (section 3.5). Nothing is read past the bytes there are.
 */
export const listHdus = (bytes: Uint8Array): Hdu[] => {
  if (bytes.length === 0)
    throw new AsterismError('empty-file', 'The file is empty: it has 0 bytes. Fetch or copy it again.')
  const hdus: Hdu[] = []
  let offset = 0
  while (offset < bytes.length) {
    if (offset > 0 && !looksLikeHeader(bytes, offset)) break
    if (hdus.length === MAX_HDUS)
      throw new AsterismError(
        'too-large',
        `The file holds more than ${MAX_HDUS} header and data units; so many cannot be opened at once. Split it into parts.`,
        { limit: MAX_HDUS },
      )
    const hdu = readHdu(bytes, offset, hdus.length)
    hdus.push(hdu)
    offset = hdu.dataOffset + Math.ceil(hdu.dataLength / BLOCK_LENGTH) * BLOCK_LENGTH
  }
  return hdus
}

/** True for an HDU that holds a picture: an image, compressed or not, with at least one pixel. */
export const hasPixels = (hdu: Hdu): boolean =>
  (hdu.kind === 'image' || hdu.kind === 'compressed-image') &&
  hdu.axes.length > 0 &&
  hdu.axes.every((axis) => axis > 0)
