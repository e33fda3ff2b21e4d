import type { PlateSolutionRecord } from '../../core/plate-solution'

/** A matched star as a row of the table and of its file. */
export interface MatchedRow {
  /** Its place in the solution's columns. */
  readonly star: number
  readonly x: number
  readonly y: number
  readonly rightAscension: number
  readonly declination: number
  readonly magnitude: number
  readonly dx: number
  readonly dy: number
  readonly east: number
  readonly north: number
  /** Arcseconds between star and catalogue. */
  readonly distance: number
}

export const MATCHED_COLUMNS = [
  'x',
  'y',
  'rightAscension',
  'declination',
  'magnitude',
  'distance',
  'dx',
  'dy',
  'east',
  'north',
] as const
export type MatchedColumn = (typeof MATCHED_COLUMNS)[number]

/** The matched stars, those furthest from their places first unless something else is asked for. */
export const listMatchedRows = (
  { matched }: PlateSolutionRecord,
  column: MatchedColumn = 'distance',
  descending = true,
): MatchedRow[] => {
  const rows = Array.from(matched.x, (x, star): MatchedRow => {
    const [east, north] = [matched.east[star] ?? Number.NaN, matched.north[star] ?? Number.NaN]
    return {
      star,
      x,
      y: matched.y[star] ?? Number.NaN,
      rightAscension: matched.rightAscension[star] ?? Number.NaN,
      declination: matched.declination[star] ?? Number.NaN,
      magnitude: matched.magnitude[star] ?? Number.NaN,
      dx: matched.dx[star] ?? Number.NaN,
      dy: matched.dy[star] ?? Number.NaN,
      east,
      north,
      distance: Math.hypot(east, north),
    }
  })
  return rows.sort((a, b) => (descending ? b[column] - a[column] : a[column] - b[column]))
}
