import { describe, expect, it } from 'vitest'
import { calibrateImage } from '../../../web/science/calibration/calibrate-frame'
import { cleanCosmicRays } from '../../../web/science/calibration/cosmic-rays'
import { combineFrames } from '../../../web/science/calibration/combine-frames'
import { makeBadPixelMap } from '../../../web/science/calibration/make-bad-pixel-map'
import { createRandom } from '../../../web/science/math/random'
import { simulateNight, transitNight, type SimulationRecipe } from '../../../web/science/simulator'
import { addCosmicRays } from '../../../web/science/simulator/expose-frame'

const DARKS = 5
const LIGHTS = 3
const recipe = transitNight([], {
  seed: 'particles',
  width: 450,
  height: 350,
  counts: { bias: 0, dark: DARKS, flat: 0, light: LIGHTS },
  background: { count: 400, brightest: 11, faintest: 18.5, slope: 0.26 },
  trailAt: null,
})
const rainy: SimulationRecipe = { ...recipe, camera: { ...recipe.camera, cosmicRays: 4 } }

/** Electrons that cosmic rays left in each pixel of light `number`: the same draw from the same stream as the frame's own. */
const truthOf = (number: number): Float32Array => {
  const plane = new Float32Array(rainy.width * rainy.height)
  const random = createRandom(rainy.seed).split(`light ${number}`).split('cosmic rays')
  addCosmicRays(plane, rainy, rainy.exposure, random)
  return plane
}

/** Groups of neighbouring pixels, corners included; each as its pixels. */
const findGroups = (plane: Uint8Array, width: number): number[][] => {
  const left = plane.slice()
  const groups: number[][] = []
  for (let start = 0; start < left.length; start++) {
    if (left[start] === 0) continue
    const group = [start]
    left[start] = 0
    for (const pixel of group) {
      for (const dy of [-1, 0, 1]) {
        for (const dx of [-1, 0, 1]) {
          const x = (pixel % width) + dx
          const next = pixel + dy * width + dx
          if (x < 0 || x >= width || left[next] !== 1) continue
          left[next] = 0
          group.push(next)
        }
      }
    }
    groups.push(group)
  }
  return groups
}

describe('L.A.Cosmic on simulated lights, where it is known what was hit (seed particles)', () => {
  const night = simulateNight(rainy)
  const { width, height, camera, exposure } = rainy
  const { bias, dark, response } = night.detector
  const counts = {
    hits: 0,
    found: 0,
    hitPixels: 0,
    foundPixels: 0,
    groups: 0,
    true: 0,
    flagged: 0,
    flaggedHit: 0,
  }
  const darks = Array.from({ length: DARKS }, (_, number) => Float32Array.from(night.render(number).data))
  const masterDark = combineFrames(darks, { method: 'median', rejection: 'none' }).data
  // A hot pixel scatters more than its value after the dark says, so that it looks like a hit; the map of bad pixels knows them.
  const hot = makeBadPixelMap({ dark: { width, height, data: masterDark } }).mask
  for (let number = 0; number < LIGHTS; number++) {
    const frame = night.render(DARKS + number)
    const extra = truthOf(number)
    const image = (data: Float32Array) => ({ width, height, data })
    const light = calibrateImage(
      image(Float32Array.from(frame.data)),
      {
        bias: image(bias),
        dark: {
          image: image(dark.map((rate) => (rate * exposure) / camera.gain)),
          exposure,
          biasSubtracted: true,
        },
        flat: image(response),
      },
      { exposure, darkScaling: false },
    )
    const clean = { data: new Float32Array(width * height), mask: new Uint8Array(width * height) }
    cleanCosmicRays(
      { data: light.data, mask: hot },
      {
        width,
        height,
        sigclip: 4.5,
        sigfrac: 0.3,
        objlim: 5,
        gain: camera.gain,
        readNoise: camera.readNoise,
        saturation: 50_000,
        iterations: 4,
        separableMedian: true,
        clean: 'meanmask',
      },
      clean,
    )
    // Hits that a person would see: 6 sigma of what is in the pixel besides, and off the rim that is not looked at.
    const seen = Uint8Array.from(extra, (electrons, i) => {
      const [x, y] = [i % width, Math.floor(i / width)]
      if (x < 3 || y < 3 || x >= width - 3 || y >= height - 3) return 0
      const others = Math.max(0, camera.gain * light.data[i]! - electrons) + camera.readNoise ** 2
      return electrons > 6 * Math.sqrt(others) ? 1 : 0
    })
    for (const hit of findGroups(seen, width)) {
      counts.hits++
      if (hit.some((pixel) => clean.mask[pixel] === 1)) counts.found++
    }
    for (const group of findGroups(clean.mask, width)) {
      counts.groups++
      if (group.some((pixel) => extra[pixel]! > 0)) counts.true++
    }
    clean.mask.forEach((flag, i) => {
      counts.hitPixels += seen[i]!
      counts.foundPixels += seen[i]! & flag
      counts.flagged += flag
      if (flag === 1 && extra[i]! > 0) counts.flaggedHit++
    })
  }
  it('finds more than 95 % of the hits and of their pixels', () => {
    expect(counts.hits).toBeGreaterThan(600)
    expect(counts.found / counts.hits).toBeGreaterThan(0.95)
    expect(counts.foundPixels / counts.hitPixels).toBeGreaterThan(0.95)
  })

  it('more than 98 % of what it finds was hit', () => {
    expect(counts.true / counts.groups).toBeGreaterThan(0.98)
    // Pixel by pixel less: neighbours of a hit are taken along at a lower threshold.
    expect(counts.flaggedHit / counts.flagged).toBeGreaterThan(0.85)
  })

  it('the truth that it is held against is what the frame holds', () => {
    expect(counts.hits / LIGHTS / (rainy.camera.cosmicRays * exposure)).toBeGreaterThan(0.8)
    const dry = simulateNight(recipe).render(DARKS)
    const wet = night.render(DARKS)
    const extra = truthOf(0)
    let [difference, electrons] = [0, 0]
    extra.forEach((value, i) => {
      if (value < 2000 || wet.data[i]! > 50_000) return
      difference += wet.data[i]! - dry.data[i]!
      electrons += value
    })
    expect(Math.abs((difference * camera.gain) / electrons - 1)).toBeLessThan(0.02)
  })
})
