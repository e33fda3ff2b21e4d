import { describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { createRandom } from '../../../web/science/math/random'
import {
  frameCount,
  planFrame,
  renderFrame,
  simulateNight,
  simulationTruth,
  transitNight,
} from '../../../web/science/simulator'
import { exposeFrame } from '../../../web/science/simulator/expose-frame'
import { enclosedLight } from '../../../web/science/simulator/point-spread'
import type { CatalogueStar, SimulationRecipe } from '../../../web/science/simulator'

const field = JSON.parse(readFileSync('public/demo/field-hat-p-32.json', 'utf8')) as {
  stars: CatalogueStar[]
}
const full = transitNight(field.stars)

const small: SimulationRecipe = transitNight(field.stars, {
  width: 220,
  height: 180,
  counts: { bias: 6, dark: 6, flat: 12, light: 8 },
  cadence: 1740,
  trailAt: null,
})

const moments = (data: ArrayLike<number>, keep: (index: number) => boolean = () => true) => {
  let count = 0
  let mean = 0
  let squares = 0
  for (let i = 0; i < data.length; i++) {
    if (!keep(i)) continue
    count++
    const difference = data[i]! - mean
    mean += difference / count
    squares += difference * (data[i]! - mean)
  }
  return { count, mean, variance: squares / (count - 1) }
}

const difference = (a: ArrayLike<number>, b: ArrayLike<number>): Float64Array =>
  Float64Array.from({ length: a.length }, (_, i) => a[i]! - b[i]!)

describe('determinism (seed transit night)', () => {
  it('a frame does not depend on which were made before', () => {
    const forward = simulateNight(small)
    const all = Array.from({ length: forward.frameCount }, (_, i) => forward.render(i))
    const backward = simulateNight(small)
    for (let i = backward.frameCount - 1; i >= 0; i--) {
      const again = backward.render(i)
      expect(again.data).toEqual(all[i]!.data)
      expect(again.cards).toEqual(all[i]!.cards)
      expect(again.truth).toEqual(all[i]!.truth)
    }
    expect(renderFrame(small, 25).data).toEqual(all[25]!.data)
  })

  it('another seed is another night, and no two frames share their noise', () => {
    const other = simulateNight({ ...small, seed: 'another' })
    const night = simulateNight(small)
    expect(other.render(0).data).not.toEqual(night.render(0).data)
    const noise = difference(night.render(0).data, night.render(1).data)
    const expected = 2 * ((small.camera.readNoise / small.camera.gain) ** 2 + 1 / 12)
    expect(Math.abs(moments(noise).variance / expected - 1)).toBeLessThan(0.05)
  })

  it('the truth is plain JSON and in step with the frames', () => {
    const truth = simulationTruth(small)
    expect(JSON.parse(JSON.stringify(truth))).toEqual(truth)
    expect(truth.lights.length).toBe(8)
    expect(truth.stars[truth.target]!.isTarget).toBe(true)
    const frame = renderFrame(small, 24 + 3)
    expect(frame.name).toBe(truth.lights[3]!.name)
    expect(frame.truth!.stars[truth.target]!.x).toBeCloseTo(truth.lights[3]!.x[truth.target]!, 4)
  })
})

describe('noise', () => {
  const night = simulateNight(small)
  const { gain, readNoise, darkCurrent } = small.camera

  it('bias: level, read noise and rounding, five sigma (seed transit night)', () => {
    const bias = night.render(0)
    const noise = difference(bias.data, night.detector.bias)
    const { count, mean, variance } = moments(noise)
    const expected = (readNoise / gain) ** 2 + 1 / 12
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(expected / count))
    expect(Math.abs(variance / expected - 1)).toBeLessThan(5 * Math.sqrt(2 / count))
  })

  it('dark: electrons a second where pixels are not hot, and Poisson (seed transit night)', () => {
    const hot = new Set(night.detector.hotPixels)
    const frame = night.render(6)
    const clean = simulateNight({ ...small, camera: { ...small.camera, cosmicRays: 0 } }).render(6)
    const seconds = frame.exposure
    const signal = Float64Array.from(
      clean.data,
      (value, i) => (value - night.detector.bias[i]!) * gain - night.detector.dark[i]! * seconds,
    )
    const { count, mean, variance } = moments(signal, (i) => !hot.has(i))
    const electrons = moments(night.detector.dark, (i) => !hot.has(i)).mean * seconds
    const expected = electrons + readNoise ** 2 + gain ** 2 / 12
    expect(electrons).toBeGreaterThan(darkCurrent * seconds)
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(expected / count))
    expect(Math.abs(variance / expected - 1)).toBeLessThan(0.05)
    expect(night.detector.hotPixels.length).toBeGreaterThan(30)
  })

  it('photon transfer over the flats gives the gain and read noise back (seed transit night)', () => {
    const recipe = { ...small, flatDecline: 0.02, camera: { ...small.camera, cosmicRays: 0 } }
    const transfer = simulateNight(recipe)
    const { dark, bias, response } = transfer.detector
    let total = 0
    let sumX = 0
    let sumY = 0
    let sumXX = 0
    let sumXY = 0
    for (let number = 0; number < 12; number++) {
      const frame = transfer.render(12 + number)
      // Against the expected frame: the true gain would have variance = level / gain.
      const level = moments(difference(frame.data, bias)).mean
      const scale = level / moments(response).mean
      const noise = Float64Array.from(
        frame.data,
        (value, i) =>
          (value - bias[i]! - (dark[i]! * 3) / gain - scale * response[i]!) / Math.sqrt(response[i]!),
      )
      const variance = moments(noise).variance
      const weight = 1 / variance ** 2
      sumX += weight * scale
      sumY += weight * variance
      sumXX += weight * scale * scale
      sumXY += weight * scale * variance
      total += weight
    }
    const slope = (sumXY - (sumX * sumY) / total) / (sumXX - (sumX * sumX) / total)
    expect(Math.abs(1 / slope / gain - 1)).toBeLessThan(0.01)
  })

  it('exact and normal regimes meet at 50 electrons without a step in mean, variance or skewness (seed meet)', () => {
    const detector = {
      ...night.detector,
      bias: new Float32Array(400_000).fill(500),
      dark: new Float32Array(400_000),
      response: new Float32Array(400_000).fill(1),
    }
    const camera = { ...small.camera, gain: 0.01, readNoise: 0.5, fullWell: 1e9 }
    for (const level of [49.99, 50.01, 400]) {
      const light = new Float32Array(400_000).fill(level)
      const data = exposeFrame(
        { ...small, camera },
        detector,
        { seconds: 1, light, extra: null },
        createRandom(`meet ${level}`),
      )
      const electrons = Float64Array.from(data, (value) => (value - 500) * 0.01)
      const { count, mean, variance } = moments(electrons)
      const third = electrons.reduce((total, value) => total + (value - mean) ** 3, 0) / count
      expect(Math.abs(mean - level)).toBeLessThan(5 * Math.sqrt(level / count))
      expect(Math.abs(variance / (level + 0.25) - 1)).toBeLessThan(0.013)
      expect(Math.abs(third / level - 1)).toBeLessThan(5 * Math.sqrt((6 * level) / count) + 0.02)
    }
  })

  it('saturates at the full well and never wraps round', () => {
    const detector = {
      ...night.detector,
      bias: new Float32Array(3).fill(500),
      dark: new Float32Array(3),
      response: new Float32Array(3).fill(1),
    }
    const light = Float32Array.of(1e7, 9e4, 0)
    const camera = { ...small.camera, gain: 1.4 }
    const data = exposeFrame(
      { ...small, camera },
      detector,
      { seconds: 1, light, extra: null },
      createRandom('full'),
    )
    expect(data[0]).toBe(Math.round(500 + 85_000 / 1.4))
    const low = exposeFrame(
      { ...small, camera: { ...camera, gain: 0.5, fullWell: 1e6 } },
      detector,
      { seconds: 1, light, extra: null },
      createRandom('full'),
    )
    expect(low[0]).toBe(65_535)
    const under = { ...detector, bias: new Float32Array(3).fill(-900) }
    expect(
      exposeFrame(
        small,
        under,
        { seconds: 1, light: Float32Array.of(0, 0, 0), extra: null },
        createRandom('full'),
      )[2],
    ).toBe(0)
  })
})

