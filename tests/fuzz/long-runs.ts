import { imageCards, joinBytes, makeHeader } from '../science/fits/make-fits'

/** A file in which one thing is repeated so often that a reader that goes back for each of them does not end in its second. */
interface LongRun {
  readonly name: string
  readonly target: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

const text = (words: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(words)

const TABLE = '<VOTABLE><TABLE><FIELD name="a" datatype="int"/>'

/** A height above the sea that goes on in so many cards, with blanks that are not taken off at the end of a card. */
const longHeight = (): Uint8Array<ArrayBuffer> =>
  joinBytes(
    makeHeader([
      ...imageCards(16, [4, 3]),
      'SITELAT =                 47.5',
      'SITELONG=                  8.5',
      "SITEELEV= '1&'",
      ...Array.from({ length: 2000 }, () => `CONTINUE  '${'\u00a0'.repeat(60)}&'`),
      "CONTINUE  'x'",
    ]),
    new Uint8Array(2880),
  )

/** A table of one cell of characters: a letter, blanks, a letter. */
const blankCell = (length: number): Uint8Array<ArrayBuffer> => {
  const header = makeHeader([
    "XTENSION= 'BINTABLE'",
    'BITPIX  =                    8',
    'NAXIS   =                    2',
    `NAXIS1  = ${String(length).padStart(20)}`,
    'NAXIS2  =                    1',
    'PCOUNT  =                    0',
    'GCOUNT  =                    1',
    'TFIELDS =                    1',
    `TFORM1  = '${length}A'`,
  ])
  const cell = new Uint8Array(length).fill(0x20)
  cell[0] = 0x61
  cell[length - 1] = 0x62
  return joinBytes(makeHeader(imageCards(8, [])), header, cell, new Uint8Array(2880))
}

export const LONG_RUNS: readonly LongRun[] = [
  { name: 'blanks in an angle', target: 'words', bytes: text(`12 34${' '.repeat(120_000)}x`) },
  { name: 'digits that are no number', target: 'csv', bytes: text(`a,b\n1,2\n3,${'1'.repeat(200_000)}x\n`) },
  {
    name: 'blanks behind a delimiter',
    target: 'ecsv',
    bytes: text(
      `# %ECSV 1.0\n# delimiter:${' '.repeat(120_000)}xy\n# datatype:\n# - {name: a, datatype: int8}\na\n1\n`,
    ),
  },
  { name: 'a name without end', target: 'votable', bytes: text(`<TABLE ${'a'.repeat(200_000)}>`) },
  { name: 'tags without names', target: 'votable', bytes: text('<>'.repeat(60_000)) },
  {
    name: 'cells that are not closed',
    target: 'votable',
    bytes: text(`${TABLE}<DATA><TABLEDATA><TR>${'<TD>'.repeat(300_000)}`),
  },
  {
    name: 'sections that are not closed',
    target: 'votable',
    bytes: text(`${TABLE}<DATA><TABLEDATA><TR><TD>${'<![CDATA['.repeat(60_000)}</TD>`),
  },
  {
    name: 'descriptions that are not closed',
    target: 'votable',
    bytes: text(`${TABLE}${'<DESCRIPTION>'.repeat(150_000)}`),
  },
  {
    name: 'descriptions within descriptions',
    target: 'votable',
    bytes: text(`${TABLE}${'<DESCRIPTION>'.repeat(60_000)}</DESCRIPTION></TABLE>`),
  },
  {
    name: 'cells within cells',
    target: 'votable',
    bytes: text(
      `<TABLE>${'<FIELD name="a"/>'.repeat(9000)}<DATA><TABLEDATA><TR>${'<TD>'.repeat(300_000)}</TD></TR></TABLEDATA></DATA></TABLE>`,
    ),
  },
  {
    name: 'streams that are not closed',
    target: 'votable',
    bytes: text(`<TABLE><FIELD name="a" datatype="unsignedByte"/>${'<BINARY><STREAM>'.repeat(20_000)}`),
  },
  { name: 'blanks in a cell', target: 'tables', bytes: blankCell(200_000) },
  { name: 'blanks in a height', target: 'headers', bytes: longHeight() },
]
