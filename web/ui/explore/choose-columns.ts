import type { QueriedColumn } from '../../core/table-query'

/** Keys, hashes and lists that only matter when somebody looks for them. */
const SELDOM = new Set(
  (
    'id sha256 bytesId batch path inputs sources corrected table list measurement lightcurve order after unit backends ' +
    'width height site transform note createdAt ingestedAt exposureSeconds jd_utc_mid choices calibration duplicate'
  ).split(' '),
)

/** The columns that a new visitor sees of a table: what says something by itself. */
const chooseColumns = (columns: readonly QueriedColumn[]): string[] => {
  const plain = columns.filter(({ name, type }) => !SELDOM.has(name) && type !== 'record')
  return (plain.length > 0 ? plain : columns).map(({ name }) => name)
}

/** What a person chose, as far as the table still has it; what a new visitor sees where nothing is left of it. */
export const keepColumns = (
  columns: readonly QueriedColumn[],
  chosen: readonly string[] | undefined,
): string[] => {
  const known = new Set(columns.map(({ name }) => name))
  const left = chosen?.filter((name) => known.has(name)) ?? []
  return left.length > 0 ? left : chooseColumns(columns)
}
