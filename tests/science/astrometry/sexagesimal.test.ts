import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { degrees } from '../../../web/core/units'
import {
  formatDeclination,
  formatRightAscension,
  parseDeclination,
  parseRightAscension,
} from '../../../web/science/astrometry/sexagesimal'

describe('sexagesimal', () => {
  it('writes with carries and signs', () => {
    expect(formatRightAscension(degrees(31.0416667))).toBe('02:04:10.00')
    expect(formatRightAscension(degrees(359.99999999))).toBe('00:00:00.00')
    expect(formatRightAscension(degrees(-15), 0)).toBe('23:00:00')
    expect(formatDeclination(degrees(46 + 41 / 60 + 23 / 3600))).toBe('+46:41:23.0')
    expect(formatDeclination(degrees(-0.5))).toBe('-00:30:00.0')
    expect(formatDeclination(degrees(-0.000001))).toBe('+00:00:00.0')
    expect(formatDeclination(degrees(9.99999999), 0)).toBe('+10:00:00')
    expect(formatRightAscension(degrees(Number.NaN))).toBe('')
  })

  it('reads what people write', () => {
    for (const text of ['02:04:10', '2 4 10', '2h04m10s', '2h 4m 10.0s', ' 02 04 10 ']) {
      expect(parseRightAscension(text), text).toBeCloseTo(31.0416666667, 9)
    }
    for (const text of ['+46:41:23', '46 41 23', '46d41m23s', '46° 41′ 23″', `46°41'23"`]) {
      expect(parseDeclination(text), text).toBeCloseTo(46.6897222222, 9)
    }
    expect(parseRightAscension('31.25')).toBe(31.25)
    expect(parseDeclination('-0:30:00')).toBe(-0.5)
    expect(parseDeclination('−0 30')).toBe(-0.5)
    expect(parseDeclination('-12.5')).toBe(-12.5)
    expect(parseRightAscension('02:04.5')).toBeCloseTo(31.125, 9)
  })

  it('refuses what is not a position', () => {
    for (const text of [
      '',
      'HAT-P-32',
      '25:00:00',
      '02:60:00',
      '02:04:60',
      '-2:00:00',
      '400',
      '2:04.5:10',
      '46d41m23s',
    ]) {
      expect(parseRightAscension(text), text).toBeNull()
    }
    for (const text of ['91:00:00', '-90.1', 'x', '46h41m', '1:2:3:4'])
      expect(parseDeclination(text), text).toBeNull()
  })

  it('reads back what it wrote, seed 61', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 359.999, noNaN: true }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        (ra, dec) => {
          expect(parseRightAscension(formatRightAscension(degrees(ra), 5))).toBeCloseTo(ra, 6)
          expect(parseDeclination(formatDeclination(degrees(dec), 4))).toBeCloseTo(dec, 6)
        },
      ),
      { seed: 61 },
    )
  })
})
