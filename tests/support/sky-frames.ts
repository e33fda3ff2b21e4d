import type { CardToFormat } from '../../web/science/fits'
import { writeFitsImage } from '../../web/science/fits'
import { tanSipToWcs } from '../../web/science/astrometry/tan-sip-to-wcs'
import { createTransform } from '../../web/science/astrometry/wcs/create-transform'
import type { Wcs } from '../../web/science/astrometry/wcs/wcs'
import { writeWcs } from '../../web/science/astrometry/wcs/write-wcs'
import { errorFunction } from '../../web/science/math/error-function'
import { createRandom, type Random } from '../../web/science/math/random'
import { ingestInput } from '../../web/ingest/ingest-files'
import { createStorageSink } from '../../web/ingest/storage-sink'
import { idleTask } from '../../web/core/task'
import type { Workspace } from '../../web/storage/workspace'

const RADIAN = Math.PI / 180

export interface SkyStar {
  readonly ra: number
  readonly dec: number
  /** ADU in a frame of unit transparency. */
  readonly flux: number
}

export interface SkyFrame {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly wcs: Wcs
  /** Sigma of the stars in pixels of this frame. */
  readonly sigma: number
  /** ADU a pixel, with what it changes by along x and y. */
  readonly sky: number
  readonly slope?: readonly [number, number]
  readonly noise: number
  /** Electrons that make one ADU: with it each pixel has the noise of its photons too. */
  readonly gain?: number
  /** What all stars are multiplied with. */
  readonly transparency?: number
  readonly cards?: readonly CardToFormat[]
}

export interface LookAt {
  readonly ra: number
  readonly dec: number
  /** Arc seconds a pixel. */
  readonly scale: number
  /** Degrees from north to the y axis, towards east. */
  readonly rotation: number
  readonly flipped?: boolean
  readonly width: number
  readonly height: number
  /** Pixels by which SIP terms of second order move a corner. */
  readonly bend?: number
}

/** A tangent plane whose middle lies where a telescope looks; bent like a lens where that is asked for. */
export const lookAt = ({
  ra,
  dec,
  scale,
  rotation,
  flipped = false,
  width,
  height,
  bend = 0,
}: LookAt): Wcs => {
  const [sine, cosine] = [
    (Math.sin(rotation * RADIAN) * scale) / 3600,
    (Math.cos(rotation * RADIAN) * scale) / 3600,
  ]
  const coefficient = bend / (width / 2) ** 2
  return tanSipToWcs({
    crpix: [(width - 1) / 2, (height - 1) / 2],
    crval: [ra, dec],
    cd: flipped ? [cosine, sine, -sine, cosine] : [-cosine, sine, sine, cosine],
    order: bend === 0 ? 1 : 2,
    a: bend === 0 ? [] : [{ p: 2, q: 0, coefficient }],
    b: bend === 0 ? [] : [{ p: 1, q: 1, coefficient: -coefficient / 2 }],
  })
}

/** Stars at least `apart` arc seconds from each other within a box on the sky; fluxes over a decade. */
export const scatterStars = (
  center: { readonly ra: number; readonly dec: number },
  {
    count,
    box,
    apart,
    seed,
  }: { readonly count: number; readonly box: number; readonly apart: number; readonly seed: string },
): SkyStar[] => {
  const random = createRandom(seed)
  const stars: SkyStar[] = []
  const cosine = Math.cos(center.dec * RADIAN)
  for (let tries = 0; stars.length < count && tries < 200 * count; tries++) {
    const star = {
      ra: center.ra + ((random.uniform() - 0.5) * box) / cosine / 3600,
      dec: center.dec + ((random.uniform() - 0.5) * box) / 3600,
      flux: 5000 * 10 ** random.uniform(),
    }
    const near = stars.some(
      (other) => Math.hypot((star.ra - other.ra) * cosine, star.dec - other.dec) * 3600 < apart,
    )
    if (!near) stars.push(star)
  }
  return stars
}

