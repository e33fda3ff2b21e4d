import {
  createApertures,
  type AperturesInput,
  type AperturesOutput,
  type AperturesParams,
} from '../../../web/compute/kernels/apertures'
import {
  createSkies,
  type SkyAnnuliInput,
  type SkyAnnuliOutput,
  type SkyAnnuliParams,
} from '../../../web/compute/kernels/sky-annuli'
import { createRandom } from '../../../web/science/math/random'
import type { KernelCase } from '../../support/check-parity'

type ApertureCase = KernelCase<AperturesParams, AperturesInput, AperturesOutput>
type SkyCase = KernelCase<SkyAnnuliParams, SkyAnnuliInput, SkyAnnuliOutput>

/** A sky with stars and holes, and positions on it, at its edges, far off it and nowhere. */
const makeField = (seed: string, width: number, height: number, stars: number) => {
  const random = createRandom(seed)
  const data = Float32Array.from({ length: width * height }, () => {
    if (random.uniform() < 0.005) return random.uniform() < 0.5 ? Number.NaN : Infinity
    return 300 + 12 * random.normal() + (random.uniform() < 0.02 ? 9000 * random.uniform() : 0)
  })
  const place = (side: number) => (_: unknown, star: number) =>
    star === 3 ? Number.NaN : star === 4 ? -500 : star === 5 ? 1e12 : (side + 8) * random.uniform() - 4
  return {
    data,
    x: Float64Array.from({ length: stars }, place(width)),
    y: Float64Array.from({ length: stars }, place(height)),
    random,
  }
}

const SHAPES = [null, { ratio: 1, angle: 0.3 }, { ratio: 0.35, angle: -1.1 }] as const

const SIZES = [
  [1, 1, 3, 1],
  [37, 29, 20, 3],
  [131, 67, 65, 7],
  [64, 64, 0, 2],
] as const

export const APERTURE_CASES: readonly ApertureCase[] = SIZES.flatMap(([width, height, stars, count]) =>
  SHAPES.map((shape) => ({
    name: `${stars} stars on ${width} x ${height}, ${count} radii, ${shape === null ? 'circles' : `ratio ${shape.ratio}`}, seed apertures`,
    params: { width, height, shape },
    input: () => {
      const { random, ...field } = makeField('apertures', width, height, stars)
      const radii = Float64Array.from({ length: stars * count }, (_, cell) =>
        cell % 11 === 6 ? 0 : cell % 13 === 5 ? 0.2 : 0.5 + 11 * random.uniform(),
      )
      return { ...field, radii }
    },
    output: () => createApertures(stars * count),
  })),
)

const RULES = [
  { annulus: [2.5, 5], sigma: 3, iterations: 10 },
  { annulus: [12, 18], sigma: 3, iterations: 10 },
  { annulus: [0, 4], sigma: 2, iterations: 1 },
  { annulus: [3, 9.5], sigma: 1, iterations: 50 },
  { annulus: [3, 9.5], sigma: 3, iterations: 0 },
] as const

export const SKY_CASES: readonly SkyCase[] = SIZES.flatMap(([width, height, stars]) =>
  RULES.map((rule) => ({
    name: `${stars} stars on ${width} x ${height}, ${rule.annulus.join(' to ')}, ${rule.sigma} sigma ${rule.iterations} times, seed skies`,
    params: { width, height, ...rule },
    input: () => makeField('skies', width, height, stars),
    output: () => createSkies(stars),
  })),
)
