import { describe, expect, it } from 'vitest'
import { DEFAULT_HINTS, makeSolveParameters, scaleOfOptics } from '../../web/state/solve-hints'
import { degrees } from '../../web/core/units'

describe('hints of a person', () => {
  it('knows that a pixel of 9 um behind 1000 mm is 1.856 arcseconds wide', () => {
    expect(scaleOfOptics(9, 1000)).toBeCloseTo(9e-6 * (180 / Math.PI) * 3600, 5)
    expect(scaleOfOptics(0, 1000)).toBeNaN()
  })

  it('leaves to the frame what nobody said', () => {
    expect(makeSolveParameters(DEFAULT_HINTS)).toEqual({})
    expect(
      makeSolveParameters({
        ...DEFAULT_HINTS,
        place: 'given',
        text: '31 +46',
        center: { rightAscension: degrees(31), declination: degrees(46) },
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
