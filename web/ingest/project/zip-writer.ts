import { AsterismError } from '../../core/errors'
import { crc32 } from '../crc32'

/** Where the bytes of an archive go, in their order. */
export interface ByteSink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
}

export interface ZipWriter {
  /** One file. `packed`: deflate it, for text; pixels do not get smaller and are stored as they are. */
  add(path: string, parts: readonly Uint8Array<ArrayBuffer>[], packed: boolean): Promise<void>
  /** Writes the directory; nothing can be added after it. */
  finish(): Promise<void>
  readonly entries: number
}

const LOCAL_SIGNATURE = 0x0403_4b50
const ENTRY_SIGNATURE = 0x0201_4b50
const END_SIGNATURE = 0x0605_4b50
const END64_SIGNATURE = 0x0606_4b50
const LOCATOR64_SIGNATURE = 0x0706_4b50
const WIDE_FIELD = 1
/** 4.5, the first that knows of 64-bit sizes; 2.0 for folders and deflate. */
const VERSION_WIDE = 45
const VERSION = 20
/** Names are UTF-8. */
const UTF8_FLAG = 0x0800
const LARGEST_16 = 0xffff
const LARGEST_32 = 0xffff_ffff
const STORED = 0
const DEFLATED = 8

/** Time and date as MS-DOS writes them: two seconds a step, from 1980 on; in UTC, since a zip has no time zone. */
const dosTime = (milliseconds: number): { time: number; date: number } => {
  const moment = new Date(Math.max(milliseconds, Date.UTC(1980, 0, 1)))
  return {
    time: (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | (moment.getUTCSeconds() >> 1),
    date: ((moment.getUTCFullYear() - 1980) << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate(),
  }
}

const deflate = async (parts: readonly Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer>> => {
  const stream = new Blob([...parts]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

interface Entry {
  readonly name: Uint8Array<ArrayBuffer>
  readonly method: number
  readonly crc: number
  readonly packedLength: number
  readonly length: number
  readonly offset: number
}

/** Sizes that do not fit 32 bits, as the extra field 0x0001 (APPNOTE 4.5.3): only those, in this order. */
const wideField = (values: readonly number[]): Uint8Array<ArrayBuffer> => {
  if (values.length === 0) return new Uint8Array(0)
  const field = new DataView(new ArrayBuffer(4 + 8 * values.length))
  field.setUint16(0, WIDE_FIELD, true)
  field.setUint16(2, 8 * values.length, true)
  values.forEach((value, index) => field.setBigUint64(4 + 8 * index, BigInt(value), true))
  return new Uint8Array(field.buffer)
}

const narrow = (value: number): number => Math.min(value, LARGEST_32)

const join = (...parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const localHeader = (entry: Entry, stamp: ReturnType<typeof dosTime>): Uint8Array<ArrayBuffer> => {
  const wide = entry.length >= LARGEST_32 || entry.packedLength >= LARGEST_32
  // In a local header both sizes stand in the extra field or neither (APPNOTE 4.5.3).
  const extra = wideField(wide ? [entry.length, entry.packedLength] : [])
  const view = new DataView(new ArrayBuffer(30))
  view.setUint32(0, LOCAL_SIGNATURE, true)
  view.setUint16(4, wide ? VERSION_WIDE : VERSION, true)
  view.setUint16(6, UTF8_FLAG, true)
  view.setUint16(8, entry.method, true)
  view.setUint16(10, stamp.time, true)
  view.setUint16(12, stamp.date, true)
  view.setUint32(14, entry.crc, true)
  view.setUint32(18, wide ? LARGEST_32 : entry.packedLength, true)
  view.setUint32(22, wide ? LARGEST_32 : entry.length, true)
  view.setUint16(26, entry.name.length, true)
  view.setUint16(28, extra.length, true)
  return join(new Uint8Array(view.buffer), entry.name, extra)
}

const directoryEntry = (entry: Entry, stamp: ReturnType<typeof dosTime>): Uint8Array<ArrayBuffer> => {
  const extra = wideField(
    [entry.length, entry.packedLength, entry.offset].filter((value) => value >= LARGEST_32),
  )
  const view = new DataView(new ArrayBuffer(46))
  view.setUint32(0, ENTRY_SIGNATURE, true)
  view.setUint16(4, extra.length > 0 ? VERSION_WIDE : VERSION, true)
  view.setUint16(6, extra.length > 0 ? VERSION_WIDE : VERSION, true)
  view.setUint16(8, UTF8_FLAG, true)
  view.setUint16(10, entry.method, true)
  view.setUint16(12, stamp.time, true)
  view.setUint16(14, stamp.date, true)
  view.setUint32(16, entry.crc, true)
  view.setUint32(20, narrow(entry.packedLength), true)
  view.setUint32(24, narrow(entry.length), true)
  view.setUint16(28, entry.name.length, true)
  view.setUint16(30, extra.length, true)
  view.setUint32(42, narrow(entry.offset), true)
  return join(new Uint8Array(view.buffer), entry.name, extra)
}

/** End of the directory; the 64-bit record and its locator come before it where a number does not fit. */
const endRecords = (count: number, length: number, offset: number): Uint8Array<ArrayBuffer> => {
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, END_SIGNATURE, true)
  end.setUint16(8, Math.min(count, LARGEST_16), true)
  end.setUint16(10, Math.min(count, LARGEST_16), true)
  end.setUint32(12, narrow(length), true)
  end.setUint32(16, narrow(offset), true)
  if (count < LARGEST_16 && length < LARGEST_32 && offset < LARGEST_32) return new Uint8Array(end.buffer)
  const wide = new DataView(new ArrayBuffer(56 + 20))
  wide.setUint32(0, END64_SIGNATURE, true)
  wide.setBigUint64(4, 44n, true)
  wide.setUint16(12, VERSION_WIDE, true)
  wide.setUint16(14, VERSION_WIDE, true)
  wide.setBigUint64(24, BigInt(count), true)
  wide.setBigUint64(32, BigInt(count), true)
  wide.setBigUint64(40, BigInt(length), true)
  wide.setBigUint64(48, BigInt(offset), true)
  wide.setUint32(56, LOCATOR64_SIGNATURE, true)
  wide.setBigUint64(64, BigInt(offset + length), true)
  wide.setUint32(72, 1, true)
  return join(new Uint8Array(wide.buffer), new Uint8Array(end.buffer))
}

/**
 * A zip archive written front to back (PKWARE APPNOTE 6.3.10): each file's header stands before it with its true sizes, so every
 * reader can follow, and 64-bit fields are used only where a size, an offset or the number of files needs them. Held in memory:
 * the file that is written and the directory, about 100 bytes a file.
 */
export const createZipWriter = (sink: ByteSink, now: number): ZipWriter => {
  const stamp = dosTime(now)
  const directory: Uint8Array<ArrayBuffer>[] = []
  let offset = 0
  const write = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    await sink.write(bytes)
    offset += bytes.length
  }
  return {
    add: async (path, parts, packed) => {
      const name = new TextEncoder().encode(path)
      if (name.length > LARGEST_16)
        throw new AsterismError('bad-archive', `The name ${path.slice(0, 80)}… is too long for a zip.`)
      const length = parts.reduce((total, part) => total + part.length, 0)
      const crc = parts.reduce((sum, part) => crc32(part, sum), 0)
      const body = packed && length > 0 ? [await deflate(parts)] : parts
      const packedLength = body.reduce((total, part) => total + part.length, 0)
      const method = packed && length > 0 ? DEFLATED : STORED
      const entry: Entry = { name, method, crc, packedLength, length, offset }
      await write(localHeader(entry, stamp))
      for (const part of body) await write(part)
      directory.push(directoryEntry(entry, stamp))
    },
    finish: async () => {
      const start = offset
      for (const entry of directory) await write(entry)
      await write(endRecords(directory.length, offset - start, start))
    },
    get entries() {
      return directory.length
    },
  }
}