/** Light of a Gaussian in each pixel of a row or column, exact. */
const share = (center: number, sigma: number, from: number, until: number): Float64Array =>
  Float64Array.from({ length: until - from }, (_, i) => {
    const edge = (from + i - 0.5 - center) / sigma / Math.SQRT2
    return (errorFunction(edge + 1 / sigma / Math.SQRT2) - errorFunction(edge)) / 2
  })

/** A frame as a camera would take it, pixel values unrounded: stars integrated over pixels, sky and noise. */
export const drawSkyFrame = (frame: SkyFrame, stars: readonly SkyStar[], random: Random): Float32Array => {
  const { width, height, sigma, sky, slope = [0, 0], noise, gain, transparency = 1 } = frame
  const data = new Float64Array(width * height)
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) data[at] = sky + slope[0] * x + slope[1] * y
  const { skyToPixel } = createTransform(frame.wcs)
  const out = new Float64Array(6)
  const reach = Math.ceil(7 * sigma)
  for (const star of stars) {
    if (!skyToPixel(star.ra, star.dec, out)) continue
    const [x, y] = [out[0]!, out[1]!]
    if (x < -reach || y < -reach || x > width + reach || y > height + reach) continue
    const [left, right] = [Math.max(0, Math.floor(x) - reach), Math.min(width, Math.ceil(x) + reach)]
    const [top, bottom] = [Math.max(0, Math.floor(y) - reach), Math.min(height, Math.ceil(y) + reach)]
    if (right <= left || bottom <= top) continue
    const across = share(x, sigma, left, right)
    const along = share(y, sigma, top, bottom)
    for (let row = top; row < bottom; row++)
      for (let column = left; column < right; column++)
        data[row * width + column]! += star.flux * transparency * across[column - left]! * along[row - top]!
  }
  if (noise > 0)
    for (let i = 0; i < data.length; i++) {
      const photons = gain === undefined ? 0 : data[i]! / gain
      data[i]! += Math.sqrt(noise * noise + photons) * random.normal()
    }
  return Float32Array.from(data)
}

const cardsOf = ({ name, wcs, cards = [] }: SkyFrame, index: number): CardToFormat[] => [
  { keyword: 'IMAGETYP', value: 'Light Frame' },
  { keyword: 'OBJECT', value: 'Field' },
  { keyword: 'TELESCOP', value: 'Test 35 cm' },
  { keyword: 'INSTRUME', value: 'Camera' },
  { keyword: 'FILTER', value: 'V' },
  { keyword: 'EXPTIME', value: 60, floating: true },
  { keyword: 'DATE-OBS', value: `2025-03-01T22:${String(index % 60).padStart(2, '0')}:00` },
  { keyword: 'COMMENT', value: null, comment: name },
  ...writeWcs(wcs).cards.filter(({ keyword }) => !cards.some((card) => card.keyword === keyword)),
  ...cards,
]

/** Draws frames and puts them into a workspace, as 32-bit floats. */
export const takeSkyFrames = async (
  workspace: Workspace,
  frames: readonly SkyFrame[],
  stars: readonly SkyStar[],
  seed: string,
): Promise<Float32Array[]> => {
  const random = createRandom(seed)
  const drawn: Float32Array[] = []
  const sink = createStorageSink(workspace)
  for (const [index, frame] of frames.entries()) {
    const data = drawSkyFrame(frame, stars, random)
    drawn.push(data)
    const image = { width: frame.width, height: frame.height, data }
    const bytes = writeFitsImage({ image, header: [], added: cardsOf(frame, index), bitpix: -32 })
    const { rejected } = await ingestInput(
      { path: frame.name, blob: new Blob([bytes]), batch: 'sky' },
      sink,
      idleTask(),
    )
    if (rejected.length > 0) throw new Error(JSON.stringify(rejected))
  }
  return drawn
}
