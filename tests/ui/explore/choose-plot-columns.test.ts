import { describe, expect, it } from 'vitest'
import type { QueriedColumn } from '../../../web/core/table-query'
import { keepPlotChoice, putOnAxis } from '../../../web/ui/explore/choose-plot-columns'

const column = (name: string, type: QueriedColumn['type'] = 'number'): QueriedColumn => ({
  name,
  type,
  unit: null,
  description: '',
})
const PHOTOMETRY = [
  column('star', 'text'),
  column('role', 'text'),
  column('radius'),
  column('flux'),
  column('flux_error'),
  column('sky'),
  column('jd_utc_mid'),
  column('inputs', 'record'),
]

describe('the columns that are plotted first', () => {
  it('are the flux over the time with its errors, coloured by role', () => {
    expect(keepPlotChoice('photometry', PHOTOMETRY, undefined)).toMatchObject({
      x: 'jd_utc_mid',
      y: 'flux',
      errorX: null,
      errorY: 'flux_error',
      colour: 'role',
      reversedY: false,
    })
  })

  it('take a barycentric time before any other, and magnitudes upside down', () => {
    const columns = [...PHOTOMETRY, column('bjd_tdb_mid'), column('mag'), column('e_mag')]
    expect(keepPlotChoice('photometry', columns, undefined)).toMatchObject({
      x: 'bjd_tdb_mid',
      y: 'mag',
      errorY: 'e_mag',
      reversedY: true,
    })
  })

  it('of frames leave out what none of them has a number for', () => {
    // A column without any value is a text.
    const columns = [
      column('dateObs', 'text'),
      column('airmass', 'text'),
      column('temperature'),
      column('filter', 'text'),
    ]
    expect(keepPlotChoice('exposures', columns, undefined)).toMatchObject({
      x: 'dateObs',
      y: 'temperature',
      colour: 'filter',
    })
  })

  it('of a table that nobody knows are those that have errors; of texts alone it is how often each occurs', () => {
    const columns = [column('n'), column('a'), column('v'), column('sigma_v'), column('note', 'text')]
    expect(keepPlotChoice('file:1', columns, undefined)).toMatchObject({ x: 'n', y: 'v', errorY: 'sigma_v' })
    expect(keepPlotChoice('file:2', [column('kind', 'text')], undefined)).toMatchObject({
      x: 'kind',
      y: null,
    })
    expect(keepPlotChoice('file:3', [column('site', 'record')], undefined)).toBeNull()
  })
})

describe('what a person chose', () => {
  const first = keepPlotChoice('photometry', PHOTOMETRY, undefined)
  if (first === null) throw new Error('there are columns')

  it('is kept as far as the table still has it', () => {
    const mine = { ...first, x: 'sky', y: 'gone', colour: 'star', logarithmicX: true }
    expect(keepPlotChoice('photometry', PHOTOMETRY, mine)).toEqual({ ...mine, y: null })
    expect(keepPlotChoice('photometry', PHOTOMETRY, { ...mine, x: 'gone' })).toEqual(first)
  })

  it('brings errors and direction along with another column', () => {
    const columns = [...PHOTOMETRY, column('Vmag'), column('mag_error')]
    const turned = putOnAxis(columns, { ...first, logarithmicY: true }, 'y', 'Vmag')
    expect(turned).toMatchObject({ y: 'Vmag', errorY: null, reversedY: true, logarithmicY: false })
    // The errors of magnitudes are not magnitudes.
    expect(putOnAxis(columns, turned, 'y', 'mag_error')).toMatchObject({ reversedY: false })
    expect(putOnAxis(columns, turned, 'x', 'flux')).toMatchObject({
      x: 'flux',
      errorX: 'flux_error',
      y: 'Vmag',
    })
    expect(putOnAxis(columns, turned, 'x', null).x).toBe(turned.x)
  })
})
