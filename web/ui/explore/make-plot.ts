import type { ColumnValues, QueriedColumn } from '../../core/table-query'
import type { PlotChoice } from '../../state/settings-slice'
import type { ScatterAxes, ScatterAxis, ScatterColour, ScatterPoints } from '../plots/scatter/scatter-types'
import { formatCell, isMoment } from './format-cell'

/** Columns of the rows that are to be drawn, and the places of those rows in the whole table. */
export interface PlotColumns {
  readonly numbers: Uint32Array
  readonly columns: ReadonlyMap<string, ColumnValues>
}

export interface MadePlot {
  readonly points: ScatterPoints
  readonly axes: ScatterAxes
  /** Place of each point's row in the whole table. */
  readonly numbers: Uint32Array
  readonly nameOf: (index: number) => string
  /** The points of a frame. */
  readonly findFrame: (frame: string) => readonly number[]
}

/** Columns that say what a row is about, best first. */
const NAMES = ['name', 'star', 'target', 'object', 'id']

/** The column that names the frame that a row belongs to. */
const frameColumn = (source: string): string => (source === 'exposures' ? 'id' : 'exposure')

const findNames = (columns: readonly QueriedColumn[]): string | null =>
  NAMES.find((name) => columns.some((column) => column.name === name)) ?? null

/** The columns that a plot needs beside those that are drawn: flags, names, frames. */
export const listNeeded = (
  source: string,
  columns: readonly QueriedColumn[],
  choice: PlotChoice,
): readonly string[] => {
  const known = new Set(columns.map(({ name }) => name))
  const { x, y, errorX, errorY, colour } = choice
  const wanted = [x, y, errorX, errorY, colour, 'flagged', findNames(columns), frameColumn(source)]
  return [...new Set(wanted)].filter((name) => name !== null && known.has(name)) as readonly string[]
}

interface Placed {
  readonly values: Float64Array
  readonly reads: ScatterAxis['reads']
}

/** Texts stand in their order, each at a whole number. */
const placeTexts = (codes: Uint16Array, names: readonly string[]): Placed => {
  const ordered = names.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const places = new Map(ordered.map((name, place) => [name, place]))
  const byCode = names.map((name) => places.get(name) ?? NaN)
  return { values: Float64Array.from(codes, (code) => byCode[code] ?? NaN), reads: ordered }
}

const placeColumn = (column: ColumnValues, facts: QueriedColumn | undefined): Placed => {
  if (column.kind === 'text') return placeTexts(column.codes, column.names)
  const moments = column.kind === 'moment' || isMoment(facts)
  return { values: column.values, reads: moments ? 'moments' : undefined }
}

/** 'as-unit-column' and the like are for files: each row has its own. */
const unitOf = (facts: QueriedColumn | undefined, reads: ScatterAxis['reads']): string | null =>
  reads === undefined && facts !== undefined && facts.unit !== null && !/[ -]/.test(facts.unit)
    ? facts.unit
    : null

const writeValue = (value: number, reads: ScatterAxis['reads'], language: string): string => {
  if (!Number.isFinite(value)) return '–'
  if (reads === undefined) return formatCell(value, null, language)
  if (reads === 'moments') return new Date(value).toISOString().replace('T', ' ').slice(0, 19)
  return reads[Math.round(value)] ?? ''
}

const colourOf = (
  column: ColumnValues | undefined,
  name: string,
  facts: QueriedColumn | undefined,
): ScatterColour | null => {
  if (column === undefined) return null
  if (column.kind === 'text') return { ...column, kind: 'text', label: name }
  const { values, reads } = placeColumn(column, facts)
  const unit = unitOf(facts, reads)
  const label = unit === null ? name : `${name} (${unit})`
  return { kind: 'number', values, label, ...(reads === 'moments' ? { reads } : {}) }
}

const pickRows = (column: ColumnValues, kept: Uint32Array): ColumnValues =>
  column.kind === 'text'
    ? { ...column, codes: Uint16Array.from(kept, (index) => column.codes[index] ?? 0) }
    : { ...column, values: Float64Array.from(kept, (index) => column.values[index] ?? NaN) }

const readFlags = (column: ColumnValues | undefined): ((index: number) => boolean) => {
  if (column?.kind !== 'text') return () => false
  const yes = column.names.indexOf('true')
  return (index) => yes >= 0 && column.codes[index] === yes
}

const leaveFlaggedOut = ({ numbers, columns }: PlotColumns): PlotColumns => {
  const isFlagged = readFlags(columns.get('flagged'))
  const kept = Uint32Array.from(numbers.keys()).filter((index) => !isFlagged(index))
  return {
    numbers: Uint32Array.from(kept, (index) => numbers[index] ?? 0),
    columns: new Map([...columns].map(([name, column]) => [name, pickRows(column, kept)])),
  }
}

const listIndices = (column: ColumnValues | undefined, text: string): readonly number[] => {
  const code = column?.kind === 'text' ? column.names.indexOf(text) : -1
  if (column?.kind !== 'text' || code < 0) return []
  const found: number[] = []
  for (const [index, each] of column.codes.entries()) if (each === code) found.push(index)
  return found
}

interface PlotInput {
  readonly source: string
  readonly facts: readonly QueriedColumn[]
  readonly choice: PlotChoice
  readonly data: PlotColumns
  readonly language: string
}

/** Points and axes from the columns that were chosen. */
export const makePlot = ({ source, facts, choice, data, language }: PlotInput): MadePlot => {
  const { numbers, columns } = choice.hideFlagged ? leaveFlaggedOut(data) : data
  const known = new Map(facts.map((column) => [column.name, column]))
  const place = (name: string): Placed => {
    const column = columns.get(name)
    return column === undefined
      ? { values: new Float64Array(numbers.length).fill(NaN), reads: undefined }
      : placeColumn(column, known.get(name))
  }
  const numbersOf = (name: string | null): Float64Array | null => {
    const column = name === null ? undefined : columns.get(name)
    return column === undefined || column.kind === 'text' ? null : column.values
  }
  const makeAxis = (
    name: string,
    { reads }: Placed,
    logarithmic: boolean,
    reversed: boolean,
  ): ScatterAxis => ({
    label: name,
    unit: unitOf(known.get(name), reads),
    reversed,
    // Dates and texts have no logarithm that says anything.
    logarithmic: logarithmic && reads === undefined,
    ...(reads === undefined ? {} : { reads }),
    format: (value) => writeValue(value, reads, language),
  })
  const x = place(choice.x)
  const y = choice.y === null ? null : place(choice.y)
  const isFlagged = readFlags(columns.get('flagged'))
  const flagged = Uint8Array.from(numbers, (_, index) => (isFlagged(index) ? 1 : 0))
  const names = columns.get(findNames(facts) ?? '')
  const { colour } = choice
  return {
    numbers,
    points: {
      x: x.values,
      y: y?.values ?? null,
      errorX: numbersOf(choice.errorX),
      error: numbersOf(choice.errorY),
      colour: colour === null ? null : colourOf(columns.get(colour), colour, known.get(colour)),
      flagged,
    },
    axes: {
      x: makeAxis(choice.x, x, choice.logarithmicX, choice.reversedX),
      y: makeAxis(
        choice.y ?? '',
        y ?? { values: x.values, reads: undefined },
        choice.logarithmicY,
        choice.reversedY,
      ),
    },
    nameOf: (index) => {
      if (names === undefined) return ''
      return names.kind === 'text'
        ? (names.names[names.codes[index] ?? 0] ?? '')
        : String(names.values[index] ?? '')
    },
    findFrame: (frame) => listIndices(columns.get(frameColumn(source)), frame),
  }
}
