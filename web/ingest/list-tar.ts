import { AsterismError } from '../core/errors'

const BLOCK = 512
/** Bytes of a long name, with all else that a pax header may say. */
const LONGEST_NAME = 2 ** 20

/** A plain file of a tar archive and where its bytes lie in it. */
export interface TarFile {
  readonly path: string
  readonly start: number
  readonly end: number
}

const readText = (bytes: Uint8Array, start: number, length: number): string =>
  new TextDecoder().decode(bytes.subarray(start, start + length)).replace(/\0.*$/s, '')

/** A POSIX path record `length path=value\n` of a pax header. */
const readPaxPath = (text: string): string | null => /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text)?.[1] ?? null

/** The plain files of a tar archive (POSIX ustar, with GNU and pax long names), without a copy of their bytes. */
export const listTar = (bytes: Uint8Array, maxEntries: number): TarFile[] => {
  const files: TarFile[] = []
  let longPath: string | null = null
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0;) {
    const length = parseInt(readText(bytes, at + 124, 12).trim() || '0', 8)
    const start = at + BLOCK
    if (!Number.isFinite(length) || length < 0 || start + length > bytes.length) {
      throw new AsterismError('bad-archive', 'The tar archive is damaged or cut off. Fetch or copy it again.')
    }
    const type = String.fromCharCode(bytes[at + 156] ?? 0)
    if ((type === 'L' || type === 'x') && length > LONGEST_NAME)
      throw new AsterismError('bad-archive', 'The tar archive is damaged: one of its names is too long.')
    if (type === 'L') longPath = readText(bytes, start, length)
    else if (type === 'x')
      longPath = readPaxPath(new TextDecoder().decode(bytes.subarray(start, start + length))) ?? longPath
    else {
      const prefix = readText(bytes, at + 345, 155)
      const name = readText(bytes, at, 100)
      if (files.length === maxEntries)
        throw new AsterismError(
          'too-large',
          `The archive holds more than ${maxEntries} files. Split it into parts.`,
        )
      if (type === '0' || type === '\0')
        files.push({
          path: longPath ?? (prefix === '' ? name : `${prefix}/${name}`),
          start,
          end: start + length,
        })
      longPath = null
    }
    at += BLOCK + Math.ceil(length / BLOCK) * BLOCK
  }
  return files
}
