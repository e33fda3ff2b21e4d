import { parseSERBuffer, type SERHeader } from 'fitsjs-ng'
import { AsterismError } from '../../core/errors'
import type { CardToFormat } from '../../science/fits'
import { addMissing, originCards, packFits, type ConvertOptions, type ForeignImage } from './pack-fits'

const damaged = (detail: string, cause?: unknown): AsterismError =>
  new AsterismError('bad-header', `The SER video is damaged: ${detail}. Fetch or copy it again.`, {}, cause)

/** Ticks of 100 ns from the year 1 to 1970. */
const TICKS_TO_1970 = 621_355_968_000_000_000n
const MOST_TICKS = 3_155_378_975_999_999_999n

const formatTicks = (ticks: bigint | undefined): string | null => {
  if (ticks === undefined || ticks < TICKS_TO_1970 || ticks > MOST_TICKS) return null
  const milliseconds = Number((ticks - TICKS_TO_1970) / 10_000n)
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace('Z', '')
}

const BAYER: Readonly<Record<number, string>> = { 8: 'RGGB', 9: 'GRBG', 10: 'GBRG', 11: 'BGGR' }
const [RGB, BGR] = [100, 101]

/** Pixels of three colours side by side as three planes, red first. */
const splitColours = (frame: Uint8Array, size: number, reversed: boolean): Uint8Array => {
  const count = frame.length / size / 3
  const planes = new Uint8Array(frame.length)
  for (let pixel = 0; pixel < count; pixel++)
    for (let colour = 0; colour < 3; colour++) {
      const from = (pixel * 3 + (reversed ? 2 - colour : colour)) * size
      planes.set(frame.subarray(from, from + size), (colour * count + pixel) * size)
    }
  return planes
}

const headerCards = (
  header: SERHeader,
  first: bigint | undefined,
  frames: number,
  duration: number | null,
): CardToFormat[] => {
  const start = formatTicks(first) ?? formatTicks(header.startTimeUtc)
  const text = (keyword: string, value: string, comment: string): CardToFormat | null =>
    value === '' ? null : { keyword, value, comment }
  return addMissing(
    [],
    [
      text('OBSERVER', header.observer, 'from the SER header'),
      text('INSTRUME', header.instrument, 'from the SER header'),
      text('TELESCOP', header.telescope, 'from the SER header'),
      start === null ? null : { keyword: 'DATE-OBS', value: start, comment: 'UTC of the first frame' },
      text('BAYERPAT', BAYER[header.colorId] ?? '', 'from the SER header'),
      { keyword: 'SERBITS', value: header.pixelDepth, comment: 'significant bits of a sample' },
      { keyword: 'SERFRAMS', value: frames, comment: 'frames of the video' },
      duration === null
        ? null
        : { keyword: 'SERDURAT', value: duration, comment: '[s] from first to last frame' },
    ],
  )
}

const HEADER_BYTES = 178

const readFrameCount = (bytes: Uint8Array): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getInt32(38, true)

/** The library makes an entry for each frame that the header claims: it may claim no more than the file has bytes for. */
const checkCount = (bytes: Uint8Array): void => {
  if (bytes.length < HEADER_BYTES) throw damaged('its header is cut off')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [width, height] = [view.getInt32(26, true), view.getInt32(30, true)]
  if (width < 1 || height < 1 || width * height > bytes.length)
    throw damaged(`its frames are ${width} x ${height}`)
}

/**
 * A SER video (Lucam recorder, version 3) as a FITS cube of the same samples: a plane for each frame, and for each colour of it, so that a
 * video of thousands of frames is one entry whose planes are opened when they are wanted. Read by the library `fitsjs-ng`; sizes are
 * checked against the file here. A video that was cut gives the whole frames that it has. Samples of more than 8 bits are little-endian
 * where the header says "not little-endian", as every recorder has it, against the letter of the description.
 */
export const convertSer = (
  bytes: Uint8Array<ArrayBuffer>,
  { sha256, most }: ConvertOptions,
): Uint8Array<ArrayBuffer> => {
  let parsed: ReturnType<typeof parseSERBuffer>
  if (bytes.length > most)
    throw new AsterismError('too-large', `The video has ${Math.round(bytes.length / 1e6)} MB.`)
  try {
    const buffer = bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer
    checkCount(bytes)
    parsed = parseSERBuffer(buffer, { strictValidation: false, onWarning: () => undefined })
  } catch (error) {
    if (error instanceof AsterismError) throw error
    throw damaged(error instanceof Error ? error.message : 'it cannot be read', error)
  }
  const { header, frameInfos } = parsed
  // What lies behind the frames of a video that was cut are no times.
  const timestamps = header.frameCount === readFrameCount(bytes) ? parsed.timestamps : []
  const size = header.bytesPerSample
  const colour = header.colorId === RGB || header.colorId === BGR
  const inside = frameInfos.filter(({ offset, byteLength }) => offset + byteLength <= bytes.length)
  if (inside.length === 0) throw damaged('it holds no whole frame')
  const length = header.frameByteLength
  const samples = new Uint8Array(length * inside.length)
  inside.forEach(({ offset }, index) => {
    const frame = bytes.subarray(offset, offset + length)
    samples.set(colour ? splitColours(frame, size, header.colorId === BGR) : frame, index * length)
  })
  const planes = inside.length * header.channelCount
  const [first, last] = [timestamps[0], timestamps.at(-1)]
  const duration =
    first === undefined || last === undefined || last < first ? null : Number(last - first) / 1e7
  const image: ForeignImage = {
    axes: planes === 1 ? [header.width, header.height] : [header.width, header.height, planes],
    bitpix: size === 1 ? 8 : 16,
    unsigned: true,
    samples,
    littleEndian: header.byteOrder === 'little',
    cards: [...headerCards(header, first, inside.length, duration), ...originCards('SER', sha256)],
  }
  return packFits([image])
}
