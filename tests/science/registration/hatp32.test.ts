import { expect, test } from 'vitest'
import { applyTransform } from '../../../web/core/transform'
import { detectStars } from '../../../web/science/detection/detect-stars'
import { median } from '../../../web/science/math/median'
import { type StarMeasurement, measureStar } from '../../../web/science/photometry/measure-star'
import { type StarMatch, matchStars } from '../../../web/science/registration/match-stars'
import { listHatp32Frames, readHatp32Frame } from '../../support/read-hatp32'
import { requireShared } from '../../support/shared-data'

const TARGET = { x: 424, y: 286 }
const COMPARISONS = [
  { x: 465, y: 183 },
  { x: 512, y: 263 },
]
const PHOTOMETRY = {
  radii: [3, 4, 5, 6],
  annulus: [10, 18],
  gain: null,
  readNoise: null,
  saturation: 4095,
  centroid: true,
} as const

const folder = requireShared('data/hatp32_transit/HatP32Dec202017')

test.skipIf(folder === null)(
  'a night of HAT-P-32: all frames register and the target stays the target',
  async () => {
    const paths = listHatp32Frames(folder!)
    expect(paths).toHaveLength(142)
    const detection = { threshold: 5, fwhm: 'auto', saturation: 4095 } as const
    const reference = await detectStars(readHatp32Frame(paths[0]!), detection)
    const matches: StarMatch[] = []
    const moved: number[] = []
    const target: StarMeasurement[] = []
    const ensemble: number[] = []
    for (const path of paths) {
      const frame = readHatp32Frame(path)
      const match = matchStars(reference, await detectStars(frame, detection))
      const stars = [TARGET, ...COMPARISONS].map((star) =>
        measureStar(frame, applyTransform(match.transform, star), PHOTOMETRY),
      )
      const predicted = applyTransform(match.transform, TARGET)
      matches.push(match)
      // The position of frame 0 was given in whole pixels: what counts is the change from there.
      const first = target[0] ?? stars[0]!
      const drawn = applyTransform(match.transform, first)
      moved.push(Math.hypot(stars[0]!.x - drawn.x, stars[0]!.y - drawn.y))
      expect(Math.hypot(stars[0]!.x - predicted.x, stars[0]!.y - predicted.y)).toBeLessThan(1.5)
      target.push(stars[0]!)
      ensemble.push(stars[1]!.fluxes[1]! + stars[2]!.fluxes[1]!)
    }
    const rms = matches.map((match) => match.rms)
    expect(Math.max(...rms)).toBeLessThan(0.15)
    expect(median(rms)).toBeLessThan(0.06)
    expect(Math.min(...matches.map((match) => match.matched))).toBeGreaterThan(80)
    expect(matches.at(-1)!.dx).toBeLessThan(-250)
    expect(Math.max(...moved)).toBeLessThan(1)
    expect(median(moved)).toBeLessThan(0.15)
    expect(target.filter((star) => (star.flags & 8) !== 0)).toHaveLength(0)
    // The same star in every frame: its flux stays near the median of the frames around it.
    const flux = target.map((star) => star.fluxes[1]!)
    const steady = flux.filter(
      (value, i) => Math.abs(value / median(flux.slice(Math.max(0, i - 5), i + 6)) - 1) < 0.15,
    )
    expect(steady.length).toBeGreaterThanOrEqual(140)
    // Against the comparisons the two halves of the night differ by the transit, not by a wrong star.
    const relative = flux.map((value, i) => value / ensemble[i]!)
    const middle = median(relative)
    expect(relative.every((value) => Math.abs(value / middle - 1) < 0.1)).toBe(true)
    // A line through the frames outside the transit (frames 38 to 104) leaves their scatter, and the depth of what is between.
    const outside = relative.map((_, i) => i).filter((i) => i < 38 || i > 104)
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length
    const at = mean(outside)
    const level = mean(outside.map((i) => relative[i]!))
    const slope = mean(outside.map((i) => (i - at) * relative[i]!)) / mean(outside.map((i) => (i - at) ** 2))
    const flat = relative.map((value, i) => value / (level + slope * (i - at)))
    expect(Math.sqrt(mean(outside.map((i) => (flat[i]! - 1) ** 2)))).toBeLessThan(0.0068)
    const depth = 1 - mean(flat.slice(50, 92))
    expect(depth).toBeGreaterThan(0.02)
    expect(depth).toBeLessThan(0.0235)
  },
  120_000,
)
