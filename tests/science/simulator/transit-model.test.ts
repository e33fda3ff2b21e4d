import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  occultedFlux,
  projectedSeparation,
  transitDuration,
  transitFlux,
} from '../../../web/science/simulator/transit-model'
import { requireShared } from '../../support/shared-data'

/** Flux with a uniform source: area of the lens where two discs meet (Mandel & Agol 2002, eq. 1). */
const uniformFlux = (z: number, p: number): number => {
  if (z >= 1 + p) return 1
  if (z <= 1 - p) return 1 - p * p
  if (z <= p - 1) return 0
  const k1 = Math.acos((1 - p * p + z * z) / (2 * z))
  const k0 = Math.acos((p * p + z * z - 1) / (2 * p * z))
  const kite = Math.sqrt((4 * z * z - (1 + z * z - p * p) ** 2) / 4)
  return 1 - (p * p * k0 + k1 - kite) / Math.PI
}

/** Blocked light by brute force: the planet's disc in 1500 x 1500 cells. */
const paintedFlux = (z: number, p: number, [u1, u2]: readonly [number, number]): number => {
  const cells = 1500
  let blocked = 0
  for (let i = 0; i < cells; i++) {
    for (let j = 0; j < cells; j++) {
      const x = ((2 * (i + 0.5)) / cells - 1) * p
      const y = ((2 * (j + 0.5)) / cells - 1) * p
      const r = (z + x) ** 2 + y * y
      if (x * x + y * y > p * p || r > 1) continue
      const shade = 1 - Math.sqrt(1 - r)
      blocked += 1 - u1 * shade - u2 * shade * shade
    }
  }
  return 1 - (blocked * ((2 * p) / cells) ** 2) / (Math.PI * (1 - u1 / 3 - u2 / 6))
}

describe('occultedFlux', () => {
  it('is the area of the lens for a uniform star, at every separation and size', () => {
    for (const p of [0.01, 0.1, 0.3, 0.9, 1.5]) {
      for (let z = 0; z <= 2.6; z += 0.0137)
        expect(Math.abs(occultedFlux(z, p, [0, 0]) - uniformFlux(z, p))).toBeLessThan(2e-9)
    }
  })

  it('is the disc painted cell by cell for a darkened one', () => {
    for (const [z, p] of [
      [0, 0.1],
      [0.05, 0.1],
      [0.5, 0.1365],
      [0.88, 0.1365],
      [0.93, 0.1],
      [1.05, 0.12],
      [0.2, 0.5],
    ] as const) {
      expect(Math.abs(occultedFlux(z, p, [0.35, 0.25]) - paintedFlux(z, p, [0.35, 0.25]))).toBeLessThan(
        1e-5 * p,
      )
    }
  })

  it('goes smoothly through the contacts and is one outside', () => {
    for (const z of [0.9 - 1e-9, 0.9, 0.9 + 1e-9])
      expect(occultedFlux(z, 0.1, [0.3, 0.2])).toBeCloseTo(occultedFlux(0.9, 0.1, [0.3, 0.2]), 7)
    expect(occultedFlux(1.1, 0.1, [0.3, 0.2])).toBe(1)
    expect(occultedFlux(1.1 - 1e-9, 0.1, [0.3, 0.2])).toBeCloseTo(1, 9)
    expect(occultedFlux(Number.POSITIVE_INFINITY, 0.1, [0.3, 0.2])).toBe(1)
  })
})

describe('orbit', () => {
  const planet = {
    radiusRatio: 0.1365,
    scaledAxis: 7.1,
    inclination: 88.6,
    period: 2.15,
    midTime: 100,
    limbDarkening: [0.35, 0.25] as const,
  }

  it('is 2.2 % deep, 2.6 h long, symmetric and periodic, with no dip behind the star', () => {
    expect(1 - transitFlux(planet, 100)).toBeGreaterThan(0.0215)
    expect(1 - transitFlux(planet, 100)).toBeLessThan(0.0225)
    const half = transitDuration(planet) / 2
    expect(2 * half * 24).toBeCloseTo(2.61, 2)
    expect(projectedSeparation(planet, 100 + half)).toBeCloseTo(1.1365, 9)
    expect(transitFlux(planet, 100.03)).toBeCloseTo(transitFlux(planet, 99.97), 12)
    expect(transitFlux(planet, 100.03 + 3 * 2.15)).toBeCloseTo(transitFlux(planet, 100.03), 10)
    expect(transitFlux(planet, 100 + 2.15 / 2)).toBe(1)
    expect(transitDuration({ ...planet, inclination: 70 })).toBe(0)
  })

  it('an exposure is the mean of the moments in it', () => {
    const exposure = 20 / 1440
    const start = 100 - transitDuration(planet) / 2
    let total = 0
    for (let i = 0; i < 2000; i++) total += transitFlux(planet, start + exposure * ((i + 0.5) / 2000 - 0.5))
    // Across a contact, the worst place for Simpson's rule, with an exposure twenty times longer than the demonstration's.
    expect(Math.abs(transitFlux(planet, start, exposure) - total / 2000)).toBeLessThan(3e-4)
    expect(transitFlux(planet, start, exposure)).toBeLessThan(transitFlux(planet, start))
  })
})

const table = requireShared('data/transit_lightcurves/batman_reference_lightcurves.ecsv')

describe.skipIf(table === null)('against batman', () => {
  it('agrees at all 1200 points to 1e-6', () => {
    const text = readFileSync(table!, 'utf8')
    const cases = new Map<string, Record<string, number>>()
    for (const [, body] of text.matchAll(/^#\s+- \{(a: .*)\}$/gm)) {
      const pairs = body!.split(', ').map((pair) => pair.split(': ') as [string, string])
      cases.set(
        pairs.find(([key]) => key === 'name')![1],
        Object.fromEntries(pairs.map(([key, value]) => [key, Number(value)])),
      )
    }
    let points = 0
    let dimmed = 0
    for (const line of text.split('\n')) {
      const [name, time, flux] = line.split(' ')
      const c = cases.get(name ?? '')
      if (c === undefined || flux === undefined) continue
      const model = transitFlux(
        {
          radiusRatio: c['rp']!,
          scaledAxis: c['a']!,
          inclination: c['inc']!,
          period: c['period']!,
          midTime: c['t0']!,
          limbDarkening: [c['u1']!, c['u2']!],
        },
        Number(time),
      )
      points++
      if (Number(flux) < 1) dimmed++
      expect(Math.abs(model - Number(flux))).toBeLessThan(1e-6)
    }
    expect(cases.size).toBe(3)
    expect(points).toBe(1200)
    expect(dimmed).toBe(152)
  })
})
