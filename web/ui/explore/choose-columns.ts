import type { QueriedColumn } from '../../core/table-query'

/** Keys, hashes and lists that only matter when somebody looks for them. */
const SELDOM = new Set(
  (
    'id sha256 bytesId batch path inputs sources corrected table list measurement lightcurve order after unit backends ' +
    'width height site transform note createdAt ingestedAt exposureSeconds jd_utc_mid choices calibration duplicate cube originalSha256'
  ).split(' '),
)

/** Of a table with hundreds of columns, so many are shown until somebody chooses. */
const MOST_OF_FILE = 40
/** What a person says of rows stands at the end of every table, and is chosen when it is looked for. */
const SAID = new Set(['person_flags', 'person_note', 'flagged'])

/** All columns of a file's table, as its maker put them there, as far as a screen bears them. */
const chooseFileColumns = (columns: readonly QueriedColumn[]): string[] => {
  const [said, own] = [
    columns.filter(({ name }) => SAID.has(name)),
    columns.filter(({ name }) => !SAID.has(name)),
  ]
  return [...own.slice(0, MOST_OF_FILE), ...said.filter(({ name }) => name === 'person_flags')].map(
    ({ name }) => name,
  )
}

/** The columns that a new visitor sees of a table: what says something by itself. */
const chooseColumns = (columns: readonly QueriedColumn[]): string[] => {
  const plain = columns.filter(({ name, type }) => !SELDOM.has(name) && type !== 'record')
  return (plain.length > 0 ? plain : columns).map(({ name }) => name)
}

/** What a person chose, as far as the table still has it; what a new visitor sees where nothing is left of it. */
export const keepColumns = (
  columns: readonly QueriedColumn[],
  chosen: readonly string[] | undefined,
  ofFile: boolean,
): string[] => {
  const known = new Set(columns.map(({ name }) => name))
  const left = chosen?.filter((name) => known.has(name)) ?? []
  if (left.length > 0) return left
  return ofFile ? chooseFileColumns(columns) : chooseColumns(columns)
}
