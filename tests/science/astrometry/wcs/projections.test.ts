import { describe, expect, it } from 'vitest'
import {
  createProjection,
  PROJECTION_CODES,
} from '../../../../web/science/astrometry/wcs/projections/create-projection'
import type { Projection } from '../../../../web/science/astrometry/wcs/projections/projection'
import type { ProjectionCode } from '../../../../web/science/astrometry/wcs/wcs'
import { createRandom } from '../../../../web/science/math/random'
import { separate } from './wcs-support'

const RADIAN = Math.PI / 180
const PARAMETERS: Partial<Record<ProjectionCode, (number | undefined)[]>> = {
  AZP: [undefined, 0.6, 20],
  SZP: [undefined, 2, 180, 60],
  SIN: [undefined, 0.1, -0.2],
  ZPN: [0, 1, 0.05, -0.03],
  AIR: [undefined, 45],
  CYP: [undefined, 1, 0.7],
  CEA: [undefined, 0.75],
  COP: [undefined, 45, 25],
  COE: [undefined, 45, 25],
  COD: [undefined, 45, 25],
  COO: [undefined, 45, 25],
  BON: [undefined, 45],
  HPX: [undefined, 4, 3],
}
const make = (code: ProjectionCode): Projection => createProjection(code, PARAMETERS[code] ?? [])

/** Degrees between native places given in radians. */
const apart = (a: readonly [number, number], b: readonly [number, number]): number =>
  separate([a[0] / RADIAN, a[1] / RADIAN], [b[0] / RADIAN, b[1] / RADIAN])

/** Degrees that a round trip of a place may lose: CSC by its definition, and others where the plane stands on edge or the pole is a line. */
const TOLERANCE: Partial<Record<ProjectionCode, number>> = { CSC: 0.015, SIN: 1e-7, CEA: 1e-7, COE: 1e-7 }

/** The share of the sky that each shows, from its limits: a half for TAN, what is not behind the limb for the perspectives, all for most. */
const SHOWN: Partial<Record<ProjectionCode, readonly [number, number]>> = {
  TAN: [0.46, 0.54],
  SIN: [0.46, 0.54],
  AZP: [0.6, 0.9],
  SZP: [0.7, 0.8],
  ZPN: [0.8, 1],
  COP: [0.7, 0.95],
}

describe.each(PROJECTION_CODES)('%s', (code) => {
  const { project, deproject, theta0 } = make(code)
  const out = new Float64Array(6)

  it('takes places all over the sky to the plane and back (seed 28)', () => {
    const random = createRandom(28)
    let shown = 0
    const count = 1500
    for (let k = 0; k < count; k++) {
      const place = [(2 * random.uniform() - 1) * Math.PI, Math.asin(2 * random.uniform() - 1)] as const
      if (!project(place[0], place[1], out)) continue
      expect(deproject(out[0]!, out[1]!, out), `${place[0]}, ${place[1]}`).toBe(true)
      expect(apart([out[0]!, out[1]!], place)).toBeLessThan(TOLERANCE[code] ?? 1e-10)
      shown++
    }
    const [least, most] = SHOWN[code] ?? [1, 1]
    expect(shown / count).toBeGreaterThanOrEqual(least)
    expect(shown / count).toBeLessThanOrEqual(most)
  })

  it('takes places of the plane to the sky and back (seed 29)', () => {
    const random = createRandom(29)
    let shown = 0
    for (let k = 0; k < 1500; k++) {
      const [x, y] = [(2 * random.uniform() - 1) * 3.4, (2 * random.uniform() - 1) * 2.4]
      if (!deproject(x, y, out)) continue
      shown++
      const place = [out[0]!, out[1]!] as const
      expect(Math.abs(place[0])).toBeLessThanOrEqual(Math.PI)
      expect(Math.abs(place[1])).toBeLessThanOrEqual(Math.PI / 2)
      expect(project(place[0], place[1], out)).toBe(true)
      const missed = Math.hypot(out[0]! - x, out[1]! - y)
      if (code === 'CSC') expect(Math.min(missed, Math.abs(missed - 2 * Math.PI))).toBeLessThan(3e-4)
      // A cube may be drawn with three of its faces at either side.
      else if (missed > 1e-9) expect(Math.abs(missed - 2 * Math.PI)).toBeLessThan(1e-9)
    }
    expect(shown).toBeGreaterThan(100)
  })

  it('puts the native reference point at the origin', () => {
    expect(project(0, theta0, out)).toBe(true)
    expect(Math.hypot(out[0]!, out[1]!)).toBeLessThan(1e-12)
  })

  it('has both poles, or none, and comes back to them', () => {
    for (const theta of [Math.PI / 2, -Math.PI / 2]) {
      if (!project(0.3, theta, out)) continue
      if (!deproject(out[0]!, out[1]!, out)) continue
      expect(Math.abs(out[1]! - theta) / RADIAN).toBeLessThan(code === 'CSC' ? 0.015 : 2e-6)
    }
  })

  it('has an image on both sides of 180 degrees, each of which comes back', () => {
    for (const side of [1, -1])
      for (const theta of [-0.9, -0.2, 0.4, 1.1]) {
        const place = [side * Math.PI * (1 - 1e-9), theta] as const
        if (!project(place[0], place[1], out)) continue
        expect(deproject(out[0]!, out[1]!, out)).toBe(true)
        expect(apart([out[0]!, out[1]!], place)).toBeLessThan(TOLERANCE[code] ?? 1e-8)
      }
  })

  it('answers what is no number with nothing', () => {
    expect(deproject(Number.NaN, 0, out)).toBe(false)
    expect(deproject(0, Number.NaN, out)).toBe(false)
  })
})

