import type { Table, TableColumn } from '../../core/table'

/** Which columns of a table are what. Columns by their names. */
export interface CatalogueColumns {
  readonly rightAscension: string
  readonly declination: string
  /** Whether plain numbers of right ascension are hours. Sexagesimal texts always are. */
  readonly hours: boolean
  /** Julian year of the positions. */
  readonly epoch: number
  readonly identifier: string | null
  /** Bands, the first one leading. */
  readonly magnitudes: readonly {
    readonly name: string
    readonly magnitude: string
    readonly error: string | null
  }[]
  /** B-V. */
  readonly colour: string | null
  readonly motion: { readonly east: string; readonly north: string; readonly unit: 'mas' | 'arcsec' } | null
}

/** Usual names, the best first, compared without case and without what is neither letter nor digit. */
const RIGHT_ASCENSIONS = [
  'raicrs',
  'raj2000',
  'radegj2000',
  'rajdeg',
  'radeg',
  'ramdeg',
  'ra2000',
  'alphaj2000',
  'alphasky',
  'rightascension',
  'ra',
  'rahours',
  'rah',
  'rahms',
  'alpha',
  'xworld',
]
const DECLINATIONS = [
  'deicrs',
  'decicrs',
  'dej2000',
  'decj2000',
  'decdegj2000',
  'dejdeg',
  'dedeg',
  'decdeg',
  'demdeg',
  'dec2000',
  'deltaj2000',
  'deltasky',
  'declination',
  'dec',
  'de',
  'decdms',
  'delta',
  'yworld',
]
const IDENTIFIERS = [
  'sourceid',
  'source',
  'auid',
  'objid',
  'designation',
  'identifier',
  'id',
  'star',
  'starid',
  'name',
  'object',
  'hip',
  'tyc',
  'hd',
  'recno',
]
const MOTIONS_EAST = ['pmra', 'pmracosdec', 'pmracosde', 'muradec', 'mura', 'pmr', 'pmracosd']
const MOTIONS_NORTH = ['pmdec', 'pmde', 'mudec', 'mude', 'pmd']

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

const findNamed = (columns: readonly TableColumn[], names: readonly string[]): TableColumn | undefined => {
  for (const name of names) {
    const found = columns.find((column) => plain(column.name) === name)
    if (found !== undefined) return found
  }
  return undefined
}

/** By what the virtual observatory says it is: `pos.eq.ra;meta.main`, or POS_EQ_RA_MAIN as it was called before 2005. */
const findUcd = (columns: readonly TableColumn[], words: readonly string[]): TableColumn | undefined => {
  const ucds = columns.map((column) => ({ column, ucd: (column.ucd ?? '').toLowerCase() }))
  const has = (ucd: string): boolean => words.some((word) => ucd === word || ucd.startsWith(`${word};`))
  return (
    ucds.find(({ ucd }) => has(ucd) && ucd.includes('meta.main'))?.column ??
    ucds.find(({ ucd }) => has(ucd))?.column
  )
}

const isNumeric = ({ type, shape }: TableColumn): boolean =>
  shape?.length === 0 && type !== 'text' && type !== 'boolean' && type !== 'bits'

const SAMPLE = 2000

const largest = (table: Table, column: TableColumn): number => {
  let most = -Infinity
  const step = Math.max(1, Math.floor(table.rowCount / SAMPLE))
  for (let row = 0; row < table.rowCount; row += step) {
    const value = column.cell(row)
    if (typeof value === 'number' && value > most) most = value
  }
  return most
}

const HOURS = /^(?:h|hr|hrs|hour|hours|hourangle|h:m:s|"h:m:s")$/i

/**
 * Whether right ascensions that are plain numbers are hours: where the unit or the name says so, or where it says nothing and none of many
 * stars that lie all around the sky is beyond 24.
 */
const areHours = (table: Table, ra: TableColumn): boolean => {
  if (!isNumeric(ra)) return false
  if (ra.unit !== null && ra.unit.trim() !== '') return HOURS.test(ra.unit.trim())
  const name = plain(ra.name)
  if (/h(?:ou)?rs?$|^rah$/.test(name)) return true
  if (/deg|icrs|j2000/.test(name)) return false
  const most = largest(table, ra)
  return table.rowCount >= 100 && most > 23 && most < 24
}

/** Bands: `Vmag`, `V_mag`, `mag_v`, `V`, `phot_g_mean_mag`, `g'mag`, `mag`. Case is kept: g and G are two bands. */
const BAND = /^(?:[UBVRIGJHKLMNTYugrizyJHK]|BP|RP|BT|VT|Hp|Ks|NUV|FUV)$/