describe('stars', () => {
  /** Electrons above the sky in a circle around a place, from a frame with bias, dark and flat taken off by their truth. */
  const measure = (recipe: SimulationRecipe, number: number) => {
    const night = simulateNight(recipe)
    const frame = night.render(frameCount(recipe) - recipe.counts.light + number)
    const { bias, dark, response } = night.detector
    const { gain, readNoise } = recipe.camera
    const { conditions, stars } = frame.truth!
    const radius = 3 * conditions.fwhm
    const results: { electrons: number; expected: number; sigma: number; isTarget: boolean }[] = []
    stars.forEach((star, which) => {
      const inside = (margin: number) =>
        star.x > margin &&
        star.y > margin &&
        star.x < recipe.width - 1 - margin &&
        star.y < recipe.height - 1 - margin
      if (!inside(radius + 2) || star.electrons < 4000 || star.electrons > 4e5) return
      let electrons = 0
      let variance = 0
      for (let y = Math.floor(star.y - radius); y <= star.y + radius + 1; y++) {
        for (let x = Math.floor(star.x - radius); x <= star.x + radius + 1; x++) {
          const i = y * recipe.width + x
          const r = Math.hypot(x - star.x, y - star.y)
          if (r > radius) continue
          const seen = (frame.data[i]! - bias[i]!) * gain
          electrons += (seen - dark[i]! * frame.exposure) / response[i]! - conditions.sky
          variance += (Math.max(seen, 0) + readNoise ** 2 + gain ** 2 / 12) / response[i]! ** 2
        }
      }
      const expected = star.electrons * enclosedLight(radius, conditions.fwhm)
      const sigma = Math.sqrt(variance)
      // Light of other stars that may be in this circle: all that lies beyond the nearest point of it.
      const strange = stars.reduce((total, other, k) => {
        const distance = Math.hypot(other.x - star.x, other.y - star.y)
        if (k === which || distance > 60) return total
        return total + other.electrons * (1 - enclosedLight(Math.max(0, distance - radius), conditions.fwhm))
      }, 0)
      if (strange > 0.3 * sigma) return
      results.push({ electrons, expected, sigma, isTarget: night.field[which]!.isTarget })
    })
    return results
  }

  const clear: SimulationRecipe = {
    ...transitNight(field.stars),
    trailAt: null,
    camera: { ...transitNight(field.stars).camera, cosmicRays: 0 },
  }

  it('the light in circles is that of the truth: chi-square over the isolated stars (seed transit night)', () => {
    const results = [2, 40, 79].flatMap((number) => measure(clear, number))
    expect(results.length).toBeGreaterThan(60)
    let chiSquare = 0
    // Whole pixels on the rim leave a part of 1e-4 of the light uncertain, small beside the photons of such stars.
    for (const { electrons, expected, sigma } of results) {
      chiSquare += (electrons - expected) ** 2 / (sigma ** 2 + (5e-4 * expected) ** 2)
    }
    expect(Math.abs(chiSquare - results.length)).toBeLessThan(5 * Math.sqrt(2 * results.length))
    expect(results.some((result) => result.isTarget)).toBe(true)
  })

  it('a transit takes its depth off the target alone', () => {
    const still = { ...clear, atmosphere: { ...clear.atmosphere, scintillation: false } }
    const without = simulateNight({ ...still, target: { ...still.target, transit: null } })
    const dip = simulateNight(still)
    const target = dip.field.findIndex((star) => star.isTarget)
    for (const number of [0, 25, 40, 79]) {
      const a = dip.lightTruth(number)
      const b = without.lightTruth(number)
      a.stars.forEach((star, which) => {
        const ratio = star.electrons / b.stars[which]!.electrons
        expect(ratio).toBeCloseTo(which === target ? a.conditions.transit : 1, 12)
      })
    }
    expect(1 - dip.lightTruth(40).conditions.transit).toBeCloseTo(0.022, 3)
    expect(dip.lightTruth(0).conditions.transit).toBe(1)
    expect(dip.lightTruth(79).conditions.transit).toBe(1)
  })

  it('scintillation scatters as Young says (seed transit night)', () => {
    const base = { ...clear, background: { ...clear.background, count: 4000 } }
    const flickering = simulateNight(base).lightTruth(40)
    const still = simulateNight({
      ...base,
      atmosphere: { ...base.atmosphere, scintillation: false },
    }).lightTruth(40)
    const ratios = flickering.stars.map((star, i) => star.electrons / still.stars[i]!.electrons)
    const { mean, variance } = moments(ratios)
    const sigma = flickering.conditions.scintillation
    expect(sigma).toBeGreaterThan(5e-4)
    expect(Math.abs(mean - 1)).toBeLessThan((5 * sigma) / Math.sqrt(4000))
    expect(Math.abs(variance / sigma ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / 4000))
  })
})

