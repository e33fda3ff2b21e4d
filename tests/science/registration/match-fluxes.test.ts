import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../web/science/math/random'
import { matchFluxes, type GridStar } from '../../../web/science/registration/match-fluxes'

const SEED = 'clouds over a chain'

/** Frames along a strip of sky: each shows what lies within 400 pixels of its middle. */
const makeFrames = (count: number, scatter: number) => {
  const random = createRandom(SEED)
  const sky = Array.from({ length: 400 }, () => ({
    x: 2400 * random.uniform(),
    y: 300 * random.uniform(),
    flux: 500 * 10 ** (2 * random.uniform()),
    wild: random.uniform() < 0.1,
  }))
  const clear = Array.from({ length: count }, () => 0.4 + 0.6 * random.uniform())
  const frames = clear.map((share, frame): GridStar[] =>
    sky
      .filter(({ x }) => Math.abs(x - 250 * frame) < 400)
      .map(({ x, y, flux, wild }) => ({
        x: x + 0.2 * random.normal(),
        y: y + 0.2 * random.normal(),
        flux: flux * share * Math.exp(scatter * random.normal() + (wild ? random.normal() : 0)),
      })),
  )
  return { clear, frames }
}

describe(`fluxes of stars that frames have in common (seed ${SEED})`, () => {
  it('give the transparency of each, though one star in ten varies and the ends share nothing', () => {
    const { clear, frames } = makeFrames(9, 0.01)
    const { scale, stars } = matchFluxes(frames, { reference: 2, reach: 2 })
    expect(scale[2]).toBe(1)
    for (const [frame, share] of clear.entries())
      expect(Math.abs(scale[frame]! * (share / clear[2]!) - 1)).toBeLessThan(0.01)
    expect(Math.min(...stars)).toBeGreaterThan(50)
  })

  it('are exact where nothing scatters, and turn with the reference', () => {
    const random = createRandom(SEED)
    const sky = Array.from({ length: 60 }, () => ({
      x: 900 * random.uniform(),
      y: 900 * random.uniform(),
      flux: 1 + random.uniform(),
    }))
    const frames = [1, 0.5, 2].map((share) => sky.map((star) => ({ ...star, flux: share * star.flux })))
    const own = matchFluxes(frames, { reference: 0, reach: 1 }).scale
    const other = matchFluxes(frames, { reference: 2, reach: 1 }).scale
    for (const [frame, expected] of [1, 2, 0.5].entries()) {
      expect(own[frame]).toBeCloseTo(expected, 12)
      expect(other[frame]).toBeCloseTo(2 * expected, 12)
    }
  })

  it('say of a frame that shares no star that nothing is known', () => {
    const { frames } = makeFrames(3, 0)
    const alone = [...frames, frames[0]!.map((star) => ({ ...star, x: star.x + 9000 }))]
    const { scale, stars } = matchFluxes(alone, { reference: 0, reach: 2 })
    expect(scale[3]).toBeNaN()
    expect(stars[3]).toBe(0)
    expect(matchFluxes([[]], { reference: 0, reach: 2 }).scale[0]).toBe(1)
  })
})
