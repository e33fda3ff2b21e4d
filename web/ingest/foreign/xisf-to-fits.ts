import { unzlibSync } from 'fflate'
import { XISF, type XISFCodecProvider, type XISFImage, type XISFReadOptions } from 'fitsjs-ng'
import { AsterismError } from '../../core/errors'
import type { CardToFormat } from '../../science/fits'
import { nextTag } from '../../science/tables/scan-xml'
import { addMissing, originCards, packFits, type ConvertOptions, type ForeignImage } from './pack-fits'

/** Marks, length of the header and four reserved bytes before the header itself. */
const PREFIX_BYTES = 16
const MOST_HEADER = 16 * 2 ** 20
const MOST_IMAGES = 100
const DEEPEST = 100

const damaged = (detail: string, cause?: unknown): AsterismError =>
  new AsterismError('bad-header', `The XISF file is damaged: ${detail}. Fetch or copy it again.`, {}, cause)

/**
 * The header as text, and the bounds that the library does not keep: what compressed blocks claim to hold is added up before any is
 * unpacked, and a document type, in which entities could be made up, is refused.
 */
const checkHeader = (bytes: Uint8Array, most: number): string => {
  if (bytes.length < PREFIX_BYTES) throw damaged('its header is cut off')
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(8, true)
  if (length < 1 || length > MOST_HEADER || PREFIX_BYTES + length > bytes.length)
    throw damaged('its header is longer than the file')
  const header = new TextDecoder().decode(bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + length))
  if (/<!(?:DOCTYPE|ENTITY)/i.test(header)) throw damaged('its header declares a document type')
  checkWellFormed(header)
  let claimed = 0
  for (const match of header.matchAll(/compression\s*=\s*["']([^"']*)["']/g)) {
    const size = /^[\w+-]+:(\d{1,15})(?::\d{1,3})?$/.exec(match[1] ?? '')?.[1]
    if (size === undefined) throw damaged(`"${match[1] ?? ''}" is no compression`)
    claimed += Number(size)
  }
  if (claimed > most)
    throw new AsterismError(
      'too-large',
      `The XISF file unpacks to more than ${Math.round(most / 1e6)} MB and was left out.`,
      { claimed },
    )
  return header
}

/** zlib into memory of the size that was claimed and checked: the library's own would take as much as comes. */
const boundedZlib: XISFCodecProvider = {
  supports: (codec) => codec.toLowerCase() === 'zlib',
  compress: () => {
    throw new Error('nothing is compressed here')
  },
  decompress: (_, input, size = 0) => unzlibSync(input, { out: new Uint8Array(size) }),
}

