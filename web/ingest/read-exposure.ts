import { AsterismError } from '../core/errors'
import type { ExposureRecord, PixelLocation } from '../core/frame'
import type { HeaderCard } from '../core/header'
import { idFromHash } from '../core/ids'
import {
  checkReadable,
  hasPixels,
  isLayoutCard,
  listHdus,
  readScaling,
  restoreImageHeader,
  verifyChecksums,
  type Hdu,
} from '../science/fits'
import { findProfile } from './instruments'
import { readFacts } from './read-facts'

export interface FileToRead {
  /** Folder and file as it was dropped, '/' separated. */
  readonly path: string
  readonly bytes: Uint8Array
  readonly sha256: string
  readonly batch: string
  /** Milliseconds since 1970; the present when left out. */
  readonly now?: number
}

export interface ReadExposures {
  readonly exposures: ExposureRecord[]
  readonly headers: { readonly id: string; readonly cards: HeaderCard[] }[]
}

/** Key of a file's bytes in the pixel store. */
export const bytesIdOf = (sha256: string): string => idFromHash('bytes', sha256)

/**
 * The cards that hold for an image: its own and, when the primary HDU has no image, those of the primary that it does not
 * set itself (the INHERIT convention, FITS standard K; most files mean it without saying so).
 */
const gatherCards = (hdu: Hdu, primary: Hdu): HeaderCard[] => {
  const own = restoreImageHeader(hdu)
  if (hdu.index === 0 || hasPixels(primary)) return own
  const keywords = new Set(own.map((card) => card.keyword))
  return [...own, ...primary.header.filter((card) => !isLayoutCard(card) && !keywords.has(card.keyword))]
}

const locatePixels = (hdu: Hdu, bytesId: string): PixelLocation => ({
  bytesId,
  hdu: hdu.index,
  headerOffset: hdu.headerOffset,
  dataOffset: hdu.dataOffset,
  dataLength: hdu.dataLength,
  ...readScaling(hdu),
  compressed: hdu.kind === 'compressed-image',
})

const warnOfShape = (hdu: Hdu): string[] => {
  const planes = hdu.axes.slice(2).reduce((product, axis) => product * axis, 1)
  if (hdu.axes.length === 1) return ['This is a row of numbers (a spectrum), not a picture.']
  return planes > 1 ? [`This is a cube of ${planes} planes; the first one is shown.`] : []
}

const warnOfFlaws = (cards: readonly HeaderCard[]): string[] => {
  const flawed = cards.filter((card) => card.flaw !== undefined)
  if (flawed.length === 0) return []
  const names = [...new Set(flawed.map((card) => card.keyword || 'a blank card'))].slice(0, 3).join(', ')
  return [
    `${flawed.length === 1 ? 'One header card is' : `${flawed.length} header cards are`} not by the standard (${names}); what could be read was read.`,
  ]
}

/** A reason to look again, not to refuse: programs that edit a header and know nothing of sums leave it wrong too. */
const warnOfChecksums = (bytes: Uint8Array, hdu: Hdu): string[] => {
  const { whole, data } = verifyChecksums(bytes, hdu)
  if (data === false) return ['Its checksum does not fit: the file may be damaged.']
  return whole === false
    ? ['The checksum of its header does not fit: it was edited, or the file may be damaged.']
    : []
}

/**
 * The frames of one FITS file: one for each HDU that holds an image. The first has the file's name and an id made from its hash,
 * a further one `name[hdu]` and the id with `-hdu`, with the HDU number counted from 0.
 */
export const readExposures = (file: FileToRead): ReadExposures => {
  const hdus = listHdus(file.bytes)
  const images = hdus.filter(hasPixels)
  const primary = hdus[0]
  if (images.length === 0 || primary === undefined) {
    const tables = hdus.filter((hdu) => hdu.kind === 'table' || hdu.kind === 'ascii-table').length
    throw new AsterismError(
      'no-image',
      tables > 0
        ? 'This FITS file holds tables and no image, so there is nothing to reduce.'
        : 'This FITS file holds no image: its header announces no pixels.',
      { hdus: hdus.length, tables },
    )
  }
  const fileId = idFromHash('frame', file.sha256)
  const fileName = file.path.split('/').at(-1) ?? file.path
  const headers: { id: string; cards: HeaderCard[] }[] = []
  const exposures = images.map((hdu, index): ExposureRecord => {
    checkReadable(file.bytes, hdu)
    const cards = gatherCards(hdu, primary)
    const profile = findProfile(cards)
    const { facts, sources, warnings } = readFacts(cards, file.path, profile)
    const id = index === 0 ? fileId : `${fileId}-${hdu.index}`
    headers.push({ id, cards })
    return {
      id,
      name: index === 0 ? fileName : `${fileName}[${hdu.index}]`,
      path: file.path,
      sha256: file.sha256,
      batch: file.batch,
      width: hdu.axes[0] ?? 0,
      height: hdu.axes[1] ?? 1,
      pixels: locatePixels(hdu, bytesIdOf(file.sha256)),
      facts,
      corrections: {},
      sources,
      profile: profile.name,
      warnings: [
        ...warnings,
        ...warnOfShape(hdu),
        ...warnOfFlaws(cards),
        ...warnOfChecksums(file.bytes, hdu),
      ],
      excluded: false,
      ingestedAt: file.now ?? Date.now(),
    }
  })
  return { exposures, headers }
}
