/** What the first bytes say a file is. The name is never asked: it is wrong too often. */
export type FileKind =
  | 'empty'
  | 'fits'
  | 'gzip'
  | 'zip'
  | 'tar'
  | 'bzip2'
  | 'xz'
  | 'compress'
  | 'seven-zip'
  | 'rar'
  | 'jpeg'
  | 'png'
  | 'gif'
  | 'tiff'
  | 'xisf'
  | 'ser'
  | 'pdf'
  | 'html'
  | 'votable'
  | 'ecsv'
  | 'text'
  | 'other'

/** Bytes from the start of a file that `sniff` needs: enough for the mark of a tar archive. */
export const SNIFF_LENGTH = 512

const SIGNATURES: readonly (readonly [FileKind, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['compress', [0x1f, 0x9d]],
  ['seven-zip', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', [0x52, 0x61, 0x72, 0x21]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
  // Camera raw files (NEF, CR2, ARW, DNG) begin like a TIFF.
  ['tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2a]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
]

const readAscii = (bytes: Uint8Array, start: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(start, start + length))

const isText = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte !== 127))

/** A VOTable may begin with long comments. */
const hasVotable = (bytes: Uint8Array): boolean => {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 65_536))
  return /<(?:[\w.-]+:)?VOTABLE[\s>]/.test(start)
}

export const sniff = (bytes: Uint8Array): FileKind => {
  if (bytes.length === 0) return 'empty'
  const head = readAscii(bytes, 0, 16)
  if (/^SIMPLE {1,2}=/.test(head)) return 'fits'
  for (const [kind, signature] of SIGNATURES) {
    if (signature.every((byte, index) => bytes[index] === byte)) return kind
  }
  // Then the mark of the first block, or of the end.
  if (/^BZh[1-9]/.test(head) && (head.startsWith('1AY&SY', 4) || head.startsWith('\u0017rE8P\u0090', 4)))
    return 'bzip2'
  if (head.startsWith('XISF0100')) return 'xisf'
  if (head.startsWith('LUCAM-RECORDER')) return 'ser'
  if (readAscii(bytes, 257, 5) === 'ustar') return 'tar'
  const start = bytes.subarray(0, SNIFF_LENGTH)
  const text = readAscii(start, 0, SNIFF_LENGTH)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase()
  if (
    /^(?:<!doctype html|<html|<head|<body)/.test(text) ||
    (text.startsWith('<?xml') && text.includes('<html'))
  )
    return 'html'
  if (/<(?:[\w.-]+:)?votable[\s>]/.test(text) || (text.startsWith('<?xml') && hasVotable(bytes)))
    return 'votable'
  if (!isText(start)) return 'other'
  return text.startsWith('# %ecsv') ? 'ecsv' : 'text'
}
