import { AsterismError } from '../core/errors'

const BLOCK = 512

const readText = (bytes: Uint8Array, start: number, length: number): string =>
  new TextDecoder().decode(bytes.subarray(start, start + length)).replace(/\0.*$/s, '')

/** A POSIX path record `length path=value\n` of a pax header. */
const readPaxPath = (text: string): string | null => /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text)?.[1] ?? null

/** The plain files of a tar archive (POSIX ustar, with GNU and pax long names). */
export function* readTar(
  bytes: Uint8Array<ArrayBuffer>,
): Generator<{ path: string; bytes: Uint8Array<ArrayBuffer> }> {
  let longPath: string | null = null
  for (let at = 0; at + BLOCK <= bytes.length;) {
    if (bytes[at] === 0) return
    const length = parseInt(readText(bytes, at + 124, 12).trim() || '0', 8)
    if (!Number.isFinite(length) || length < 0 || at + BLOCK + length > bytes.length) {
      throw new AsterismError('bad-archive', 'The tar archive is damaged or cut off. Fetch or copy it again.')
    }
    const type = String.fromCharCode(bytes[at + 156] ?? 0)
    const body = bytes.subarray(at + BLOCK, at + BLOCK + length)
    if (type === 'L') longPath = readText(body, 0, length)
    else if (type === 'x') longPath = readPaxPath(new TextDecoder().decode(body)) ?? longPath
    else {
      const prefix = readText(bytes, at + 345, 155)
      const name = readText(bytes, at, 100)
      if (type === '0' || type === '\0')
        yield { path: longPath ?? (prefix === '' ? name : `${prefix}/${name}`), bytes: body.slice() }
      longPath = null
    }
    at += BLOCK + Math.ceil(length / BLOCK) * BLOCK
  }
}
