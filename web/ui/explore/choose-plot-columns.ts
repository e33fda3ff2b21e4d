import type { QueriedColumn } from '../../core/table-query'
import type { PlotChoice } from '../../state/settings-slice'

/** Best first: the time that curves are drawn over, then when a frame was taken, then when something was made. */
const TIMES = ['bjd_tdb_mid', 'jd_utc_mid', 'jdUtcMid', 'dateObs', 'night', 'startedAt', 'time', 'createdAt']

interface Favourites {
  readonly x: readonly string[]
  /** Empty draws how often each x occurs. */
  readonly y: readonly string[]
  readonly colour: readonly string[]
  readonly logarithmicX?: boolean
}

/** What one looks at first in each table: the first column that is there; along y the first that has numbers. */
const FAVOURITES: Readonly<Record<string, Favourites>> = {
  epochs: { x: TIMES, y: ['light', 'frames'], colour: ['telescope'] },
  exposures: { x: TIMES, y: ['sky', 'fwhm', 'airmass', 'temperature', 'exposure'], colour: ['filter'] },
  masters: { x: TIMES, y: ['level', 'median', 'noise'], colour: ['kind'] },
  reduced: { x: TIMES, y: ['rms', 'matched', 'dx'], colour: ['filter'] },
  sources: { x: ['flux'], y: ['fwhm'], colour: ['elongation'], logarithmicX: true },
  photometry: { x: TIMES, y: ['mag', 'flux'], colour: ['role'] },
  lightcurves: { x: TIMES, y: ['flux', 'detrended'], colour: ['target'] },
  work_orders: { x: TIMES, y: [], colour: [] },
  steps: { x: TIMES, y: [], colour: [] },
  log: { x: TIMES, y: [], colour: [] },
}

const MAGNITUDE = /^(mag|magnitude|[a-z]{1,2}mag|mag_.*|.*_mag)$/i

/** Magnitudes grow downwards; their errors do not. */
const growsDown = (column: QueriedColumn | undefined): boolean =>
  column !== undefined && MAGNITUDE.test(column.name) && !/err|sigma/i.test(column.name)

/** Everything but records and lists can be drawn: numbers and times as they are, texts one beside the other. */
export const listPlottable = (columns: readonly QueriedColumn[]): readonly QueriedColumn[] =>
  columns.filter(({ type }) => type !== 'record' && type !== 'list')

/** The column that holds the errors of another, by the names that are usual for it. */
const findErrorColumn = (columns: readonly QueriedColumn[], name: string | null): string | null => {
  if (name === null) return null
  const usual = ['_error', '_err', 'Error', 'err', '_sigma'].map((end) => `${name}${end}`)
  const wanted = [...usual, `error_${name}`, `err_${name}`, `e_${name}`, `sigma_${name}`]
  const numbers = new Set(columns.filter(({ type }) => type === 'number').map((column) => column.name))
  return wanted.find((each) => numbers.has(each)) ?? null
}

/** Another column on an axis brings its errors and its direction along. */
export const putOnAxis = (
  columns: readonly QueriedColumn[],
  choice: PlotChoice,
  axis: 'x' | 'y',
  name: string | null,
): PlotChoice => {
  const reversed = growsDown(columns.find((column) => column.name === name))
  const error = findErrorColumn(columns, name)
  if (axis === 'y') return { ...choice, y: name, errorY: error, logarithmicY: false, reversedY: reversed }
  return {
    ...choice,
    x: name ?? choice.x,
    errorX: error,
    logarithmicX: false,
    reversedX: reversed,
  }
}

const choose = (source: string, columns: readonly QueriedColumn[]): PlotChoice | null => {
  const plottable = listPlottable(columns)
  const names = plottable.map(({ name }) => name)
  const numbers = plottable.filter(({ type }) => type === 'number').map(({ name }) => name)
  const first = (wanted: readonly string[], of: readonly string[]): string | null =>
    wanted.find((name) => of.includes(name)) ?? null
  const favourites = FAVOURITES[source]
  const x = first(favourites?.x ?? TIMES, names) ?? numbers[0] ?? plottable[0]?.name ?? null
  if (x === null) return null
  const others = numbers.filter((name) => name !== x && !TIMES.includes(name))
  const measured = others.find((name) => findErrorColumn(columns, name) !== null)
  const y = favourites === undefined ? (measured ?? others[0] ?? null) : first(favourites.y, numbers)
  const empty: PlotChoice = {
    x,
    y: null,
    errorX: null,
    errorY: null,
    colour: y === null ? null : first(favourites?.colour ?? [], names),
    logarithmicX: false,
    logarithmicY: false,
    reversedX: false,
    reversedY: false,
    hideFlagged: false,
  }
  const placed = putOnAxis(columns, putOnAxis(columns, empty, 'x', x), 'y', y)
  return { ...placed, errorX: null, logarithmicX: favourites?.logarithmicX === true }
}

/** What a person chose, as far as the table still has it; what a new visitor sees else. null where there is nothing to draw. */
export const keepPlotChoice = (
  source: string,
  columns: readonly QueriedColumn[],
  chosen: PlotChoice | undefined,
): PlotChoice | null => {
  const known = new Set(listPlottable(columns).map(({ name }) => name))
  if (chosen === undefined || !known.has(chosen.x)) return choose(source, columns)
  const keep = (name: string | null): string | null => (name !== null && known.has(name) ? name : null)
  const { y, errorX, errorY, colour } = chosen
  return { ...chosen, y: keep(y), errorX: keep(errorX), errorY: keep(errorY), colour: keep(colour) }
}