describe('the mount and the sky', () => {
  const night = simulateNight(full)
  const truths = Array.from({ length: 80 }, (_, i) => night.lightTruth(i))

  it('drifts tens of pixels, jumps once, and rises from air mass 2.3 to 1.1', () => {
    const xs = truths.map((truth) => truth.conditions.dx)
    expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(40)
    const steps = xs.slice(1).map((x, i) => Math.abs(x - xs[i]!))
    expect(steps.indexOf(Math.max(...steps)) + 1).toBe(55)
    expect(truths[0]!.conditions.airmass).toBeGreaterThan(2.2)
    expect(truths[79]!.conditions.airmass).toBeLessThan(1.2)
    expect(Math.min(...truths.map((truth) => truth.conditions.transparency))).toBeLessThan(0.85)
    expect(truths[0]!.conditions.sky).toBeGreaterThan(2 * truths[79]!.conditions.sky)
  })

  it('a flip turns the field by 180 degrees about the frame', () => {
    const flipped = simulateNight({ ...full, pointing: { ...full.pointing, flipAt: 40 } })
    const before = truths[45]!
    const after = flipped.lightTruth(45)
    const centre = { x: 449.5 + before.conditions.dx, y: 349.5 + before.conditions.dy }
    after.stars.forEach((star, i) => {
      expect(star.x).toBeCloseTo(2 * centre.x - before.stars[i]!.x, 8)
      expect(star.y).toBeCloseTo(2 * centre.y - before.stars[i]!.y, 8)
      expect(star.electrons).toBe(before.stars[i]!.electrons)
    })
    expect(flipped.lightTruth(39)).toEqual(truths[39])
  })

  it('north is up and east to the left at the plate scale', () => {
    const { stars, conditions } = simulateNight({
      ...full,
      pointing: { ...full.pointing, rotation: 0 },
    }).lightTruth(10)
    const scale = simulationTruth(full).pixelScale
    expect(scale).toBeCloseTo(1.6, 2)
    night.field.forEach((star, i) => {
      expect(stars[i]!.x).toBeCloseTo(449.5 + conditions.dx - star.xi / scale, 8)
      expect(stars[i]!.y).toBeCloseTo(349.5 + conditions.dy + star.eta / scale, 8)
    })
  })
})

