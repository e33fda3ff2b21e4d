import type { FileKind } from '../sniff'
import type { ConvertOptions } from './pack-fits'

/** Formats of other programs that are taken in as FITS files of the same pixels. */
export type ForeignKind = Extract<FileKind, 'xisf' | 'ser'>

export const isForeign = (kind: FileKind): kind is ForeignKind => kind === 'xisf' || kind === 'ser'

/** The file as FITS. What it takes to read the other formats is loaded when the first such file comes. */
export const convertForeign = async (
  kind: ForeignKind,
  bytes: Uint8Array<ArrayBuffer>,
  options: ConvertOptions,
): Promise<Uint8Array<ArrayBuffer>> => {
  if (kind === 'xisf') return (await import('./xisf-to-fits')).convertXisf(bytes, options)
  return (await import('./ser-to-fits')).convertSer(bytes, options)
}