const TAG = /^<\/?[\w:.-]+(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*\/?>$/

/** The library's reader of XML goes on after an error and writes it to the console: text that is not well-formed does not reach it. */
const checkWellFormed = (header: string): void => {
  const open: string[] = []
  let roots = 0
  for (let tag = nextTag(header, 0); tag !== null; tag = nextTag(header, tag.end)) {
    if (!TAG.test(header.slice(tag.at, tag.end))) throw damaged('its header is no XML')
    const name = tag.prefix + tag.name
    if (open.length === 0 && tag.kind !== 'close' && roots++ > 0) throw damaged('its header is no XML')
    if (tag.kind === 'open') open.push(name)
    else if (tag.kind === 'close' && open.pop() !== name) throw damaged('its header is no XML')
    if (open.length > DEEPEST) throw damaged('its header is nested too deeply')
  }
  if (open.length > 0 || roots === 0) throw damaged('its header is no XML')
}

const readOptions = (header: string): XISFReadOptions => {
  const codecs = [...header.matchAll(/compression\s*=\s*["']([\w-]+)/g)].map((match) => match[1] ?? '')
  const refuse = (): never => {
    throw new AsterismError(
      'not-found',
      'The pixels of this XISF file lie in another file. Save it as one file.',
    )
  }
  return {
    verifyChecksums: true,
    verifySignatures: false,
    signaturePolicy: 'ignore',
    decodeImageData: true,
    onWarning: () => undefined,
    resourceResolver: { resolveURL: refuse, resolvePath: refuse },
    ...(codecs.some((codec) => /^zlib/i.test(codec)) ? { codecProvider: boundedZlib } : {}),
  }
}

const FORMATS: Readonly<Record<string, Pick<ForeignImage, 'bitpix' | 'unsigned'>>> = {
  UInt8: { bitpix: 8, unsigned: true },
  UInt16: { bitpix: 16, unsigned: true },
  UInt32: { bitpix: 32, unsigned: true },
  Float32: { bitpix: -32, unsigned: false },
  Float64: { bitpix: -64, unsigned: false },
}

/** A keyword's value as its text has it: quoted text, T or F, a number, or a text that somebody forgot to quote. */
const parseValue = (text: string): CardToFormat['value'] => {
  const trimmed = text.trim()
  if (trimmed.startsWith("'")) return trimmed.replace(/^'|'$/g, '').replaceAll("''", "'").trimEnd()
  if (trimmed === 'T' || trimmed === 'F') return trimmed === 'T'
  if (trimmed === '') return null
  const number = Number(trimmed.replace(/[dD](?=[+-]?\d+$)/, 'E'))
  return Number.isFinite(number) ? number : trimmed
}

const COMMENTARY = /^(?:HISTORY|COMMENT|)$/

const keywordCards = (image: XISFImage): CardToFormat[] =>
  image.fitsKeywords
    .filter(({ name }) => /^[A-Z0-9_-]{0,8}$/i.test(name.trim()))
    .map(({ name, value, comment }) => {
      const keyword = name.trim().toUpperCase()
      if (COMMENTARY.test(keyword)) return { keyword, value: null, comment: comment === '' ? value : comment }
      return { keyword, value: parseValue(value), comment }
    })

/** Properties that say what a keyword of FITS says, for files that were written without keywords. */
const PROPERTIES: readonly (readonly [string, string])[] = [
  ['Observation:Object:Name', 'OBJECT'],
  ['Observation:Time:Start', 'DATE-OBS'],
  ['Observer:Name', 'OBSERVER'],
  ['Instrument:ExposureTime', 'EXPTIME'],
  ['Instrument:Camera:Name', 'INSTRUME'],
  ['Instrument:Camera:XBinning', 'XBINNING'],
  ['Instrument:Camera:YBinning', 'YBINNING'],
  ['Instrument:Filter:Name', 'FILTER'],
  ['Instrument:Telescope:Name', 'TELESCOP'],
  ['Instrument:Sensor:Temperature', 'CCD-TEMP'],
]

const propertyCards = (image: XISFImage): (CardToFormat | null)[] => {
  const values = new Map(image.properties.map(({ id, value }) => [id, value]))
  const pattern = image.colorFilterArray?.pattern
  return [
    ...PROPERTIES.map(([id, keyword]): CardToFormat | null => {
      const value = values.get(id)
      if (typeof value === 'string')
        return { keyword, value: keyword === 'DATE-OBS' ? value.replace(/Z$/, '') : value }
      return typeof value === 'number' && Number.isFinite(value) ? { keyword, value } : null
    }),
    image.imageType === undefined ? null : { keyword: 'IMAGETYP', value: image.imageType },
    pattern === undefined ? null : { keyword: 'BAYERPAT', value: pattern },
  ]
}

/** Pixels of one channel after the other. */
const makePlanar = (samples: Uint8Array, channels: number, size: number): Uint8Array => {
  const count = samples.length / size / channels
  const planar = new Uint8Array(samples.length)
  for (let pixel = 0; pixel < count; pixel++)
    for (let channel = 0; channel < channels; channel++) {
      const from = (pixel * channels + channel) * size
      planar.set(samples.subarray(from, from + size), (channel * count + pixel) * size)
    }
  return planar
}

const convertImage = (image: XISFImage, sha256: string): ForeignImage => {
  const format = FORMATS[image.sampleFormat]
  if (format === undefined)
    throw new AsterismError(
      'not-fits',
      `Pixels of the type ${image.sampleFormat} in an XISF file cannot be read here. Save it as 32-bit floats.`,
    )
  const [width = 0, height = 0, ...others] = image.geometry
  const channels = image.channelCount
  const { data } = image
  const count = width * height * channels
  const size = Math.abs(format.bitpix) / 8
  if (others.length > 0 || !(width > 0 && height > 0 && channels > 0))
    throw damaged('it holds no picture of two axes')
  if (data === undefined || data.byteLength !== count * size)
    throw damaged(`its pixels take ${data?.byteLength ?? 0} bytes and ${count * size} are needed`)
  const samples = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return {
    axes: channels > 1 ? [width, height, channels] : [width, height],
    ...format,
    samples: image.pixelStorage === 'Normal' && channels > 1 ? makePlanar(samples, channels, size) : samples,
    // The library gives samples in the order of this machine, whatever the file has.
    littleEndian: new Uint8Array(Uint16Array.of(1).buffer)[0] === 1,
    cards: [...addMissing(keywordCards(image), propertyCards(image)), ...originCards('XISF', sha256)],
  }
}

/**
 * An XISF file (PixInsight's format, XISF 1.0) as a FITS file of the same pixels: one HDU for each picture, colours as planes, its FITS
 * keywords as cards. Read by the library `fitsjs-ng`, within bounds that are kept here.
 */
export const convertXisf = async (
  bytes: Uint8Array<ArrayBuffer>,
  { sha256, most }: ConvertOptions,
): Promise<Uint8Array<ArrayBuffer>> => {
  const header = checkHeader(bytes, most)
  const options = readOptions(header)
  let images: readonly XISFImage[]
  try {
    const buffer = bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer
    images = (await XISF.fromArrayBuffer(buffer, options)).unit.images
  } catch (error) {
    if (error instanceof AsterismError) throw error
    throw damaged(error instanceof Error ? error.message : 'it cannot be read', error)
  }
  if (images.length === 0 || images.length > MOST_IMAGES) throw damaged(`it holds ${images.length} pictures`)
  return packFits(images.map((image) => convertImage(image, sha256)))
}
