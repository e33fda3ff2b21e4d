import { describe, expect, it } from 'vitest'
import { createTransform } from '../../../../web/science/astrometry/wcs/create-transform'
import { readWcs } from '../../../../web/science/astrometry/wcs/read-wcs'
import { makeHeader, readGolden, separate, type Case } from './wcs-support'

const { cases } = readGolden('foreign-headers.json') as { readonly cases: readonly Case[] }

/** Where another answer than astropy's is given on purpose. */
const OWN_ANSWERS = ['a turn that is said of the first axis alone', 'a matrix without an inverse']

describe('headers in the manner of other programs, as astropy reads them', () => {
  const agreed = cases.filter(({ name, error }) => error === undefined && !OWN_ANSWERS.includes(name))
  it.each(agreed)('$name', ({ cards, pixels, world }) => {
    const wcs = readWcs(makeHeader(cards))
    expect(wcs).not.toBeNull()
    const { pixelToSky, skyToPixel } = createTransform(wcs!)
    const out = new Float64Array(6)
    for (const [k, [x, y]] of pixels.entries()) {
      expect(pixelToSky(x - 1, y - 1, out)).toBe(true)
      expect(separate([out[0]!, out[1]!], world[k]!)).toBeLessThan(1e-10)
      expect(skyToPixel(world[k]![0]!, world[k]![1]!, out)).toBe(true)
      // A ten-thousandth of a pixel, whatever a program's own way back (AP, BP) says.
      expect(Math.hypot(out[0]! + 1 - x, out[1]! + 1 - y)).toBeLessThan(1e-4)
    }
  })

  it.each(cases.filter((one) => one.error !== undefined))('$name is refused in words', ({ cards }) => {
    expect(() => readWcs(makeHeader(cards))).toThrow(/cannot be read/)
  })

  it('a turn that is said of CROTA1 alone is the turn, which astropy drops', () => {
    const { cards } = cases.find(({ name }) => name === OWN_ANSWERS[0])!
    const { CROTA1, ...rest } = cards
    expect(readWcs(makeHeader(cards))!.matrix).toEqual(
      readWcs(makeHeader({ ...rest, CROTA2: CROTA1! }))!.matrix,
    )
  })

  it('a matrix without an inverse is refused, which astropy takes as far as to the sky', () => {
    const { cards } = cases.find(({ name }) => name === OWN_ANSWERS[1])!
    expect(() => readWcs(makeHeader(cards))).toThrow(/no inverse/)
  })

  it('numbers that are none are no place', () => {
    const { cards } = cases.find(({ name }) => name.startsWith('SWarp'))!
    for (const keyword of ['CRVAL1', 'CD1_1', 'CRPIX1']) {
      const header = makeHeader({ ...cards, [keyword]: Number.NaN })
      const attempt = (): boolean => {
        const out = new Float64Array(6)
        const wcs = readWcs(header)
        return (
          wcs !== null && createTransform(wcs).pixelToSky(10, 10, out) && !Number.isFinite(out[0]! + out[1]!)
        )
      }
      try {
        expect(attempt()).toBe(false)
      } catch (error) {
        expect(String(error)).toMatch(/cannot be read/)
      }
    }
  })
})
