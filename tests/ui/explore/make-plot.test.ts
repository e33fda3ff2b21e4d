import { describe, expect, it } from 'vitest'
import type { ColumnValues, QueriedColumn } from '../../../web/core/table-query'
import type { PlotChoice } from '../../../web/state/settings-slice'
import { listNeeded, makePlot } from '../../../web/ui/explore/make-plot'

const number = (...values: number[]): ColumnValues => ({ kind: 'number', values: Float64Array.from(values) })
const text = (names: string[], ...codes: number[]): ColumnValues => ({
  kind: 'text',
  names,
  codes: Uint16Array.from(codes),
})
const facts = (name: string, type: QueriedColumn['type'], unit: string | null = null): QueriedColumn => ({
  name,
  type,
  unit,
  description: '',
})
const FACTS = [
  facts('time', 'number', 'ms'),
  facts('flux', 'number', 'as-unit-column'),
  facts('flux_error', 'number', 'as-unit-column'),
  facts('filter', 'text'),
  facts('star', 'text'),
  facts('exposure', 'text'),
  facts('flagged', 'boolean'),
]
const CHOICE: PlotChoice = {
  x: 'time',
  y: 'flux',
  errorX: null,
  errorY: 'flux_error',
  colour: 'filter',
  logarithmicX: true,
  logarithmicY: true,
  reversedX: false,
  reversedY: false,
  hideFlagged: false,
}
const DATA = {
  numbers: Uint32Array.of(7, 3, 9),
  columns: new Map([
    ['time', number(0, 1000, 2000)],
    ['flux', number(10, 20, 30)],
    ['flux_error', number(1, 2, 3)],
    ['filter', text(['V', 'B'], 0, 1, 0)],
    ['star', text(['T', 'C1'], 0, 1, 1)],
    ['exposure', text(['e1', 'e2'], 0, 1, 1)],
    ['flagged', text(['false', 'true'], 0, 1, 0)],
  ]),
}
const make = (changes: Partial<PlotChoice> = {}) =>
  makePlot({
    source: 'photometry',
    facts: FACTS,
    choice: { ...CHOICE, ...changes },
    data: DATA,
    language: 'en',
  })

describe('a plot of columns', () => {
  it('asks for what it draws and for flags, names and frames, each once', () => {
    expect(listNeeded('photometry', FACTS, { ...CHOICE, colour: 'star' })).toEqual([
      'time',
      'flux',
      'flux_error',
      'star',
      'flagged',
      'exposure',
    ])
  })

  it('has points with errors, names, frames and the places of their rows', () => {
    const { points, axes, numbers, nameOf, findFrame } = make()
    expect([...points.x]).toEqual([0, 1000, 2000])
    expect([...(points.error ?? [])]).toEqual([1, 2, 3])
    expect([...(points.flagged ?? [])]).toEqual([0, 1, 0])
    expect([...numbers]).toEqual([7, 3, 9])
    expect([nameOf(0), nameOf(2)]).toEqual(['T', 'C1'])
    expect(findFrame('e2')).toEqual([1, 2])
    expect(findFrame('e3')).toEqual([])
    // Times have no logarithm; the unit of each row's own is none for all.
    expect(axes.x).toMatchObject({ reads: 'moments', logarithmic: false, unit: null })
    expect(axes.y).toMatchObject({ logarithmic: true, unit: null })
    expect(axes.x.format(1000)).toBe('1970-01-01 00:00:01')
    expect(axes.y.format(NaN)).toBe('–')
  })

  it('puts texts in their order along an axis', () => {
    const { points, axes } = make({ y: 'filter', errorY: null })
    expect(axes.y.reads).toEqual(['B', 'V'])
    expect([...(points.y ?? [])]).toEqual([1, 0, 1])
    expect(axes.y.format(0)).toBe('B')
  })

  it('leaves flagged rows out of everything when they are hidden', () => {
    const { points, numbers, nameOf, findFrame } = make({ hideFlagged: true })
    expect([...numbers]).toEqual([7, 9])
    expect([...points.x]).toEqual([0, 2000])
    expect([...(points.y ?? [])]).toEqual([10, 30])
    expect(points.colour?.kind === 'text' ? [...points.colour.codes] : null).toEqual([0, 0])
    expect(nameOf(1)).toBe('C1')
    expect(findFrame('e2')).toEqual([1])
  })
})
