import type { ColourPlanes, PerChannel } from '../core/colour-picture'
import type { Image } from '../core/image'
import type { Cuts } from './cuts'

/** What is done to one colour before the stretch: gain (value - sky), from which the cuts are counted as from the sky of green. */
export interface ChannelBalance {
  readonly sky: number
  readonly gain: number
}

/** Three planes that are drawn as one picture in colours. */
export interface ColourPicture extends Pick<ColourPlanes, 'width' | 'height' | 'level' | 'planes'> {
  readonly balance: PerChannel<ChannelBalance>
}

/** What a renderer draws: values through a colour map, or three planes as red, green and blue. */
export type Picture = Image | ColourPicture

export const isColourPicture = (picture: Picture): picture is ColourPicture => 'planes' in picture

/** Its planes, coarse ones as the images that they are, and the level of the frame's pixels that they are. */
export const layersOf = (
  picture: Picture,
): { readonly level: number; readonly layers: readonly [Image, ...Image[]] } => {
  if (!isColourPicture(picture)) return { level: 0, layers: [picture] }
  const { level, planes } = picture
  const [width, height] = [Math.ceil(picture.width / 2 ** level), Math.ceil(picture.height / 2 ** level)]
  const [red, green, blue] = planes
  const layer = (data: Float32Array): Image => ({ width, height, data })
  return { level, layers: [layer(red), layer(green), layer(blue)] }
}

/** Whether two pictures have the same pixels, whatever is done to them. */
export const hasSamePixels = (a: Picture, b: Picture): boolean =>
  isColourPicture(a)
    ? isColourPicture(b) && a.planes[0] === b.planes[0]
    : !isColourPicture(b) && a.data === b.data

export const hasSameBalance = (a: Picture, b: Picture): boolean =>
  !isColourPicture(a) ||
  !isColourPicture(b) ||
  a.balance.every(({ sky, gain }, index) => sky === b.balance[index]?.sky && gain === b.balance[index]?.gain)

/** How the skies of the colours are brought together. */
export type BalanceWish = 'sky' | PerChannel<number>

/** What was done: skies made grey by factors, levelled without factors, or factors that were given. */
export type BalanceDone = 'grey-sky' | 'levelled' | 'given'

/** A sky has some colour, but none that differs by more than so much between two filters: then it is not the sky that is seen. */
const LARGEST_FACTOR = 8

/**
 * What makes the sky grey: of each colour its own sky is taken off, and what is left is multiplied so that the sky's light, above a pixel
 * without any, comes out as much as in green. Where it is not known what a pixel without light is, or the skies
 * cannot be compared, levels are taken off and nothing is multiplied.
 */
export const balanceColours = (
  { sky, zero }: Pick<ColourPlanes, 'sky' | 'zero'>,
  wish: BalanceWish,
): { readonly balance: PerChannel<ChannelBalance>; readonly done: BalanceDone } => {
  const [red, green, blue] = sky.map((level) => (Number.isFinite(level) ? level : 0)) as [
    number,
    number,
    number,
  ]
  const withGains = ([r, g, b]: PerChannel<number>): PerChannel<ChannelBalance> => [
    { sky: red, gain: r },
    { sky: green, gain: g },
    { sky: blue, gain: b },
  ]
  if (wish !== 'sky') return { balance: withGains(wish), done: 'given' }
  if (zero !== null) {
    const gains = [(green - zero) / (red - zero), 1, (green - zero) / (blue - zero)] as const
    if (gains.every((gain) => gain > 1 / LARGEST_FACTOR && gain < LARGEST_FACTOR))
      return { balance: withGains(gains), done: 'grey-sky' }
  }
  return { balance: withGains([1, 1, 1]), done: 'levelled' }
}

/** Cuts of each colour's own values. All three have the brightness of `cuts` in green where they are as far above their skies, gains included. */
export const cutsOfChannels = (
  balance: PerChannel<ChannelBalance>,
  { low, high }: Cuts,
): PerChannel<Cuts> => {
  const reference = balance[1].sky
  const cutsOf = ({ sky, gain }: ChannelBalance): Cuts => ({
    low: sky + (low - reference) / gain,
    high: sky + (high - reference) / gain,
  })
  return [cutsOf(balance[0]), cutsOf(balance[1]), cutsOf(balance[2])]
}
