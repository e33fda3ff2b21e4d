import type { ExposureRecord, PixelLocation } from '../core/frame'
import { readText, type HeaderCard } from '../core/header'
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
import type { InstrumentProfile } from './instruments'
import { readFrame } from './read-frame'
import { sampleLevel } from './sample-level'

export interface FileToRead {
  /** Folder and file as it was dropped, '/' separated. */
  readonly path: string
  readonly bytes: Uint8Array
  readonly sha256: string
  readonly batch: string
  /** A person's own, asked before those that are built in. */
  readonly profiles?: readonly InstrumentProfile[]
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

const describePlanes = ({ axes }: Hdu): Pick<ExposureRecord, 'planes'> => {
  const planes = axes.slice(2).reduce((product, side) => product * side, 1)
  return planes > 1 ? { planes } : {}
}

/** Where the file was converted from another format here: what that file was. */
const describeOriginal = (cards: readonly HeaderCard[]): Pick<ExposureRecord, 'original'> => {
  const [format, sha256] = [readText(cards, 'ORIGFMT'), readText(cards, 'ORIGSHA')]
  return format !== null && sha256 !== null && /^[0-9a-f]{64}$/.test(sha256)
    ? { original: { format, sha256 } }
    : {}
}

/** A reason to look again, not to refuse: programs that edit a header and know nothing of sums leave it wrong too. */
export const warnOfChecksums = (bytes: Uint8Array, hdu: Hdu): string[] => {
  const { whole, data } = verifyChecksums(bytes, hdu)
  if (data === false) return ['Its checksum does not fit: the file may be damaged.']
  return whole === false
    ? ['The checksum of its header does not fit: it was edited, or the file may be damaged.']
    : []
}

/**
 * The frames of one FITS file: one for each HDU that holds an image, none where there is no picture. The first has the file's name and an id made from its hash,
 * a further one `name[hdu]` and the id with `-hdu`, with the HDU number counted from 0.
 */
export const readExposures = (file: FileToRead): ReadExposures => {
  const hdus = listHdus(file.bytes)
  const images = hdus.filter(hasPixels)
  const primary = hdus[0]
  if (primary === undefined) return { exposures: [], headers: [] }
  const fileId = idFromHash('frame', file.sha256)
  const fileName = file.path.split('/').at(-1) ?? file.path
  const headers: { id: string; cards: HeaderCard[] }[] = []
  const exposures = images.map((hdu, index): ExposureRecord => {
    checkReadable(file.bytes, hdu)
    const cards = gatherCards(hdu, primary)
    const reading = readFrame(cards, file.path, { axes: hdu.axes, profiles: file.profiles ?? [] })
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
      ...reading,
      corrections: {},
      warnings: [...reading.warnings, ...warnOfChecksums(file.bytes, hdu)],
      level: sampleLevel(file.bytes, hdu),
      excluded: false,
      ...describePlanes(hdu),
      ...describeOriginal(cards),
      ingestedAt: file.now ?? Date.now(),
    }
  })
  return { exposures, headers }
}
