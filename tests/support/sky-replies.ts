/** Answers of services as they write them, for stars that a test makes up. */
export interface ReplyField {
  readonly name: string
  readonly datatype: 'double' | 'float' | 'long' | 'short' | 'char'
  readonly unit?: string
  readonly ucd?: string
}

export type ReplyRow = readonly (number | bigint | string | null)[]

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const fieldTag = ({ name, datatype, unit, ucd }: ReplyField): string =>
  `<FIELD name="${escape(name)}" datatype="${datatype}"${datatype === 'char' ? ' arraysize="*"' : ''}` +
  `${unit === undefined ? '' : ` unit="${unit}"`}${ucd === undefined ? '' : ` ucd="${ucd}"`}/>`

const wrap = (status: string, fields: readonly ReplyField[], data: string, after = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<VOTABLE version="1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">
<RESOURCE type="results">
<INFO name="QUERY_STATUS" value="${status}"/>
<INFO name="PROVIDER" value="CDS"/>
<TABLE>
${fields.map(fieldTag).join('\n')}
<DATA>${data}</DATA>
</TABLE>
${after}</RESOURCE>
</VOTABLE>
`

const cell = (value: ReplyRow[number]): string =>
  value === null ? '<TD/>' : `<TD>${escape(String(value))}</TD>`

/** A VOTable 1.3 with its rows as text, as VizieR's TAP writes it. */
export const writeTableData = (
  fields: readonly ReplyField[],
  rows: readonly ReplyRow[],
  overflow = false,
): string =>
  wrap(
    'OK',
    fields,
    `<TABLEDATA>${rows.map((row) => `<TR>${row.map(cell).join('')}</TR>`).join('\n')}</TABLEDATA>`,
    overflow ? '<INFO name="QUERY_STATUS" value="OVERFLOW"/>\n' : '',
  )

const SIZES = { double: 8, float: 4, long: 8, short: 2, char: 0 } as const

const encodeCell = (value: ReplyRow[number], datatype: ReplyField['datatype']): Buffer => {
  if (datatype === 'char') {
    const text = Buffer.from(String(value ?? ''), 'utf8')
    const length = Buffer.alloc(4)
    length.writeUInt32BE(text.length)
    return Buffer.concat([length, text])
  }
  const bytes = Buffer.alloc(SIZES[datatype])
  if (datatype === 'double') bytes.writeDoubleBE(Number(value ?? Number.NaN))
  else if (datatype === 'float') bytes.writeFloatBE(Number(value ?? Number.NaN))
  else if (datatype === 'long') bytes.writeBigInt64BE(BigInt(value ?? 0))
  else bytes.writeInt16BE(Number(value ?? 0))
  return bytes
}

/** The same as BINARY2: for each row a bit for each field that has no value, then the values. */
export const writeBinary2 = (fields: readonly ReplyField[], rows: readonly ReplyRow[]): string => {
  const parts = rows.flatMap((row) => {
    const flags = Buffer.alloc(Math.ceil(fields.length / 8))
    row.forEach((value, at) => {
      if (value === null) flags[at >> 3]! |= 0x80 >> (at & 7)
    })
    return [flags, ...fields.map(({ datatype }, at) => encodeCell(row[at] ?? null, datatype))]
  })
  const text = Buffer.concat(parts).toString('base64')
  return wrap('OK', fields, `<BINARY2><STREAM encoding="base64">\n${text}\n</STREAM></BINARY2>`)
}

/** What a TAP service answers to a query that it cannot run. */
export const writeError = (message: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<VOTABLE version="1.3" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">
<RESOURCE type="results">
<INFO name="QUERY_STATUS" value="ERROR">${escape(message)}</INFO>
</RESOURCE>
</VOTABLE>
`

/** VizieR's text with tabs between. */
export const writeAsu = (fields: readonly ReplyField[], rows: readonly ReplyRow[]): string => {
  const names = fields.map(({ name }) => name)
  return [
    '#',
    '#   VizieR Astronomical Server vizier.cds.unistra.fr',
    '#    Date: 2026-11-21T12:00:00 [V7.33.3]',
    '#INFO\t-ref=VIZ0000',
    '#RESOURCE=yCat_1355',
    '#Name: I/355/gaiadr3',
    ...fields.map(({ name, unit }) => `#Column\t${name}\t(F8.4)\t[ucd=]\t${unit ?? ''}`),
    names.join('\t'),
    fields.map(({ unit }) => unit ?? ' ').join('\t'),
    names.map((name) => '-'.repeat(name.length)).join('\t'),
    ...rows.map((row) => row.map((value) => (value === null ? ' ' : String(value))).join('\t')),
    '',
    '#END#',
    '',
  ].join('\n')
}

/** The same where nothing was found. */
export const ASU_EMPTY =
  '#\n#   VizieR Astronomical Server vizier.cds.unistra.fr\n#INFO\t-out.max=50\n#*** No object found\n'

export const GAIA_FIELDS: readonly ReplyField[] = [
  { name: 'Source', datatype: 'long', ucd: 'meta.id;meta.main' },
  { name: 'RA_ICRS', datatype: 'double', unit: 'deg', ucd: 'pos.eq.ra;meta.main' },
  { name: 'DE_ICRS', datatype: 'double', unit: 'deg', ucd: 'pos.eq.dec;meta.main' },
  { name: 'e_RA_ICRS', datatype: 'float', unit: 'mas' },
  { name: 'e_DE_ICRS', datatype: 'float', unit: 'mas' },
  { name: 'pmRA', datatype: 'double', unit: 'mas/yr' },
  { name: 'pmDE', datatype: 'double', unit: 'mas/yr' },
  { name: 'e_pmRA', datatype: 'float', unit: 'mas/yr' },
  { name: 'e_pmDE', datatype: 'float', unit: 'mas/yr' },
  { name: 'Plx', datatype: 'double', unit: 'mas' },
  { name: 'e_Plx', datatype: 'float', unit: 'mas' },
  { name: 'Gmag', datatype: 'double', unit: 'mag' },
  { name: 'e_Gmag', datatype: 'double', unit: 'mag' },
  { name: 'BPmag', datatype: 'double', unit: 'mag' },
  { name: 'e_BPmag', datatype: 'double', unit: 'mag' },
  { name: 'RPmag', datatype: 'double', unit: 'mag' },
  { name: 'e_RPmag', datatype: 'double', unit: 'mag' },
]

/** Three stars by HAT-P-32, the second without motion and colours. */
export const GAIA_ROWS: readonly ReplyRow[] = [
  [
    358929215486083072n,
    31.04274689,
    46.68785129,
    0.012,
    0.011,
    -9.99,
    2.9,
    0.017,
    0.013,
    3.43,
    0.018,
    11.12,
    0.003,
    11.41,
    0.003,
    10.69,
    0.004,
  ],
  [
    358929111000000001n,
    31.05,
    46.7,
    0.3,
    0.3,
    null,
    null,
    null,
    null,
    null,
    null,
    19.5,
    0.01,
    null,
    null,
    null,
    null,
  ],
  [
    358929333000000002n,
    31.1,
    46.61,
    0.02,
    0.02,
    15.5,
    -20.25,
    0.03,
    0.03,
    -0.1,
    0.02,
    12.5,
    0.003,
    13.1,
    0.003,
    11.8,
    0.004,
  ],
]
