import { describe, expect, it } from 'vitest'
import { DEFAULT_HINTS, makeSolveParameters, parsePlace, scaleOfOptics } from '../../web/state/solve-hints'

describe('hints of a person', () => {
  it('knows that a pixel of 9 um behind 1000 mm is 1.856 arcseconds wide', () => {
    expect(scaleOfOptics(9, 1000)).toBeCloseTo(9e-6 * (180 / Math.PI) * 3600, 5)
    expect(scaleOfOptics(0, 1000)).toBeNaN()
  })

  it.each([
    '02:04:10.3 +46:41:16',
    '02 04 10.3 +46 41 16',
    '2h04m10.3s +46d41m16s',
    '02:04:10.3, +46:41:16',
    '31.0429167 46.6877778',
    '31.0429167, +46.6877778',
  ])('reads %s', (text) => {
    const place = parsePlace(text)
    expect(place?.rightAscension).toBeCloseTo(31.0429167, 5)
    expect(place?.declination).toBeCloseTo(46.6877778, 5)
  })

  it('takes the sign of the south, also of the minus of a typesetter', () => {
    expect(parsePlace('05 35 17 −05 23 28')?.declination).toBeCloseTo(-5.3911, 4)
    expect(parsePlace('83.8 -0.5')?.declination).toBe(-0.5)
  })

  it.each(['M 37', 'HAT-P-32', '', '   ', '02:04:10.3', '400 10', '10 +95', 'x'.repeat(5000)])(
    'takes %s for no place',
    (text) => expect(parsePlace(text)).toBeNull(),
  )

  it('leaves to the frame what nobody said', () => {
    expect(makeSolveParameters(DEFAULT_HINTS)).toEqual({})
    expect(
      makeSolveParameters({
        ...DEFAULT_HINTS,
        place: 'given',
        text: '31 +46',
        center: { rightAscension: 31, declination: 46 },
        scale: 'optics',
        sipOrder: 3,
      }),
    ).toEqual({
      center: { ra: 31, dec: 46 },
      radius: 5,
      blind: false,
      focalLength: 1000,
      pixelSize: 9,
      sipOrder: 3,
    })
    expect(makeSolveParameters({ ...DEFAULT_HINTS, place: 'given', text: ' M 37 ' })).toEqual({
      center: 'M 37',
      radius: 5,
      blind: false,
    })
    expect(makeSolveParameters({ ...DEFAULT_HINTS, place: 'anywhere', scale: 'any' })).toEqual({
      blind: true,
      scale: [0.1, 120],
    })
  })
})
