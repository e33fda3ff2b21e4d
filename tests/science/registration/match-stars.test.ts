import { describe, expect, test } from 'vitest'
import { AsterismError } from '../../../web/core/errors'
import type { Point } from '../../../web/core/image'
import { applyTransform } from '../../../web/core/transform'
import { createRandom } from '../../../web/science/math/random'
import { type MatchOptions, type StarMatch, matchStars } from '../../../web/science/registration/match-stars'
import { createSimilarity, observeStars, scatterStars } from '../../support/star-fields'

const SIZE = { width: 650, height: 500 }

const tryMatch = (reference: Point[], stars: Point[], options?: MatchOptions): StarMatch | null => {
  try {
    return matchStars(reference, stars, options)
  } catch (error) {
    if (error instanceof AsterismError && error.code === 'no-match') return null
    throw error
  }
}

/** Largest error in pixels over the corners that the frame shows. */
const worstError = (
  match: StarMatch,
  truth: Parameters<typeof applyTransform>[0],
  reference: Point[],
): number =>
  Math.max(
    ...match.pairs.map(([i]) => {
      const a = applyTransform(match.transform, reference[i]!)
      const b = applyTransform(truth, reference[i]!)
      return Math.hypot(a.x - b.x, a.y - b.y)
    }),
  )

