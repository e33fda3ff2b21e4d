import { expect, it } from 'vitest'
import { balanceStars, WHITE_COLOUR } from '../../../web/science/colour/balance-stars'
import { createRandom } from '../../../web/science/math/random'

/** Stars whose fluxes follow their colours: truth of the gains is 1 / (zero points). */
const makeStars = (count: number, { scatter = 0.03, strange = 0, known = true } = {}) => {
  const source = createRandom(11)
  const random = () => source.uniform()
  const normal = () => source.normal()
  return Array.from({ length: count }, (_, index) => {
    const colour = -0.2 + 1.8 * random()
    const away = colour - WHITE_COLOUR
    const flux = 1000 * 10 ** (1.5 * random())
    const odd = index < strange ? 1.2 : 0
    const of = (zero: number, slope: number) =>
      zero * flux * 10 ** (-0.4 * (slope * away + scatter * normal() + odd))
    return {
      fluxes: [of(0.5, -0.55), of(1, 0) * 10 ** (0.4 * odd), of(2.5, 1)],
      colour: known ? colour : Number.NaN,
    }
  })
}

it('finds the factors that make a star of the colour of the sun white, whatever the colours of the field (seed 11)', () => {
  const fit = balanceStars(makeStars(60, { strange: 6 }), 3, 1)
  expect(fit?.fromCatalogue).toBe(true)
  expect(fit?.gains[1]).toBe(1)
  for (const [input, truth] of [
    [0, 2],
    [2, 0.4],
  ] as const) {
    const error = fit!.errors[input]!
    expect(error / truth).toBeLessThan(0.012)
    expect(Math.abs(fit!.gains[input]! - truth)).toBeLessThan(4 * error)
  }
  expect(fit!.used).toBeGreaterThanOrEqual(50)
  expect(fit!.used).toBeLessThan(60)
})

it('the error that is told is that of many fields (100 fields, seed 3)', () => {
  const source = createRandom(3)
  const random = () => source.uniform()
  const normal = () => source.normal()
  const pulls: number[] = []
  for (let field = 0; field < 100; field++) {
    const stars = Array.from({ length: 30 }, () => {
      const colour = 0.2 + random()
      return {
        fluxes: [1000, 1000 * 10 ** (-0.4 * (0.8 * (colour - WHITE_COLOUR) + 0.05 * normal()))],
        colour,
      }
    })
    const fit = balanceStars(stars, 2, 0)!
    pulls.push((fit.gains[1]! - 1) / fit.errors[1]!)
  }
  const spread = Math.sqrt(pulls.reduce((sum, pull) => sum + pull * pull, 0) / pulls.length)
  expect(spread).toBeGreaterThan(0.75)
  expect(spread).toBeLessThan(1.35)
})

it('without a catalogue the star in the middle is white, and it says so', () => {
  const stars = makeStars(61, { known: false, scatter: 0 })
  const fit = balanceStars(stars, 3, 1)!
  expect(fit.fromCatalogue).toBe(false)
  const ratios = stars.map(({ fluxes }) => fluxes[1]! / fluxes[2]!).toSorted((a, b) => a - b)
  expect(fit.gains[2]).toBeCloseTo(ratios[30]!, 6)
})

it('too few stars, and stars that are not seen on an input, balance nothing', () => {
  expect(balanceStars(makeStars(2), 3, 1)).toBeNull()
  const unseen = makeStars(20).map(({ fluxes, colour }) => ({ fluxes: [fluxes[0]!, -1, fluxes[2]!], colour }))
  expect(balanceStars(unseen, 3, 1)).toBeNull()
})
