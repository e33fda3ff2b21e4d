import { describe, expect, it } from 'vitest'
import { errorFunction } from '../../../web/science/math/error-function'
import { addStar, enclosedLight } from '../../../web/science/simulator/point-spread'
import {
  airmassAt,
  altitudeOf,
  greenwichSiderealTime,
  isoFromJulian,
  julianDate,
  projectGnomonic,
  sunAltitude,
} from '../../../web/science/simulator/sky-geometry'
import erf from '../../golden/math/error-function.json'
import golden from '../../golden/simulator/sky.json'

const SITE = { latitude: 28.3, longitude: -16.51 }
const STAR = { ra: 31.0428, dec: 46.6878 }

describe('sky geometry against astropy', () => {
  it('altitude of a star to 1 arcminute, of the Sun to 2, sidereal time to 0.1 arcsecond', () => {
    for (const row of golden.rows) {
      expect(Math.abs(altitudeOf(STAR, SITE, row.jd) - row.star)).toBeLessThan(1 / 60)
      expect(Math.abs(sunAltitude(SITE, row.jd) - row.sun)).toBeLessThan(2 / 60)
      expect(Math.abs(greenwichSiderealTime(row.jd) - row.gmst)).toBeLessThan(0.1 / 3600)
    }
  })

  it('tangent plane to a micro-arcsecond', () => {
    for (const [ra, dec, xi, eta] of golden.tangent) {
      const place = projectGnomonic({ ra: ra!, dec: dec! }, STAR)!
      expect(place.xi).toBeCloseTo(xi!, 6)
      expect(place.eta).toBeCloseTo(eta!, 6)
    }
    expect(projectGnomonic({ ra: 211, dec: -46 }, STAR)).toBeNull()
  })

  it('air mass: secant high up, finite at the horizon', () => {
    expect(airmassAt(90)).toBeCloseTo(1, 4)
    expect(airmassAt(30)).toBeCloseTo(1.993, 2)
    expect(airmassAt(0)).toBeGreaterThan(36)
    expect(airmassAt(-5)).toBeLessThan(40)
  })

  it('times go to text and back', () => {
    expect(isoFromJulian(julianDate('2025-10-21T19:40:00.250Z'))).toBe('2025-10-21T19:40:00.250')
    expect(julianDate('2000-01-01T12:00:00Z')).toBe(2_451_545)
  })
})

describe('star image', () => {
  it('the error function agrees with scipy to 2e-10', () => {
    for (const [x, value] of erf.values) expect(Math.abs(errorFunction(x!) - value!)).toBeLessThan(2e-10)
  })

  const render = (x: number, y: number, fwhm: number) => {
    const size = { width: 121, height: 121 }
    const plane = new Float32Array(121 * 121)
    addStar(plane, size, { x, y, fwhm, electrons: 1e6 })
    return plane
  }

  it('keeps the light and the centre wherever it falls on the pixels', () => {
    for (const [x, y] of [
      [60, 60],
      [60.5, 59.5],
      [59.13, 60.77],
    ] as const) {
      const plane = render(x, y, 3.2)
      let total = 0
      let sumX = 0
      let sumY = 0
      plane.forEach((value, i) => {
        total += value
        sumX += value * (i % 121)
        sumY += value * Math.floor(i / 121)
      })
      expect(Math.abs(total - 1e6)).toBeLessThan(1)
      expect(sumX / total).toBeCloseTo(x, 4)
      expect(sumY / total).toBeCloseTo(y, 4)
    }
  })

  it('has the width that was asked for and the enclosed light of its formula', () => {
    const fwhm = 20
    const plane = render(60, 60, fwhm)
    const peak = plane[60 * 121 + 60]!
    expect(plane[60 * 121 + 70]! / peak).toBeCloseTo(0.5, 2)
    let inside = 0
    plane.forEach((value, i) => {
      if (Math.hypot((i % 121) - 60, Math.floor(i / 121) - 60) <= 25) inside += value
    })
    // Pixels on the rim are in or out as a whole.
    expect(inside / 1e6).toBeCloseTo(enclosedLight(25, fwhm), 2)
    expect(enclosedLight(1e3, fwhm)).toBeCloseTo(1, 9)
  })

  it('a star at the edge puts only its part into the frame, one beyond nothing', () => {
    expect(render(0, 60, 3.2).reduce((a, b) => a + b, 0)).toBeLessThan(7e5)
    expect(render(-80, 60, 3.2).every((value) => value === 0)).toBe(true)
  })
})
