/** How the values of a column are kept. Complex numbers are pairs: real part, imaginary part. */
export type ColumnType =
  | 'boolean'
  | 'bits'
  | 'uint8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'float32'
  | 'float64'
  | 'complex64'
  | 'complex128'
  | 'text'

/** One value. A whole number beyond 2^53 is a bigint; null where the table says that there is no value. */
export type ScalarValue = number | bigint | boolean | string | null

/** A cell of a scalar column is one value, of any other column the list of its elements, first axis fastest. */
export type CellValue = ScalarValue | readonly ScalarValue[]

/** Of a column of Julian dates: days since Julian date 0 in this scale, as seen from this place. */
export interface TimeFrame {
  readonly scale: 'UTC' | 'TDB'
  readonly place: 'TOPOCENTER' | 'BARYCENTER'
}

export interface TableColumn {
  readonly name: string
  readonly type: ColumnType
  /** As the file has it; null where it says nothing. */
  readonly unit: string | null
  readonly description: string
  /** Unified content descriptor of the virtual observatory, such as `phot.mag`. */
  readonly ucd?: string
  readonly time?: TimeFrame
  /** Elements of a cell along each axis, first axis fastest; empty for a scalar, null where cells differ in length. */
  readonly shape: readonly number[] | null
  /** The cell of a row, 0-based. Read when asked for, so that a large table costs only what is looked at. */
  readonly cell: (row: number) => CellValue
}

/** Any table, whatever file it came from or goes to. */
export interface Table {
  readonly name: string | null
  /** Sentences about the table as a whole: what was measured, with what, and what its columns mean together. */
  readonly notes?: readonly string[]
  readonly rowCount: number
  readonly columns: readonly TableColumn[]
}
