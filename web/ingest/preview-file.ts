import { readNumber } from '../core/header'
import type { Image } from '../core/image'
import { decodePixels, parseHeader, type Bitpix, type PixelScaling } from '../science/fits'
import { reduceRows } from '../science/image/reduce-rows'

/** A file's picture before the file is taken in: as many pixels as a screen shows, each the mean of `step` by `step`. */
export interface FilePreview {
  /** Of the frame itself. */
  readonly width: number
  readonly height: number
  readonly step: number
  readonly image: Image
  /** Pixels of the frame as they are, evenly picked: what the brightness is chosen by. */
  readonly sample: Float32Array
}

/** Longer headers are rare, and their files are shown when they are in. */
const HEADER_BYTES = 128 * 1024
/** Reads go on side by side: one after the other takes twice as long. */
const BANDS = 8
const BLOCK_PIXELS = 1 << 18
const SCREEN = { width: 1600, height: 1200 }
const MOST_SAMPLES = 100_000
/** A larger plane is shown when it is in: it could not be read in a moment. */
const MOST_BYTES = 512 * 1024 * 1024
const BITPIX: readonly number[] = [8, 16, 32, 64, -32, -64]

interface Layout {
  readonly width: number
  readonly height: number
  readonly dataOffset: number
  readonly scaling: PixelScaling
}

/** Where the pixels of a plain image lie; null for everything else: archives, compressed images, images in extensions, cut files. */
const findLayout = async (file: Blob): Promise<Layout | null> => {
  const head = new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer())
  const { header, end } = parseHeader(head, 0)
  const [bitpix, axes, width, height] = ['BITPIX', 'NAXIS', 'NAXIS1', 'NAXIS2'].map((keyword) =>
    readNumber(header, keyword),
  )
  if (!bitpix || !axes || !width || !height || !BITPIX.includes(bitpix)) return null
  // Lengths of axes that the image does not have say nothing.
  if (axes < 2) return null
  if (![width, height].every((length) => Number.isInteger(length) && length > 0)) return null
  const bytes = (width * height * Math.abs(bitpix)) / 8
  if (bytes > MOST_BYTES || end + bytes > file.size) return null
  const scaling = {
    bitpix: bitpix as Bitpix,
    bzero: readNumber(header, 'BZERO') ?? 0,
    bscale: readNumber(header, 'BSCALE') ?? 1,
    blank: bitpix < 0 ? null : readNumber(header, 'BLANK'),
  }
  return { width, height, dataOffset: end, scaling }
}

const chooseStep = ({ width, height }: Layout): number =>
  2 ** Math.max(0, Math.ceil(Math.log2(Math.max(width / SCREEN.width, height / SCREEN.height))))

/** Every `stride`-th pixel of a plane, of those that lie in these rows. */
const pickSample = (data: Float32Array, first: number, stride: number): Float32Array => {
  const start = Math.ceil(first / stride) * stride - first
  const picked = new Float32Array(Math.max(0, Math.ceil((data.length - start) / stride)))
  for (let index = start, at = 0; index < data.length; index += stride) picked[at++] = data[index]!
  return picked
}

const joinPlanes = (parts: readonly Float32Array[]): Float32Array => {
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/**
 * The picture of a dropped file, straight from its bytes, before any of it is hashed or stored. Null where it is no plain FITS image or
 * cannot be read: taking it in then says what is wrong.
 */
export const previewFile = async (file: Blob): Promise<FilePreview | null> => {
  try {
    const layout = await findLayout(file)
    if (layout === null) return null
    const { width, height, dataOffset, scaling } = layout
    const step = chooseStep(layout)
    const rowBytes = (width * Math.abs(scaling.bitpix)) / 8
    const rowsPerBand = Math.ceil(height / BANDS / step) * step
    const stride = Math.max(1, Math.ceil((width * height) / MOST_SAMPLES))
    // A few rows at a time through the same small memory: it stays in the cache.
    const rowsPerBlock = step * Math.max(1, Math.floor(BLOCK_PIXELS / (step * width)))
    const block = new Float32Array(rowsPerBlock * width)
    const bands = Array.from({ length: Math.ceil(height / rowsPerBand) }, async (_, band) => {
      const from = band * rowsPerBand
      const to = Math.min(height, from + rowsPerBand)
      const slice = file.slice(dataOffset + from * rowBytes, dataOffset + to * rowBytes)
      const bytes = new Uint8Array(await slice.arrayBuffer())
      const reduced: Float32Array[] = []
      const sample: Float32Array[] = []
      for (let top = from; top < to; top += rowsPerBlock) {
        const rows = Math.min(rowsPerBlock, to - top)
        const data = decodePixels(
          bytes.subarray((top - from) * rowBytes),
          scaling,
          block.subarray(0, rows * width),
        )
        reduced.push(reduceRows({ width, data }, step))
        sample.push(pickSample(data, top * width, stride))
      }
      return { reduced, sample }
    })
    const made = await Promise.all(bands)
    const image = {
      width: Math.ceil(width / step),
      height: Math.ceil(height / step),
      data: joinPlanes(made.flatMap(({ reduced }) => reduced)),
    }
    return { width, height, step, image, sample: joinPlanes(made.flatMap(({ sample }) => sample)) }
  } catch {
    return null
  }
}
