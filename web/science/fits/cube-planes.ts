import { AsterismError } from '../../core/errors'
import type { PixelLocation } from '../../core/frame'
import { readNumber, type Header, type HeaderCard } from '../../core/header'
import { formatCard, type CardToFormat } from './format-card'
import type { FramePlane } from './read-image'

const axesOf = (cards: Header): number[] => {
  const count = Math.min(Math.max(0, readNumber(cards, 'NAXIS') ?? 0), 999)
  return Array.from({ length: count }, (_, axis) => readNumber(cards, `NAXIS${axis + 1}`) ?? 1)
}

/** Planes of the picture that this header describes: the product of its third and higher axes. */
export const countPlanes = (cards: Header): number =>
  axesOf(cards)
    .slice(2)
    .reduce((product, side) => product * side, 1)

/** Where one plane of a cube lies, 0-based: the same bytes, read from where the plane begins. */
export const locatePlane = (
  { pixels, width, height }: FramePlane,
  plane: number,
  planes: number,
): PixelLocation => {
  if (!Number.isInteger(plane) || plane < 0 || plane >= planes)
    throw new AsterismError(
      'not-found',
      `The cube has ${planes} planes, counted from 1; there is no plane ${plane + 1}.`,
      { plane: plane + 1, planes },
    )
  const length = (width * height * Math.abs(pixels.bitpix)) / 8
  return pixels.compressed
    ? { ...pixels, plane }
    : { ...pixels, dataOffset: pixels.dataOffset + plane * length, dataLength: length }
}

const cardOf = (card: CardToFormat): HeaderCard => ({
  keyword: card.keyword,
  value: card.value,
  comment: card.comment ?? '',
  raw: formatCard(card),
})

/** The header of one plane: that of the cube, but of two axes, with the number of the plane, counted from 1 as FITS counts. */
export const planeCards = (cards: Header, plane: number, planes: number): HeaderCard[] => [
  ...cards
    .filter(({ keyword }) => !/^NAXIS(?:[3-9]|[1-9]\d{1,2})$/.test(keyword) && keyword !== 'PLANE')
    .map((card) =>
      card.keyword === 'NAXIS' ? cardOf({ keyword: 'NAXIS', value: 2, comment: card.comment }) : card,
    ),
  cardOf({ keyword: 'PLANE', value: plane + 1, comment: `of the ${planes} planes of the cube` }),
]
