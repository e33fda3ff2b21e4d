import { AsterismError, type ErrorCode } from '../core/errors'
import { sniff, type FileKind } from './sniff'

type Refusal = readonly [ErrorCode, string]

const REFUSALS: Partial<Record<FileKind, Refusal>> = {
  empty: ['empty-file', 'The file is empty: it has 0 bytes. Fetch or copy it again.'],
  xz: ['bad-archive', 'The file is packed with xz, which cannot be opened here. Unpack it with unxz first.'],
  'seven-zip': [
    'bad-archive',
    'This is a 7-Zip archive, which cannot be opened here. Unpack it first, or pack it as zip.',
  ],
  rar: [
    'bad-archive',
    'This is a RAR archive, which cannot be opened here. Unpack it first, or pack it as zip.',
  ],
  jpeg: [
    'not-fits',
    'This is a JPEG picture, whatever its name says. JPEG has lost the brightness values; use the FITS file that the camera wrote.',
  ],
  png: [
    'not-fits',
    'This is a PNG picture, whatever its name says. Use the FITS file that the camera wrote.',
  ],
  gif: [
    'not-fits',
    'This is a GIF picture, whatever its name says. Use the FITS file that the camera wrote.',
  ],
  tiff: ['not-fits', 'This is a TIFF or camera raw file. Convert it to FITS first, for example with Siril.'],
  pdf: ['not-fits', 'This is a PDF document, not a FITS file.'],
  html: [
    'not-fits',
    'This is a web page, not a FITS file: the server answered with a page, perhaps a login or an error. Open the address in the browser, and save the file itself.',
  ],
  text: ['not-fits', 'This is a text file, not a FITS file.'],
  other: [
    'not-fits',
    'This is not a FITS file: it does not begin with SIMPLE. Save or export it as FITS and try again.',
  ],
}

/** Why a file of this kind cannot be taken in, and what to do about it. */
export const refuseKind = (kind: FileKind): AsterismError => {
  const [code, message] = REFUSALS[kind] ?? ['not-fits', 'This is not a FITS file.']
  return new AsterismError(code, message, { kind })
}

/** Of these nothing is ever read, so that no more of them has to be unpacked than tells what they are. */
const USELESS: readonly FileKind[] = [
  'other',
  'html',
  'jpeg',
  'png',
  'gif',
  'tiff',
  'pdf',
  'rar',
  'seven-zip',
  'xz',
]

/** Throws for the first bytes of a file that would be refused in the end: a gigabyte of zeros is known by its first ones. */
export const refuseUseless = (head: Uint8Array): void => {
  const kind = sniff(head)
  if (USELESS.includes(kind)) throw refuseKind(kind)
}
