import type { BayerPattern } from '../../web/core/colour-channel'
import { writeFitsImage } from '../../web/science/fits'

/** Light of a scene at a pixel, for red, green and blue. */
export type ColourScene = (x: number, y: number) => readonly [number, number, number]

interface BayerWish {
  readonly width: number
  readonly height: number
  /** Of the first two pixels of the first two stored rows. */
  readonly pattern: BayerPattern
  readonly scene: ColourScene
  readonly kind?: string
  /** What the header says of the mask; the pattern itself where nothing else is said. */
  readonly word?: string
  readonly cards?: readonly { readonly keyword: string; readonly value: string | number | boolean }[]
}

/** What a camera with a colour mask stores of a scene, without noise: each pixel sees one colour of it. */
export const makeMosaic = ({ width, height, pattern, scene }: BayerWish): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: width * height }, (_, index) => {
    const [x, y] = [index % width, Math.floor(index / width)]
    const letter = pattern[2 * (y & 1) + (x & 1)] ?? 'G'
    return scene(x, y)['RGB'.indexOf(letter)] ?? 0
  })

/** The same as a file with the header of such a camera. */
export const makeBayerFits = (wish: BayerWish): Uint8Array<ArrayBuffer> =>
  writeFitsImage({
    image: { width: wish.width, height: wish.height, data: makeMosaic(wish) },
    header: [],
    added: [
      { keyword: 'IMAGETYP', value: wish.kind ?? 'Light Frame' },
      { keyword: 'INSTRUME', value: 'Colour camera' },
      { keyword: 'EXPTIME', value: wish.kind === 'Bias Frame' ? 0 : 30, floating: true },
      { keyword: 'DATE-OBS', value: '2025-03-01T22:00:00' },
      { keyword: 'BAYERPAT', value: wish.word ?? wish.pattern },
      ...(wish.cards ?? []),
    ],
    bitpix: 16,
  })
