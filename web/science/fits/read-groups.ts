import { readNumber, readText } from '../../core/header'
import type { CellValue, TableColumn } from '../../core/table'
import { AsterismError } from '../../core/errors'
import type { Hdu } from './list-hdus'
import type { FitsTable } from './read-binary-table'

/** Cells of more values than these are not made into lists. */
const MOST_ELEMENTS = 2 ** 22

/**
 * Random groups (FITS standard, section 6), the old form of interferometers' data, as a table: a row for each group, a column for each
 * parameter (PTYPEn, value = PZEROn + PSCALn stored), and the last one, `DATA`, for the group's array (value = BZERO + BSCALE stored).
 * Parameters of one name are parts of one number and are left as they are.
 */
export const readGroups = (bytes: Uint8Array, hdu: Hdu): FitsTable => {
  const { header, bitpix } = hdu
  const shape = hdu.axes.slice(1)
  const values = shape.reduce((product, side) => product * side, 1)
  const parameters = readNumber(header, 'PCOUNT') ?? 0
  const rowCount = hdu.axes.length < 2 ? 0 : (readNumber(header, 'GCOUNT') ?? 0)
  const size = Math.abs(bitpix) / 8
  const rowLength = (parameters + values) * size
  if (parameters > 9999 || rowCount * rowLength > hdu.dataLength || (rowLength === 0 && rowCount > 0))
    throw new AsterismError('bad-header', `The groups of HDU ${hdu.index} do not fit its data.`, {
      hdu: hdu.index,
    })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const readStored = (at: number): number => {
    if (bitpix === 8) return view.getUint8(at)
    if (bitpix === 16) return view.getInt16(at)
    if (bitpix === 32) return view.getInt32(at)
    if (bitpix === 64) return Number(view.getBigInt64(at))
    return bitpix === -32 ? view.getFloat32(at) : view.getFloat64(at)
  }
  const columnOf = (name: string, keywords: readonly [string, string], place: number): TableColumn => {
    const [scale, zero] = [readNumber(header, keywords[0]) ?? 1, readNumber(header, keywords[1]) ?? 0]
    const plain = { name, type: 'float64' as const, unit: null, description: '' }
    const read = (at: number): number => zero + scale * readStored(at)
    const start = (row: number): number => hdu.dataOffset + row * rowLength + place * size
    if (place < parameters) return { ...plain, shape: [], cell: (row) => read(start(row)) }
    const cell = (row: number): CellValue =>
      values > MOST_ELEMENTS
        ? null
        : Array.from({ length: values }, (_, index) => read(start(row) + index * size))
    return { ...plain, unit: readText(header, 'BUNIT'), shape, cell }
  }
  const columns = Array.from({ length: parameters }, (_, index) =>
    columnOf(
      readText(header, `PTYPE${index + 1}`) ?? `par${index + 1}`,
      [`PSCAL${index + 1}`, `PZERO${index + 1}`],
      index,
    ),
  )
  return {
    name: readText(header, 'EXTNAME'),
    rowCount,
    columns: [...columns, columnOf('DATA', ['BSCALE', 'BZERO'], parameters)],
    warnings: [],
  }
}
