import { AsterismError } from '../core/errors'
import { summariseExposure, type ExposureRecord, type FrameSummary } from '../core/frame'
import { readNumber, type Header, type HeaderCard } from '../core/header'
import { formatCard, type CardToFormat } from '../science/fits'
import type { Workspace } from '../storage/workspace'

/** So many frames at most are made in one call. */
const MOST_PLANES = 2000

const axesOf = (cards: Header): number[] => {
  const count = Math.min(Math.max(0, readNumber(cards, 'NAXIS') ?? 0), 999)
  return Array.from({ length: count }, (_, axis) => readNumber(cards, `NAXIS${axis + 1}`) ?? 1)
}

/** Planes of the picture that this header describes: the product of its third and higher axes. */
export const countPlanes = (cards: Header): number =>
  axesOf(cards)
    .slice(2)
    .reduce((product, side) => product * side, 1)

const cardOf = (card: CardToFormat): HeaderCard => ({
  keyword: card.keyword,
  value: card.value,
  comment: card.comment ?? '',
  raw: formatCard(card),
})

/** The header of one plane: that of the cube, but of two axes, with the number of the plane. */
const planeCards = (cards: Header, plane: number, planes: number): HeaderCard[] => [
  ...cards
    .filter(({ keyword }) => !/^NAXIS(?:[3-9]|[1-9]\d{1,2})$/.test(keyword) && keyword !== 'PLANE')
    .map((card) =>
      card.keyword === 'NAXIS' ? cardOf({ keyword: 'NAXIS', value: 2, comment: card.comment }) : card,
    ),
  cardOf({ keyword: 'PLANE', value: plane + 1, comment: `of the ${planes} planes of the cube` }),
]

const IS_CUBE = /^This is a cube/

/**
 * One plane of a cube as a frame of its own, 0-based: the same bytes, read from where the plane begins. Its id and name are the cube's with
 * the number of the plane, counted from 1 as FITS counts.
 */
export const readPlane = (
  cube: ExposureRecord,
  cards: Header,
  plane: number,
): { readonly exposure: ExposureRecord; readonly cards: HeaderCard[] } => {
  const planes = countPlanes(cards)
  if (!Number.isInteger(plane) || plane < 0 || plane >= planes)
    throw new AsterismError(
      'not-found',
      `${cube.name} has ${planes} planes; there is no plane ${plane + 1}.`,
      { plane },
    )
  const { pixels, factWarnings = 0 } = cube
  const length = (cube.width * cube.height * Math.abs(pixels.bitpix)) / 8
  return {
    exposure: {
      ...cube,
      id: `${cube.id}-plane${plane + 1}`,
      name: `${cube.name}[plane ${plane + 1}]`,
      pixels: pixels.compressed
        ? { ...pixels, plane }
        : { ...pixels, dataOffset: pixels.dataOffset + plane * length, dataLength: length },
      warnings: cube.warnings.filter((text, index) => index < factWarnings || !IS_CUBE.test(text)),
    },
    cards: planeCards(cards, plane, planes),
  }
}

/**
 * Makes frames of planes of a cube that is in the workspace, 0-based, and keeps them; no pixel is copied. Planes that are frames already
 * come back as they are kept.
 */
export const takePlanes = async (
  workspace: Pick<Workspace, 'exposures' | 'headers' | 'saveExposures'>,
  frame: string,
  planes: readonly number[],
): Promise<FrameSummary[]> => {
  if (planes.length > MOST_PLANES)
    throw new AsterismError(
      'too-large',
      `${planes.length} planes are wanted; at most ${MOST_PLANES} can be made at once.`,
    )
  const cube = await workspace.exposures.get(frame)
  const header = await workspace.headers.get(frame)
  if (cube === undefined || header === undefined)
    throw new AsterismError('not-found', 'This cube is not in the workspace.', { frame })
  const made = planes.map((plane) => readPlane(cube, header.cards, plane))
  const known = new Map(
    (await workspace.exposures.getMany(made.map(({ exposure }) => exposure.id))).map((record) => [
      record.id,
      record,
    ]),
  )
  await workspace.saveExposures(made.filter(({ exposure }) => !known.has(exposure.id)))
  return made.map(({ exposure }) => summariseExposure(known.get(exposure.id) ?? exposure))
}
