import type { HeaderCard } from '../../core/header'
import { joinParts } from './assemble-hdu'
import { encodePixels, type StoredImage } from './encode-pixels'
import type { CardToFormat } from './format-card'
import type { Bitpix } from './list-hdus'
import { writeImageHdu, type ImageHdu } from './write-image'
import { writeCompressedHdu, type CompressedHdu } from './write-compressed'
import { writeTableHdu, type TableHdu } from './write-table'

/** An HDU of a file that was read, header and data with their padding, which goes out as it came. */
export interface VerbatimHdu {
  readonly kind: 'verbatim'
  readonly bytes: Uint8Array
  /** It begins with SIMPLE, and so has to come first. */
  readonly primary: boolean
}

export type HduToWrite = ImageHdu | TableHdu | CompressedHdu | VerbatimHdu

const NOTHING: StoredImage = {
  axes: [],
  bitpix: 8,
  bytes: new Uint8Array(0),
  bzero: 0,
  bscale: 1,
  blank: null,
}

const writeHdu = (hdu: HduToWrite, primary: boolean): Uint8Array[] => {
  switch (hdu.kind) {
    case 'image':
      return writeImageHdu(hdu, primary)
    case 'table':
      return writeTableHdu(hdu)
    case 'compressed':
      return writeCompressedHdu(hdu)
    default:
      return [hdu.bytes]
  }
}

/**
 * A FITS file that passes a strict reader: fixed-format cards, kept cards byte for byte where they are valid and repaired where they
 * are not, DATASUM and CHECKSUM in every HDU, all padding. What cannot come first in a file has an empty HDU before it.
 */
export const writeFits = (hdus: readonly HduToWrite[]): Uint8Array<ArrayBuffer> => {
  const [first] = hdus
  const comesFirst = first?.kind === 'image' || (first?.kind === 'verbatim' && first.primary)
  const whole: readonly HduToWrite[] = comesFirst ? hdus : [{ kind: 'image', image: NOTHING }, ...hdus]
  return joinParts(whole.flatMap((hdu, index) => writeHdu(hdu, index === 0)))
}

/** A picture with what is written over it: its axes are width and height. */
export interface PlaneToWrite {
  readonly width: number
  readonly height: number
  readonly data: Float32Array | Uint16Array | Uint8Array
}

export interface ExtensionToWrite {
  readonly name: string
  readonly image: PlaneToWrite
  readonly bitpix: Bitpix
  readonly header?: readonly CardToFormat[]
}

export interface FitsToWrite {
  readonly image: PlaneToWrite
  readonly header: readonly HeaderCard[]
  readonly added?: readonly CardToFormat[]
  /** 16 is unsigned. */
  readonly bitpix: Bitpix
  readonly extensions?: readonly ExtensionToWrite[]
}

const encodePlane = ({ width, height, data }: PlaneToWrite, bitpix: Bitpix): StoredImage =>
  encodePixels({ axes: [width, height], data, bitpix })

/** A file of pictures. */
export const writeFitsImage = (file: FitsToWrite): Uint8Array<ArrayBuffer> =>
  writeFits([
    {
      kind: 'image',
      image: encodePlane(file.image, file.bitpix),
      header: file.header,
      ...(file.added === undefined ? {} : { added: file.added }),
    },
    ...(file.extensions ?? []).map((extension): ImageHdu => ({
      kind: 'image',
      name: extension.name,
      image: encodePlane(extension.image, extension.bitpix),
      ...(extension.header === undefined ? {} : { added: extension.header }),
    })),
  ])
