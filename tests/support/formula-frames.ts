/** Frames made from a formula: every pixel of every frame can be said without making the others. */
export interface FormulaFrames {
  readonly width: number
  readonly height: number
  readonly seed: number
  /** ADU by which each frame is brighter than the one before. */
  readonly step?: number
}

/** A frame and which of its pixels are wanted; all of them, as a FITS file, where none are named. */
export interface FormulaWish extends FormulaFrames {
  readonly frame: number
  readonly at: readonly number[] | null
}

/** What lies under the noise at a pixel of frame 0: a slope in x and y that repeats, in ADU. */
export const formulaLevel = ({ width }: FormulaFrames, pixel: number): number =>
  1000 + ((7 * (pixel % width) + 13 * Math.floor(pixel / width)) & 1023)

/** Standard deviation of the noise: four bytes, each evenly spread, summed and divided by eight. */
export const FORMULA_NOISE = Math.sqrt((4 * (256 ** 2 - 1)) / 12) / 8

/** Mean of the noise: an eighth of 510, cut to a whole number (3.5 / 8 less on average), less 64. */
export const FORMULA_MEAN = 510 / 8 - 3.5 / 8 - 64

/**
 * Level, noise, and one value in 256 that is far too bright, as unsigned 16-bit integers. Sent to a page as text, so it stands
 * alone: nothing outside of it is known to it.
 */
export const makeFormulaFrame = ({
  width,
  height,
  seed,
  frame,
  step = 0,
  at,
}: FormulaWish): Uint8Array<ArrayBuffer> => {
  const start = Math.imul(frame + 1, 0x85ebca77) ^ Math.imul(seed, 0xc2b2ae3d)
  const valueAt = (pixel: number, x: number, y: number): number => {
    let hash = Math.imul(pixel, 0x9e3779b1) ^ start
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
    const noise = (((hash & 255) + ((hash >>> 8) & 255) + ((hash >>> 16) & 255) + (hash >>> 24)) >> 3) - 64
    const hit = Math.imul(hash, 0x2545f491) >>> 24 === 7 ? 20_000 : 0
    return 1000 + step * frame + ((7 * x + 13 * y) & 1023) + noise + hit
  }
  if (at !== null) {
    const wanted = new Uint16Array(at.length)
    for (const [index, pixel] of at.entries())
      wanted[index] = valueAt(pixel, pixel % width, Math.floor(pixel / width))
    return new Uint8Array(wanted.buffer)
  }
  const time = new Date(Date.UTC(2025, 2, 1, 20, 0, 30 * frame)).toISOString().slice(0, 23)
  const card = (key: string, value: string): string => `${key.padEnd(8)}= ${value}`.padEnd(80)
  const cards = [
    card('SIMPLE', 'T'.padStart(20)),
    card('BITPIX', '16'.padStart(20)),
    card('NAXIS', '2'.padStart(20)),
    card('NAXIS1', String(width).padStart(20)),
    card('NAXIS2', String(height).padStart(20)),
    card('BZERO', '32768'.padStart(20)),
    card('BSCALE', '1'.padStart(20)),
    card('IMAGETYP', "'Light Frame'"),
    card('OBJECT', "'Formula '"),
    card('INSTRUME', "'Formula camera'"),
    card('FILTER', "'R       '"),
    card('EXPTIME', '30.0'.padStart(20)),
    card('DATE-OBS', `'${time}'`),
    'END'.padEnd(80),
  ].join('')
  const offset = Math.ceil(cards.length / 2880) * 2880
  const bytes = new Uint8Array(offset + Math.ceil((2 * width * height) / 2880) * 2880)
  bytes.fill(32, 0, offset)
  for (let index = 0; index < cards.length; index++) bytes[index] = cards.charCodeAt(index)
  let pixel = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const stored = valueAt(pixel, x, y) ^ 0x8000
      bytes[offset + 2 * pixel] = stored >>> 8
      bytes[offset + 2 * pixel + 1] = stored
    }
  }
  return bytes
}

/** Values of some pixels of one frame. */
export const formulaValues = (frames: FormulaFrames, frame: number, at: readonly number[]): Uint16Array =>
  new Uint16Array(makeFormulaFrame({ ...frames, frame, at }).buffer)

/** Pixels spread over a picture without regard to its rows: every 1000003rd or so, and the first and the last. */
export const spreadPixels = ({ width, height }: FormulaFrames, count: number): number[] => {
  const length = width * height
  const stride = 1_000_003
  const inner = Array.from({ length: count - 2 }, (_, index) => (index * stride + 17) % length)
  return [0, ...inner, length - 1]
}
