import type { Random } from '../../web/science/math/random'
import { chance, drawCount, drawInteger, pick } from './pick'

/** Where a number lies behind the mark of a record, and in how many bytes. */
type Field = readonly [offset: number, bytes: 2 | 4 | 8]

/** The records of a zip by the last two bytes of their marks, with the fields by which a reader finds its way (APPNOTE 4.3). */
const ZIP_FIELDS: Readonly<Record<number, readonly Field[]>> = {
  // Before a file: flags, method, checksum, both lengths, lengths of name and extra fields.
  0x0403: [
    [6, 2],
    [8, 2],
    [14, 4],
    [18, 4],
    [22, 4],
    [26, 2],
    [28, 2],
  ],
  // Of the directory: the same, with the comment, and where the file begins.
  0x0201: [
    [8, 2],
    [10, 2],
    [16, 4],
    [20, 4],
    [24, 4],
    [28, 2],
    [30, 2],
    [32, 2],
    [42, 4],
  ],
  // Its end: disks, entries, length, place, comment.
  0x0605: [
    [4, 2],
    [8, 2],
    [10, 2],
    [12, 4],
    [16, 4],
    [20, 2],
  ],
  0x0606: [
    [4, 8],
    [24, 8],
    [32, 8],
    [40, 8],
    [48, 8],
  ],
  0x0706: [
    [4, 4],
    [8, 8],
    [16, 4],
  ],
}

const findMarks = (view: DataView): (readonly [number, readonly Field[]])[] => {
  const found: (readonly [number, readonly Field[]])[] = []
  for (let at = 0; at + 4 <= view.byteLength; at++) {
    if (view.getUint16(at, true) !== 0x4b50) continue
    const fields = ZIP_FIELDS[view.getUint16(at + 2, true)]
    if (fields !== undefined) found.push([at, fields])
  }
  return found
}

const setZipField = (random: Random, view: DataView): void => {
  const marks = findMarks(view)
  if (marks.length === 0) return
  const [at, fields] = pick(random, marks)
  const [offset, bytes] = pick(random, fields)
  if (at + offset + bytes > view.byteLength) return
  const value = BigInt(drawInteger(random))
  const place = at + offset
  // A little off is as wrong as far off.
  const near = chance(random, 0.4)
  const step = BigInt(random.integer(9) - 4)
  if (bytes === 2)
    view.setUint16(
      place,
      Number(BigInt.asUintN(16, near ? BigInt(view.getUint16(place, true)) + step : value)),
      true,
    )
  else if (bytes === 4)
    view.setUint32(
      place,
      Number(BigInt.asUintN(32, near ? BigInt(view.getUint32(place, true)) + step : value)),
      true,
    )
  else
    view.setBigUint64(place, BigInt.asUintN(64, near ? view.getBigUint64(place, true) + step : value), true)
}

const LENGTHS = [
  '00000000000',
  '77777777777',
  '-0000000001',
  '00000000001',
  '          ',
  '9',
  '0x10',
  '\x80\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff',
]
const TYPES = ['0', '\0', '1', '5', 'L', 'K', 'x', 'g', 'S', '7']
const NAMES = [
  '',
  '../../etc/passwd',
  '/abs.fits',
  'C:\\a.fits',
  '.',
  'a'.repeat(100),
  '\xff\xfe',
  'a/./b/../c.fits',
]

/** Fields of a header of tar: name, length, type and the folders before the name. */
const setTarField = (random: Random, bytes: Uint8Array): void => {
  const headers: number[] = []
  for (let at = 0; at + 512 <= bytes.length; at += 512)
    if (String.fromCharCode(...bytes.subarray(at + 257, at + 262)) === 'ustar') headers.push(at)
  if (headers.length === 0) return
  const at = pick(random, headers)
  const put = (text: string, offset: number, length: number): void =>
    bytes.set(Buffer.from(text.slice(0, length).padEnd(length, '\0'), 'latin1'), at + offset)
  pick<() => void>(random, [
    () =>
      put(
        chance(random, 0.5) ? pick(random, LENGTHS) : random.integer(5000).toString(8).padStart(11, '0'),
        124,
        12,
      ),
    () => put(pick(random, TYPES), 156, 1),
    () => put(pick(random, NAMES), 0, 100),
    () => put(pick(random, NAMES), 345, 155),
  ])()
}

/** An archive that says of itself what is not so; what lies in it stays as it is. */
export const mutateArchive = (random: Random, source: Uint8Array): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(source)
  const view = new DataView(bytes.buffer)
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  for (let count = drawCount(random, 4); count > 0; count--)
    if (isZip) setZipField(random, view)
    else setTarField(random, bytes)
  return bytes
}
