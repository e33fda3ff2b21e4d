import { medianInPlace } from '../math/median'
import type { Random } from '../math/random'
import type { SimulationRecipe } from './recipe'

/** A grain of dust on the way: a soft dark ring out of focus. Pixels, and the part of the light that it takes. */
export interface DustDonut {
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly depth: number
}

/** What the camera is, the same for every frame of the night. */
export interface Detector {
  /** ADU. */
  readonly bias: Float32Array
  /** Electrons a second. */
  readonly dark: Float32Array
  /** Relative response with vignetting, dust and pixels; its median is 1. */
  readonly response: Float32Array
  readonly hotPixels: readonly number[]
  readonly donuts: readonly DustDonut[]
}

/** Light that is lost in the corners. */
const VIGNETTING = 0.24
const PIXEL_RESPONSE = 0.008
const DONUTS = 7
/** ADU. */
const COLUMN_STRUCTURE = 1.6

export const makeDetector = (recipe: SimulationRecipe, random: Random): Detector => {
  const donuts = makeDonuts(recipe, random.split('dust'))
  const { dark, hotPixels } = makeDark(recipe, random.split('dark'))
  return {
    bias: makeBias(recipe, random.split('bias')),
    dark,
    response: makeResponse(recipe, donuts, random.split('response')),
    hotPixels,
    donuts,
  }
}

/** Level, a slope of the read-out along y, a wave and a scatter between columns. */
const makeBias = ({ width, height, camera }: SimulationRecipe, random: Random): Float32Array => {
  const columns = Float64Array.from(
    { length: width },
    (_, x) => COLUMN_STRUCTURE * (random.normal() + 1.5 * Math.sin((2 * Math.PI * x) / 64)),
  )
  const bias = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    const row = camera.biasLevel + 6 * Math.exp(-y / 40) + (2 * y) / height
    for (let x = 0; x < width; x++) bias[y * width + x] = row + columns[x]!
  }
  return bias
}

const makeDark = ({ width, height, camera }: SimulationRecipe, random: Random) => {
  const dark = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // Twice as warm at the right edge, and the amplifier's glow in the first corner.
      const glow = 4 * Math.exp(-Math.hypot(x, y) / (0.06 * width))
      dark[y * width + x] = camera.darkCurrent * (1 + x / width + glow)
    }
  }
  const hotPixels = new Set<number>()
  const count = Math.round(camera.hotPixels * width * height)
  for (let i = 0; i < count; i++) {
    const index = random.integer(width * height)
    // Rates over three decades: many lukewarm pixels, few glaring ones.
    dark[index] = dark[index]! + 0.6 * 10 ** (2.6 * random.uniform() ** 2)
    hotPixels.add(index)
  }
  return { dark, hotPixels: [...hotPixels].sort((a, b) => a - b) }
}

const makeDonuts = ({ width, height }: SimulationRecipe, random: Random): DustDonut[] =>
  Array.from({ length: DONUTS }, () => ({
    x: random.uniform() * width,
    y: random.uniform() * height,
    radius: 9 + 18 * random.uniform(),
    depth: 0.02 + 0.06 * random.uniform(),
  }))

const makeResponse = (
  { width, height }: SimulationRecipe,
  donuts: readonly DustDonut[],
  random: Random,
): Float32Array => {
  const response = new Float32Array(width * height)
  const corner = Math.hypot(width, height) / 2
  // The optical axis does not meet the middle of the chip.
  const axis = { x: 0.53 * width, y: 0.47 * height }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const r = Math.hypot(x - axis.x, y - axis.y) / corner
      response[y * width + x] = (1 - VIGNETTING * r * r) * (1 + PIXEL_RESPONSE * random.normal())
    }
  }
  for (const donut of donuts) {
    const reach = Math.ceil(donut.radius * 1.3)
    for (let y = Math.max(0, Math.floor(donut.y) - reach); y <= Math.min(height - 1, donut.y + reach); y++) {
      for (let x = Math.max(0, Math.floor(donut.x) - reach); x <= Math.min(width - 1, donut.x + reach); x++) {
        const r = Math.hypot(x - donut.x, y - donut.y) / donut.radius
        const ring = smoothStep((1.15 - r) / 0.3) * smoothStep((r - 0.25) / 0.3)
        response[y * width + x] = response[y * width + x]! * (1 - donut.depth * ring)
      }
    }
  }
  const middle = medianInPlace(response.slice())
  return response.map((value) => value / middle)
}

const smoothStep = (value: number): number => {
  const t = Math.min(1, Math.max(0, value))
  return t * t * (3 - 2 * t)
}