/** Two small steps on the sphere, of the same length along both coordinates, as steps of the plane. */
const stretch = (projection: Projection, phi: number, theta: number): readonly number[] => {
  const out = new Float64Array(6)
  const h = 1e-5
  const at = (p: number, t: number): readonly [number, number] => {
    projection.project(p, t, out)
    return [out[0]!, out[1]!]
  }
  const east = [at(phi - h / Math.cos(theta), theta), at(phi + h / Math.cos(theta), theta)] as const
  const north = [at(phi, theta - h), at(phi, theta + h)] as const
  return [
    (east[1][0] - east[0][0]) / (2 * h),
    (east[1][1] - east[0][1]) / (2 * h),
    (north[1][0] - north[0][0]) / (2 * h),
    (north[1][1] - north[0][1]) / (2 * h),
  ]
}

const PLACES = [
  [0.3, 0.4],
  [-1.1, 0.9],
  [0.2, -0.3],
  [2.4, 0.35],
] as const

describe('what the projections are made for', () => {
  it.each(['ZEA', 'CEA', 'SFL', 'PAR', 'MOL', 'AIT', 'COE', 'BON', 'QSC', 'HPX', 'XPH'] as const)(
    '%s keeps areas, up to one factor',
    (code) => {
      const projection = make(code)
      const areas = PLACES.map(([phi, theta]) => {
        const [a, b, c, d] = stretch(projection, phi, theta)
        return Math.abs(a! * d! - b! * c!)
      })
      for (const area of areas) expect(area / areas[0]!).toBeCloseTo(1, 7)
    },
  )

  it.each(['STG', 'MER', 'COO'] as const)('%s keeps angles', (code) => {
    const projection = make(code)
    for (const [phi, theta] of PLACES) {
      const [a, b, c, d] = stretch(projection, phi, theta)
      expect((a! * c! + b! * d!) / Math.hypot(a!, b!) ** 2).toBeCloseTo(0, 7)
      expect(Math.hypot(c!, d!) / Math.hypot(a!, b!)).toBeCloseTo(1, 7)
    }
  })

  it.each(['ARC', 'COD'] as const)('%s keeps distances along its meridians', (code) => {
    for (const [phi, theta] of PLACES) {
      const [, , c, d] = stretch(make(code), phi, theta)
      expect(Math.hypot(c!, d!)).toBeCloseTo(1, 7)
    }
  })

  it('TAN shows great circles as straight lines', () => {
    const { project } = make('TAN')
    const out = new Float64Array(6)
    // A great circle through two places: points of the chord between them, put on the sphere.
    const [a, b] = [
      [0.6, 0.1, 0.79],
      [-0.3, 0.5, 0.81],
    ] as const
    const line = [0, 0.3, 1].map((t) => {
      const [x, y, z] = [0, 1, 2].map((k) => a[k]! * (1 - t) + b[k]! * t)
      project(Math.atan2(y!, x!), Math.atan2(z!, Math.hypot(x!, y!)), out)
      return [out[0]!, out[1]!] as const
    })
    const [p, q, r] = line
    expect((q![0] - p![0]) * (r![1] - p![1]) - (q![1] - p![1]) * (r![0] - p![0])).toBeCloseTo(0, 12)
  })

  it('is the same one where parameters make it another: AZP at mu = 0 TAN, 1 STG; SZP without tilt AZP; BON at 0 SFL', () => {
    const [out, other] = [new Float64Array(6), new Float64Array(6)]
    for (const [one, twin] of [
      [createProjection('AZP', [undefined, 0]), make('TAN')],
      [createProjection('AZP', [undefined, 1]), make('STG')],
      [createProjection('SZP', [undefined, 0.7]), createProjection('AZP', [undefined, 0.7])],
      [createProjection('BON', [undefined, 0]), make('SFL')],
      [createProjection('ZPN', [0, 1]), make('ARC')],
    ] as const)
      for (const [phi, theta] of PLACES) {
        expect(one.project(phi, theta, out)).toBe(twin.project(phi, theta, other))
        expect(out[0]).toBeCloseTo(other[0]!, 13)
        expect(out[1]).toBeCloseTo(other[1]!, 13)
      }
  })

  it('refuses parameters with which a projection is none, in words', () => {
    for (const [code, parameters] of [
      ['AZP', [undefined, -1]],
      ['AZP', [undefined, 2, 90]],
      ['ZPN', []],
      ['ZPN', [0, -1]],
      ['CYP', [undefined, 1, 0]],
      ['CEA', [undefined, 2]],
      ['AIR', [undefined, -90]],
      ['COP', []],
      ['COE', [undefined, 0]],
      ['COO', [undefined, 45, 90]],
      ['BON', []],
      ['HPX', [undefined, 0.5]],
    ] as const)
      expect(() => createProjection(code, parameters)).toThrow(/cannot be read: in its projection/)
  })
})
