import type { Random } from '../math/random'
import type { Detector } from './detector'
import type { SimulationRecipe } from './recipe'

/** Above this many electrons Poisson noise is drawn as a normal number with the skewness put back. */
const FAINT = 50

/** Where a charged particle entered the chip, and the electrons that it left along its track. */
export interface CosmicRay {
  readonly x: number
  readonly y: number
  readonly electrons: number
}

export interface Exposure {
  /** Seconds. */
  readonly seconds: number
  /** Electrons per pixel before the response; null in the dark. */
  readonly light: Float32Array | null
  /** Electrons per pixel that come without the optics: cosmic rays. Null for none. */
  readonly extra: Float32Array | null
}

/**
 * Electrons to 16-bit numbers: response, dark current, photon noise, full well, read noise, gain, bias, rounding, clipping.
 *
 * Poisson noise is exact below 50 electrons. Above, photon and read noise are one normal number z of variance
 * lambda + r^2 with the Cornish-Fisher term (z^2 - 1) / 6 of the Poisson part, which restores its skewness.
 */
export const exposeFrame = (
  recipe: SimulationRecipe,
  detector: Detector,
  exposure: Exposure,
  random: Random,
): Uint16Array => {
  const { gain, readNoise, fullWell } = recipe.camera
  const { light, extra, seconds } = exposure
  const { bias, dark, response } = detector
  const readVariance = readNoise * readNoise
  const data = new Uint16Array(bias.length)
  for (let i = 0; i < data.length; i++) {
    let expected = dark[i]! * seconds
    if (light !== null) expected += light[i]! * response[i]!
    if (extra !== null) expected += extra[i]!
    const z = random.normal()
    let electrons: number
    if (expected >= FAINT) {
      const variance = expected + readVariance
      electrons = expected + z * Math.sqrt(variance) + ((z * z - 1) / 6) * (expected / variance)
    } else electrons = z * readNoise + random.poisson(expected)
    const adu = Math.round(bias[i]! + Math.min(electrons, fullWell) / gain)
    data[i] = adu < 0 ? 0 : adu > 65_535 ? 65_535 : adu
  }
  return data
}

/** Adds tracks of cosmic rays to a plane and says where they are. Their number is Poisson in the exposure. */
export const addCosmicRays = (
  plane: Float32Array,
  recipe: SimulationRecipe,
  seconds: number,
  random: Random,
): CosmicRay[] => {
  const { width, height, camera } = recipe
  const count = random.poisson(camera.cosmicRays * seconds)
  return Array.from({ length: count }, () => {
    const ray = {
      x: random.uniform() * width - 0.5,
      y: random.uniform() * height - 0.5,
      // Path lengths in silicon spread the charge over more than a decade.
      electrons: 700 * Math.exp(1.1 * random.normal()),
    }
    const angle = 2 * Math.PI * random.uniform()
    const steps = 1 + Math.floor(-4 * Math.log(1 - random.uniform()))
    for (let step = 0; step < steps; step++) {
      const x = Math.round(ray.x + step * Math.cos(angle))
      const y = Math.round(ray.y + step * Math.sin(angle))
      if (x >= 0 && y >= 0 && x < width && y < height)
        plane[y * width + x] = plane[y * width + x]! + ray.electrons
    }
    return ray
  })
}

/** A satellite crosses the frame at a constant pace: a line with a Gaussian profile, electrons per pixel at its crest. */
export const addTrail = (light: Float32Array, { width, height }: SimulationRecipe, random: Random): void => {
  const angle = Math.PI * (0.15 + 0.2 * random.uniform())
  const through = { x: width * (0.35 + 0.3 * random.uniform()), y: height * (0.35 + 0.3 * random.uniform()) }
  const normal = { x: -Math.sin(angle), y: Math.cos(angle) }
  const crest = 2200
  const sigma = 1.4
  for (let y = 0; y < height; y++) {
    // The line's x in this row, and the few pixels beside it where the profile is not nothing.
    const middle = through.x - ((y - through.y) * normal.y) / normal.x
    const reach = (5 * sigma) / Math.abs(normal.x)
    for (let x = Math.max(0, Math.ceil(middle - reach)); x <= Math.min(width - 1, middle + reach); x++) {
      const distance = (x - middle) * normal.x
      light[y * width + x] = light[y * width + x]! + crest * Math.exp(-0.5 * (distance / sigma) ** 2)
    }
  }
}
