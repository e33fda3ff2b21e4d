import type {
  CosmicRayInput,
  CosmicRayOutput,
  CosmicRayParameters,
} from '../../../web/science/calibration/cosmic-rays'
import { createRandom } from '../../../web/science/math/random'
import type { KernelCase } from '../../support/check-parity'

type Case = KernelCase<CosmicRayParameters, CosmicRayInput, CosmicRayOutput>

const USUAL: Omit<CosmicRayParameters, 'width' | 'height'> = {
  sigclip: 4.5,
  sigfrac: 0.3,
  objlim: 5,
  gain: 1.5,
  readNoise: 8,
  saturation: Number.POSITIVE_INFINITY,
  iterations: 4,
  separableMedian: true,
  clean: 'meanmask',
}

/** Sky, stars, tracks and some pixels without a value. */
const makeFrame = (seed: string, width: number, height: number): Float32Array => {
  const random = createRandom(seed)
  const data = Float32Array.from({ length: width * height }, () => 300 + 16 * random.normal())
  const stars = Math.ceil((width * height) / 900)
  for (let star = 0; star < stars; star++) {
    const [x, y, peak] = [width * random.uniform(), height * random.uniform(), 20_000 * random.uniform() ** 3]
    for (let i = 0; i < data.length; i++) {
      const distance = ((i % width) - x) ** 2 + (Math.floor(i / width) - y) ** 2
      if (distance < 200) data[i]! += peak * Math.exp(-distance / 4.5)
    }
  }
  for (let track = 0; track < stars; track++) {
    const angle = 7 * random.uniform()
    const [x, y, length] = [width * random.uniform(), height * random.uniform(), 10 * random.uniform()]
    for (let step = 0; step < length; step += 0.5) {
      const column = Math.floor(x + step * Math.cos(angle))
      const row = Math.floor(y + step * Math.sin(angle))
      if (column >= 0 && row >= 0 && column < width && row < height)
        data[row * width + column]! += 300 + 3000 * random.uniform()
    }
  }
  for (let hole = 0; hole < stars / 4; hole++) data[random.integer(data.length)] = Number.NaN
  return data
}

const makeCase = (
  name: string,
  [width, height]: readonly [number, number],
  changes: Partial<CosmicRayParameters> = {},
  extra: 'mask' | 'background' | 'none' = 'none',
): Case => ({
  name: `${name}, ${width} x ${height}, seed ${name}`,
  params: { ...USUAL, width, height, ...changes },
  input: () => {
    const data = makeFrame(name, width, height)
    const random = createRandom(`extra-${name}`)
    if (extra === 'mask')
      return { data, mask: Uint8Array.from(data, () => (random.uniform() < 0.03 ? 1 : 0)) }
    if (extra === 'background') return { data, background: data.map((_, i) => 50 + 10 * Math.sin(i / 9)) }
    return { data }
  },
  output: () => ({ data: new Float32Array(width * height), mask: new Uint8Array(width * height) }),
})

export const COSMIC_RAYS_CASES: readonly Case[] = [
  makeCase('usual', [101, 83]),
  makeCase('one pixel', [1, 1]),
  makeCase('a line', [40, 2]),
  makeCase('smaller than a window', [6, 6]),
  makeCase('square medians', [67, 59], { separableMedian: false }),
  makeCase('one round', [64, 48], { iterations: 1 }),
  makeCase('many rounds', [70, 70], { iterations: 9, sigclip: 3 }),
  makeCase('saturated stars', [90, 77], { saturation: 6000 }),
  makeCase('medmask', [61, 53], { clean: 'medmask' }),
  makeCase('median', [61, 53], { clean: 'median' }),
  makeCase('a level that is given', [50, 41], { level: 290 }),
  makeCase('a mask', [75, 66], {}, 'mask'),
  makeCase('a background', [75, 66], {}, 'background'),
]
