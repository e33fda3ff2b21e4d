import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createSkyConversion } from '../../../../web/science/astrometry/systems/convert-sky'
import type { SkySystem } from '../../../../web/science/astrometry/systems/sky-system'
import { separate } from '../wcs/wcs-support'

interface Golden {
  readonly icrs: [number, number][]
  readonly systems: { readonly system: SkySystem; readonly places: [number, number][] }[]
}

const golden = JSON.parse(
  readFileSync(new URL('../../../golden/astrometry/systems.json', import.meta.url), 'utf8'),
) as Golden

const ICRS: SkySystem = { name: 'icrs' }

const convert = (from: SkySystem, to: SkySystem, [longitude, latitude]: readonly [number, number]) => {
  const out = new Float64Array(6)
  const step = createSkyConversion(from, to)
  if (step === null || !step(longitude, latitude, out)) throw new Error('not converted')
  return [out[0]!, out[1]!] as const
}

describe.each(golden.systems.map((one) => ({ ...one, title: JSON.stringify(one.system) })))(
  '$title',
  ({ system, places }) => {
    it('agrees with astropy both ways to a billionth of a degree', () => {
      for (const [k, icrs] of golden.icrs.entries()) {
        expect(separate(convert(ICRS, system, icrs), places[k]!)).toBeLessThan(1e-9)
        expect(separate(convert(system, ICRS, places[k]!), icrs)).toBeLessThan(1e-9)
      }
    })

    it('comes back to where it began', () => {
      // The rotation of FK4 with its epoch is known to first order: its matrix is a rotation to 1e-12 only.
      const tolerance = 'epoch' in system ? 1e-10 : 1e-13
      for (const icrs of golden.icrs)
        expect(separate(convert(system, ICRS, convert(ICRS, system, icrs)), icrs)).toBeLessThan(tolerance)
    })
  },
)

describe('createSkyConversion', () => {
  it('keeps what is in the system already, and knows no way into one that only a header knows', () => {
    expect(convert(ICRS, ICRS, [370, 12])).toEqual([370, 12])
    const planet: SkySystem = { name: 'other', title: 'GAPPT' }
    expect(createSkyConversion(ICRS, planet)).toBeNull()
    expect(convert(planet, planet, [1, 2])).toEqual([1, 2])
  })

  it('puts the galactic centre and the pole of the ecliptic where they are known to be', () => {
    const centre = convert({ name: 'galactic' }, ICRS, [0, 0])
    expect(separate(centre, [266.405, -28.936])).toBeLessThan(1e-3)
    const pole = convert({ name: 'ecliptic', equinox: 2000 }, ICRS, [0, 90])
    expect(separate(pole, [270, 66.5607])).toBeLessThan(1e-4)
  })

  it('has the E-terms of FK4 at their known size, a third of an arcsecond at most', () => {
    const epoch = { equinox: 1950, epoch: 1950 }
    const shifts = golden.icrs.map((place) =>
      separate(convert({ name: 'fk4', ...epoch }, { name: 'fk4-no-e', ...epoch }, place), place),
    )
    expect(Math.max(...shifts) * 3600).toBeGreaterThan(0.25)
    expect(Math.max(...shifts) * 3600).toBeLessThan(0.343)
  })

  it('answers no place with none', () => {
    const step = createSkyConversion(ICRS, { name: 'galactic' })!
    const out = new Float64Array(6)
    expect(step(Number.NaN, 0, out)).toBe(false)
    expect(step(0, 91, out)).toBe(false)
  })
})
