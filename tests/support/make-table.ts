import type { CellValue, ColumnType, Table, TableColumn } from '../../web/core/table'

/** A column from its cells. */
export const makeColumn = (
  name: string,
  type: ColumnType,
  cells: readonly CellValue[],
  more: Partial<TableColumn> = {},
): TableColumn => ({
  name,
  type,
  unit: null,
  description: '',
  shape: [],
  cell: (row) => cells[row] ?? null,
  ...more,
})

/** A table of every type, with missing values, several axes, lists of different lengths and numbers beyond 2^53. */
export const makeEveryType = (): Table => ({
  name: 'every type',
  notes: ['Made for a test: "quotes", <signs> & a\nline break.'],
  rowCount: 3,
  columns: [
    makeColumn('time', 'float64', [2_458_107.714_061, 2_458_107.8, NaN], {
      unit: 'd',
      description: 'Barycentric Julian date, TDB',
      ucd: 'time.epoch',
      time: { scale: 'TDB', place: 'BARYCENTER' },
    }),
    makeColumn('jd_utc', 'float64', [2_458_107.71, 2_458_107.79, 2_458_107.9], {
      unit: 'd',
      ucd: 'time.epoch',
      time: { scale: 'UTC', place: 'TOPOCENTER' },
    }),
    makeColumn('truth', 'boolean', [true, false, null]),
    makeColumn(
      'bits',
      'bits',
      [
        [1, 0, 1],
        [0, 0, 0],
        [1, 1, 1],
      ].map((cell) => cell.map(Boolean)),
      { shape: [3] },
    ),
    makeColumn('byte', 'uint8', [0, 255, null]),
    makeColumn('short', 'int16', [-32_768, 32_767, null], { unit: 'adu', description: 'counts' }),
    makeColumn('int', 'int32', [-2_147_483_648, null, 7]),
    makeColumn('long', 'int64', [9_007_199_254_740_993n, -1, null]),
    makeColumn('huge', 'int64', [2n ** 64n - 2n, 0, 2n ** 63n]),
    makeColumn('float', 'float32', [1.5, -0, Math.fround(1e-40)]),
    makeColumn('double', 'float64', [0.1, -Infinity, null], { unit: 'electron' }),
    makeColumn('complex', 'complex128', [
      [1, -2.5],
      [0.1, 0],
      [-1e300, 3],
    ]),
    makeColumn('text', 'text', ['plain', 'comma, "quote"\' & <tag>', null]),
    makeColumn('word', 'text', ['K\u00f6ln', '', ' spaces ']),
    makeColumn(
      'matrix',
      'int16',
      [
        [1, 2, 3, 4, 5, 6],
        [-1, -2, -3, -4, -5, -6],
        [0, 0, 0, 0, 0, 9],
      ],
      { shape: [2, 3] },
    ),
    makeColumn(
      'names',
      'text',
      [
        ['a', 'bcd'],
        ['ef', ''],
        ['g', 'h'],
      ],
      { shape: [2] },
    ),
    makeColumn('list', 'float32', [[1, 2, 3], [], [4]], { shape: null }),
    makeColumn('shorts', 'int16', [[1], [2, 3], []], { shape: null }),
    makeColumn('bitlist', 'bits', [[true], [], [true, false, true, true, false, true, true, false, true]], {
      shape: null,
    }),
  ],
})