describe('files', () => {
  it('are named and stamped in the order in which they are taken', () => {
    const plans = Array.from({ length: frameCount(full) }, (_, i) => planFrame(full, i))
    expect(plans.length).toBe(114)
    const names = [0, 11, 12, 22, 34, 113].map((i) => plans[i]!.name)
    expect(names).toEqual([
      'bias/bias-001.fits',
      'bias/bias-012.fits',
      'dark/dark-60s-001.fits',
      'flat/flat-R-001.fits',
      'light/demo-transit-001.fits',
      'light/demo-transit-080.fits',
    ])
    expect(new Set(plans.map((plan) => plan.name)).size).toBe(114)
    plans.slice(1).forEach((plan, i) => expect(plan.jdUtcStart).toBeGreaterThan(plans[i]!.jdUtcStart))
    expect(() => planFrame(full, 114)).toThrow(RangeError)
  })

  it('carry the header of a camera, with the time of the start', () => {
    const card = (index: number, keyword: string) =>
      renderFrame(small, index).cards.find((one) => one.keyword === keyword)?.value
    expect(card(24, 'IMAGETYP')).toBe('Light Frame')
    expect(card(24, 'DATE-OBS')).toBe('2025-10-21T19:40:00.000')
    expect(card(24, 'EXPTIME')).toBe(60)
    expect(card(24, 'FILTER')).toBe('R')
    expect(card(0, 'FILTER')).toBeUndefined()
    expect(card(0, 'AIRMASS')).toBeUndefined()
    expect(card(14, 'IMAGETYP')).toBe('Flat Field')
    for (const { keyword } of renderFrame(small, 24).cards) expect(keyword).toMatch(/^[A-Z0-9-]{1,8}$/)
  })

  it('a flat is near its level and a trail is in its light only (seed transit night)', () => {
    const flat = renderFrame(small, 12)
    const middle = moments(flat.data).mean - small.camera.biasLevel
    expect(Math.abs(middle / small.flatLevel - 1)).toBeLessThan(0.08)
    const plain = simulateNight(small)
    const crossed = simulateNight({ ...small, trailAt: 3 })
    expect(crossed.render(24 + 2).data).toEqual(plain.render(24 + 2).data)
    const extra = difference(crossed.render(24 + 3).data, plain.render(24 + 3).data)
    const bright = extra.filter((value) => value > 600).length
    expect(bright).toBeGreaterThan(180)
    expect(bright).toBeLessThan(1500)
  })
})
