import { AsterismError } from '../core/errors'

/** One file of a zip archive, from its central directory. */
export interface ZipEntry {
  readonly path: string
  /** 0 stored, 8 deflated; others are not opened. */
  readonly method: number
  readonly encrypted: boolean
  readonly crc32: number
  readonly packedLength: number
  readonly length: number
  readonly headerOffset: number
}

const END_SIGNATURE = 0x0605_4b50
const END64_SIGNATURE = 0x0606_4b50
const LOCATOR64_SIGNATURE = 0x0706_4b50
const ENTRY_SIGNATURE = 0x0201_4b50
const LOCAL_SIGNATURE = 0x0403_4b50
const END_LENGTH = 22
const MAX_COMMENT = 65_535
const MAX_DIRECTORY_BYTES = 64e6

const damaged = (detail: string): AsterismError =>
  new AsterismError(
    'bad-archive',
    `The zip archive is damaged or cut off: ${detail}. Fetch or copy it again.`,
  )

const readView = async (blob: Blob, start: number, length: number): Promise<DataView> => {
  if (start < 0 || length < 0 || start + length > blob.size)
    throw damaged('its directory points outside the file')
  return new DataView(await blob.slice(start, start + length).arrayBuffer())
}

interface Directory {
  readonly offset: number
  readonly length: number
  readonly count: number
}

const findEnd = async (blob: Blob): Promise<{ view: DataView; at: number; start: number }> => {
  const length = Math.min(blob.size, END_LENGTH + MAX_COMMENT)
  const start = blob.size - length
  const view = await readView(blob, start, length)
  for (let at = length - END_LENGTH; at >= 0; at--) {
    if (view.getUint32(at, true) === END_SIGNATURE) return { view, at, start }
  }
  throw damaged('it has no directory at its end')
}

const readDirectory = async (blob: Blob): Promise<Directory> => {
  const { view, at, start } = await findEnd(blob)
  const small = {
    count: view.getUint16(at + 10, true),
    length: view.getUint32(at + 12, true),
    offset: view.getUint32(at + 16, true),
  }
  if (small.count !== 0xffff && small.length !== 0xffff_ffff && small.offset !== 0xffff_ffff) return small
  const locator = await readView(blob, start + at - 20, 20)
  if (locator.getUint32(0, true) !== LOCATOR64_SIGNATURE) return small
  const end = await readView(blob, Number(locator.getBigUint64(8, true)), 56)
  if (end.getUint32(0, true) !== END64_SIGNATURE) throw damaged('its 64-bit directory is not where it says')
  return {
    count: Number(end.getBigUint64(32, true)),
    length: Number(end.getBigUint64(40, true)),
    offset: Number(end.getBigUint64(48, true)),
  }
}

/** Sizes and offset above 4 GiB stand in the extra field 0x0001, only those that did not fit, in this order. */
const readWideFields = (view: DataView, start: number, end: number, narrow: readonly number[]): number[] => {
  const fields = [...narrow]
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue
    let next = at + 4
    fields.forEach((field, index) => {
      if (field !== 0xffff_ffff || next + 8 > end) return
      fields[index] = Number(view.getBigUint64(next, true))
      next += 8
    })
  }
  return fields
}

const decodeName = (bytes: Uint8Array, utf8: boolean): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder(utf8 ? 'utf-8' : 'windows-1252').decode(bytes)
  }
}

/** A path within the archive: forward slashes, no drive, no step out of it. */
export const normalisePath = (path: string): string =>
  path
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/')

/** Bytes of the header before each file, without name and extra fields. */
const LOCAL_LENGTH = 30

/** Files that share their bytes are how a small archive is made to unpack to a huge one (D. Fifield, "A better zip bomb", 2019). */
const refuseOverlap = (entries: readonly ZipEntry[]): void => {
  const ordered = [...entries].sort((a, b) => a.headerOffset - b.headerOffset)
  ordered.forEach((entry, index) => {
    const next = ordered[index + 1]
    if (next !== undefined && entry.headerOffset + LOCAL_LENGTH + entry.packedLength > next.headerOffset)
      throw damaged(`${entry.path} and ${next.path} share their bytes`)
  })
}

/** The files of a zip archive, by its central directory, so that nothing but the directory is read. */
export const listZipEntries = async (blob: Blob, maxEntries: number): Promise<ZipEntry[]> => {
  const directory = await readDirectory(blob)
  if (directory.count > maxEntries) {
    throw new AsterismError(
      'too-large',
      `The archive holds ${directory.count} files; at most ${maxEntries} are taken at once. Split it into parts.`,
      {
        entries: directory.count,
      },
    )
  }
  if (directory.length > MAX_DIRECTORY_BYTES) throw damaged('its directory is too long')
  const view = await readView(blob, directory.offset, directory.length)
  const entries: ZipEntry[] = []
  let at = 0
  for (let index = 0; index < directory.count; index++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY_SIGNATURE)
      throw damaged('its directory ends too early')
    const flags = view.getUint16(at + 8, true)
    const nameEnd = at + 46 + view.getUint16(at + 28, true)
    const extraEnd = nameEnd + view.getUint16(at + 30, true)
    if (extraEnd > view.byteLength) throw damaged('its directory ends too early')
    const narrow = [
      view.getUint32(at + 24, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true),
    ]
    const [length = 0, packedLength = 0, headerOffset = 0] = readWideFields(view, nameEnd, extraEnd, narrow)
    const name = decodeName(new Uint8Array(view.buffer, at + 46, nameEnd - at - 46), (flags & 0x800) !== 0)
    entries.push({
      path: name,
      method: view.getUint16(at + 10, true),
      encrypted: (flags & 1) !== 0,
      crc32: view.getUint32(at + 16, true),
      packedLength,
      length,
      headerOffset,
    })
    at = extraEnd + view.getUint16(at + 32, true)
  }
  refuseOverlap(entries)
  return entries
}

/** The packed bytes of an entry as they lie in the archive. */
export const sliceZipEntry = async (blob: Blob, entry: ZipEntry): Promise<Blob> => {
  const header = await readView(blob, entry.headerOffset, LOCAL_LENGTH)
  if (header.getUint32(0, true) !== LOCAL_SIGNATURE)
    throw damaged(`${entry.path} is not where the directory says`)
  const start = entry.headerOffset + LOCAL_LENGTH + header.getUint16(26, true) + header.getUint16(28, true)
  if (start + entry.packedLength > blob.size) throw damaged(`${entry.path} is cut off`)
  return blob.slice(start, start + entry.packedLength)
}