const bandOf = (column: TableColumn): string | null => {
  const { name } = column
  const gaia = /^phot_(g|bp|rp)_mean_mag$/i.exec(name)?.[1]
  if (gaia !== undefined) return `${gaia.toUpperCase()}mag`
  const match =
    /^([A-Za-z]{1,3})['_ ]?-?mag(?:nitude)?$/.exec(name) ??
    /^mag(?:nitude)?[_ -]?([A-Za-z]{1,3})$/i.exec(name)
  const letters = match?.[1]
  if (letters !== undefined) {
    const cased = BAND.test(letters) ? letters : letters.toUpperCase()
    return BAND.test(cased) ? `${cased}mag` : null
  }
  // A letter alone is a flag as often as a band: bands are no whole numbers.
  if (BAND.test(name) && column.type.startsWith('float')) return `${name}mag`
  return /^(?:mag|magnitude)$/i.test(name) ? 'mag' : null
}

const ERROR_OF = [
  (name: string) => `e_${name}`,
  (name: string) => `${name}_error`,
  (name: string) => `${name}_err`,
  (name: string) => `err_${name}`,
  (name: string) => `e${name}`,
  (name: string) => `sigma_${name}`,
  (name: string) => `u_${name}`,
]

const findError = (columns: readonly TableColumn[], name: string): string | null => {
  for (const write of ERROR_OF) {
    const wish = write(name).toLowerCase()
    const found = columns.find((column) => column.name.toLowerCase() === wish && isNumeric(column))
    if (found !== undefined) return found.name
  }
  return null
}

/** Which band leads: the visual ones first, as cameras without a filter see about them. */
const LEADING = ['Vmag', 'Gmag', 'VTmag', 'rmag', 'Rmag', 'gmag', 'mag']

const findMagnitudes = (columns: readonly TableColumn[]): CatalogueColumns['magnitudes'] => {
  const found = columns.flatMap((column) => {
    if (!isNumeric(column)) return []
    const unit = (column.unit ?? '').toLowerCase()
    const name = bandOf(column) ?? (column.ucd?.startsWith('phot.mag') === true ? column.name : null)
    if (name === null || (unit !== '' && !unit.includes('mag'))) return []
    return [{ name, magnitude: column.name, error: findError(columns, column.name) }]
  })
  const apart = found.filter((band, index) => found.findIndex(({ name }) => name === band.name) === index)
  const rank = ({ name }: { readonly name: string }): number => {
    const place = LEADING.indexOf(name)
    return place < 0 ? LEADING.length : place
  }
  return apart.toSorted((a, b) => rank(a) - rank(b))
}

const findEpoch = (ra: TableColumn): number => {
  // Gaia's tables are at 2016.0 (DR3); others that have no year in the name are at 2000.
  const year = /(?:J|ep(?:och)?=?)(\d{4}(?:\.\d+)?)/i.exec(`${ra.name} ${ra.description}`)?.[1]
  const epoch = Number(year ?? Number.NaN)
  return epoch >= 1800 && epoch <= 2200 ? epoch : 2000
}

/**
 * What the columns of a table are, by their UCD where they have one and else by usual names; null where there is no right ascension with a
 * declination. It is a proposal, for a person to look at.
 */
export const guessColumns = (table: Table): CatalogueColumns | null => {
  const scalar = table.columns.filter(({ shape }) => shape?.length === 0)
  const places = scalar.filter((column) => isNumeric(column) || column.type === 'text')
  const ra =
    findUcd(places, ['pos.eq.ra', 'pos_eq_ra_main', 'pos_eq_ra']) ?? findNamed(places, RIGHT_ASCENSIONS)
  const dec =
    findUcd(places, ['pos.eq.dec', 'pos_eq_dec_main', 'pos_eq_dec']) ?? findNamed(places, DECLINATIONS)
  if (ra === undefined || dec === undefined || ra === dec) return null
  const numeric = scalar.filter(isNumeric)
  const east = findUcd(numeric, ['pos.pm;pos.eq.ra']) ?? findNamed(numeric, MOTIONS_EAST)
  const north = findUcd(numeric, ['pos.pm;pos.eq.dec']) ?? findNamed(numeric, MOTIONS_NORTH)
  const identifier = findUcd(scalar, ['meta.id;meta.main', 'id_main']) ?? findNamed(scalar, IDENTIFIERS)
  return {
    rightAscension: ra.name,
    declination: dec.name,
    hours: areHours(table, ra),
    epoch: findEpoch(ra),
    identifier: identifier?.name ?? null,
    magnitudes: findMagnitudes(scalar),
    colour: numeric.find(({ name }) => /^\(?b[-_]?v\)?$/i.test(name))?.name ?? null,
    motion:
      east === undefined || north === undefined
        ? null
        : {
            east: east.name,
            north: north.name,
            unit:
              /arcsec|"|^as(?:\/|$)/.test(east.unit ?? '') && !/mas/.test(east.unit ?? '') ? 'arcsec' : 'mas',
          },
  }
}