describe('matchStars on made fields', () => {
  test('seed "any pose": any rotation, mirror, 5 % scale, shifts of 100 px, 200 fields of 100 stars', () => {
    const random = createRandom('any pose')
    for (let k = 0; k < 200; k++) {
      const reference = scatterStars(random, 100, SIZE)
      const parts = {
        rotation: 360 * random.uniform() - 180,
        scale: 0.95 + 0.1 * random.uniform(),
        dx: 200 * random.uniform() - 100,
        dy: 200 * random.uniform() - 100,
        flipped: random.uniform() < 0.5,
      }
      const transform = createSimilarity(SIZE, parts)
      const stars = observeStars(random, reference, {
        transform,
        keep: 0.8,
        strangers: 0.2,
        jitter: 0.1,
        size: SIZE,
      })
      const match = matchStars(reference, stars, { center: { x: SIZE.width / 2, y: SIZE.height / 2 } })
      expect(match.flipped).toBe(parts.flipped)
      expect(worstError(match, transform, reference)).toBeLessThan(0.3)
      expect(match.scale).toBeCloseTo(parts.scale, 3)
      expect(Math.abs(((match.rotation - parts.rotation + 540) % 360) - 180)).toBeLessThan(0.05)
      expect(Math.hypot(match.dx - parts.dx, match.dy - parts.dy)).toBeLessThan(0.15)
      expect(match.rms).toBeLessThan(0.25)
    }
  })

  test('seed "sparse truth": 60 % of the stars missing and 60 % of what is there strange, 100 fields', () => {
    const random = createRandom('sparse truth')
    for (let k = 0; k < 100; k++) {
      const reference = scatterStars(random, 120, SIZE)
      const transform = createSimilarity(SIZE, {
        rotation: 360 * random.uniform(),
        scale: 0.97 + 0.06 * random.uniform(),
        dx: 30,
        dy: -40,
        flipped: k % 2 === 0,
      })
      const stars = observeStars(random, reference, {
        transform,
        keep: 0.4,
        strangers: 0.6,
        jitter: 0.15,
        size: SIZE,
      })
      expect(worstError(matchStars(reference, stars), transform, reference)).toBeLessThan(0.6)
    }
  })

  test('seed "far drift": shifts of 270 px of 650, 100 fields', () => {
    const random = createRandom('far drift')
    for (let k = 0; k < 100; k++) {
      const sky = scatterStars(random, 300, { width: 1000, height: 700 })
      const onFrame = (stars: Point[]): Point[] =>
        stars.filter((star) => star.x >= 0 && star.y >= 0 && star.x <= SIZE.width && star.y <= SIZE.height)
      const reference = onFrame(sky)
      const shift = { a: 1, b: 0, c: -270, d: 0, e: 1, f: -61 }
      const stars = onFrame(sky.map((star) => applyTransform(shift, star))).map((star) => ({
        x: star.x + 0.1 * random.normal(),
        y: star.y + 0.1 * random.normal(),
      }))
      expect(worstError(matchStars(reference, stars), shift, reference)).toBeLessThan(0.3)
    }
  })

  test('seed "few": five of five stars are believed, two are not', () => {
    const random = createRandom('few')
    const reference = scatterStars(random, 5, SIZE)
    const transform = createSimilarity(SIZE, { rotation: 12, scale: 1, dx: 20, dy: 10, flipped: false })
    const stars = reference.map((star) => applyTransform(transform, star))
    expect(matchStars(reference, stars).matched).toBe(5)
    expect(() => matchStars(reference.slice(0, 2), stars.slice(0, 2))).toThrow(/three stars/)
  })

  test('seed "sheared": a shear of 0.4 % is found as affine, a pure similarity is not called one', () => {
    const random = createRandom('sheared')
    const reference = scatterStars(random, 80, SIZE)
    const shear = { a: 1.002, b: 0.004, c: 10, d: 0, e: 0.999, f: -20 }
    const jitter = (star: Point): Point => ({
      x: star.x + 0.05 * random.normal(),
      y: star.y + 0.05 * random.normal(),
    })
    const bent = matchStars(
      reference,
      reference.map((star) => jitter(applyTransform(shear, star))),
    )
    expect(bent.affine).toBe(true)
    expect(bent.transform.b).toBeCloseTo(0.004, 3)
    const turned = createSimilarity(SIZE, { rotation: 3, scale: 1.01, dx: 0, dy: 0, flipped: false })
    expect(
      matchStars(
        reference,
        reference.map((star) => jitter(applyTransform(turned, star))),
      ).affine,
    ).toBe(false)
  })

  test('seed "unrelated": no match in 500 pairs of unrelated fields of 4 to 250 stars', () => {
    const random = createRandom('unrelated')
    let found = 0
    for (let k = 0; k < 500; k++) {
      const counts = [
        4 + random.integer(k % 2 === 0 ? 246 : 30),
        4 + random.integer(k % 2 === 0 ? 246 : 30),
      ] as const
      if (tryMatch(scatterStars(random, counts[0], SIZE), scatterStars(random, counts[1], SIZE)) !== null)
        found++
    }
    expect(found).toBe(0)
  })

  test('seed "hot pixels": half the list fixed to the sensor does not hide a moved sky, 60 fields', () => {
    const random = createRandom('hot pixels')
    for (let k = 0; k < 60; k++) {
      const hot = scatterStars(random, 40, SIZE)
      const sky = scatterStars(random, 40, SIZE)
      const shift = { a: 1, b: 0, c: 5 + 60 * random.uniform(), d: 0, e: 1, f: -30 * random.uniform() }
      const seen = observeStars(random, sky, {
        transform: shift,
        keep: 0.9,
        strangers: 0,
        jitter: 0.1,
        size: SIZE,
      })
      const mix = (a: Point[], b: Point[]): Point[] =>
        Array.from({ length: Math.max(a.length, b.length) }, (_, i) => [a[i], b[i]])
          .flat()
          .filter((p) => p !== undefined)
      const twin = (star: Point): Point => ({
        x: star.x + 0.02 * random.normal(),
        y: star.y + 0.02 * random.normal(),
      })
      const match = matchStars(mix(hot, sky), mix(hot.map(twin), seen))
      expect(match.transform.c).toBeCloseTo(shift.c, 0)
      expect(Math.hypot(match.transform.c - shift.c, match.transform.f - shift.f)).toBeLessThan(0.5)
    }
  })

  test('seed "guided": a frame that truly did not move is matched where it is', () => {
    const random = createRandom('guided')
    const reference = scatterStars(random, 80, SIZE)
    const stars = reference.map((star) => ({
      x: star.x + 0.1 + 0.05 * random.normal(),
      y: star.y + 0.05 * random.normal(),
    }))
    const match = matchStars(reference, stars)
    expect(match.matched).toBeGreaterThan(75)
    expect(match.dx).toBeCloseTo(0.1, 1)
  })

  test('a refusal says how many stars agreed and why that is not enough', () => {
    const random = createRandom('refusal')
    const error = (() => {
      try {
        matchStars(scatterStars(random, 60, SIZE), scatterStars(random, 60, SIZE))
      } catch (thrown) {
        return thrown
      }
      return null
    })()
    expect(error).toBeInstanceOf(AsterismError)
    expect((error as AsterismError).message).toMatch(/\d+ of \d+ reference stars/)
    expect((error as AsterismError).context['referenceStars']).toBe(60)
  })
})
