import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { measurePairNoise } from '../../../web/science/detector/detector-noise'
import { measureFlatPair } from '../../../web/science/detector/flat-pair'
import { findFullWell } from '../../../web/science/detector/full-well'
import { countLevels, fitPhotonTransfer, type PairPoint } from '../../../web/science/detector/photon-transfer'
import { averagePairs } from '../../../web/science/detector/shared-frames'
import { createRandom } from '../../../web/science/math/random'

interface Golden {
  readonly level: number[]
  readonly variance: number[]
  readonly varianceError: number[]
  readonly gain: [number, number]
  readonly bend: [number, number]
  readonly chiSquare: number
}

const { transfer } = JSON.parse(readFileSync('tests/golden/detector/camera.json', 'utf8')) as {
  transfer: Golden
}

const PIXELS = 20_000
const GAIN = 1.8
const READ = 7
const BIAS = 500

const flat = (seed: string, electrons: number, response?: Float64Array): Float64Array => {
  const random = createRandom(seed)
  return Float64Array.from({ length: PIXELS }, (_, pixel) => {
    const light = random.poisson(electrons * (response?.[pixel] ?? 1))
    return Math.min(65_535, Math.round(BIAS + light / GAIN + READ * random.normal()))
  })
}

const pairAt = (seed: string, electrons: number, other = electrons): PairPoint => {
  const pair = measureFlatPair(flat(`${seed}-1`, electrons), flat(`${seed}-2`, other), {
    bias: BIAS,
    saturation: 65_535,
  })
  if (pair === null) throw new Error('no pair')
  return { ...pair, frames: [`${seed}-1`, `${seed}-2`] }
}

describe('a pair of flats', () => {
  it('has the variance of light and reading, whatever is fixed in it and however the lamp drifted (seeds lamp-*)', () => {
    const random = createRandom('response')
    const response = Float64Array.from({ length: PIXELS }, () => 1 + 0.03 * random.normal())
    for (const drift of [1, 0.97, 1.08]) {
      const pair = measureFlatPair(
        flat(`lamp-${drift}`, 20_000, response),
        flat(`lamp-${drift}-other`, 20_000 * drift, response),
        { bias: BIAS, saturation: null },
      )
      const expected = READ ** 2 + (pair?.level ?? 0) / GAIN
      expect(Math.abs((pair?.variance ?? 0) - expected)).toBeLessThan(4 * (pair?.varianceError ?? 0))
      expect(pair?.ratio).toBeCloseTo(1 / drift, 3)
    }
  })

  it('counts what is full, and gives nothing where no light fell', () => {
    expect(pairAt('full', 119_000).saturated).toBeGreaterThan(0.9)
    expect(pairAt('fine', 60_000).saturated).toBe(0)
    expect(measureFlatPair([5, 5, 5], [5, 5, 5], { bias: 10, saturation: null })).toBeNull()
  })
})

describe('a photon-transfer curve', () => {
  it('agrees with numpy on a curve that bends and turns over, and leaves out what lies beyond', () => {
    const points = transfer.level.map((level, index) => ({
      level,
      variance: transfer.variance[index] ?? NaN,
      varianceError: transfer.varianceError[index] ?? NaN,
      saturated: 0,
      frames: [`a${index}`, `b${index}`] as const,
    }))
    const fit = fitPhotonTransfer(points, { value: 6, error: 0.01 })
    expect(fit?.gain.value).toBeCloseTo(transfer.gain[0], 8)
    expect(fit?.gain.error).toBeCloseTo(transfer.gain[1], 8)
    expect((fit?.bend?.value ?? 0) / transfer.bend[0]).toBeCloseTo(1, 6)
    expect((fit?.bend?.error ?? 0) / transfer.bend[1]).toBeCloseTo(1, 6)
    expect(fit?.chiSquare).toBeCloseTo(transfer.chiSquare, 6)
    expect(fit?.freedom).toBe(6)
    expect(fit?.fullWell?.value).toBeCloseTo(transfer.level[8] ?? NaN, 6)
    expect(fit?.leftOut.map((reason) => reason !== null)).toEqual([
      ...Array<boolean>(8).fill(false),
      true,
      true,
    ])
  })

  it('recovers gain, read noise and full well of a simulated camera, saturated pairs left out (seeds curve-*)', () => {
    const points = [1000, 8000, 20_000, 40_000, 70_000, 100_000, 119_000].map((electrons) =>
      pairAt(`curve-${electrons}`, electrons),
    )
    const fit = fitPhotonTransfer(points)
    expect(fit).not.toBeNull()
    if (fit === null) return
    expect(Math.abs(fit.gain.value - GAIN)).toBeLessThan(4 * fit.gain.error)
    expect(fit.gain.error).toBeLessThan(0.03)
    expect(fit.leftOut.at(-1)).toBe('saturated')
    expect(Math.abs((fit.readNoiseOfLine?.value ?? 0) - READ)).toBeLessThan(
      4 * (fit.readNoiseOfLine?.error ?? 0),
    )
    expect(fit.fullWell?.value).toBeGreaterThan(90_000 / GAIN)
  })

  it('needs the read noise where there is but one level, and says so by giving nothing', () => {
    const points = [pairAt('one', 20_000), pairAt('two', 20_100)]
    expect(fitPhotonTransfer(points)).toBeNull()
    const fit = fitPhotonTransfer(points, { value: READ, error: 0.05 })
    expect(Math.abs((fit?.gain.value ?? 0) - GAIN)).toBeLessThan(4 * (fit?.gain.error ?? 0))
    expect(fit?.fullWell).toBeNull()
    expect(countLevels([100, 101, 50, 10])).toBe(3)
  })

  it('turns over only where the fall is more than chance', () => {
    const at = (level: number, variance: number) => ({ level, variance, varianceError: 1, saturated: 0 })
    expect(findFullWell([at(1, 100), at(2, 200), at(3, 199)])).toBeNull()
    expect(findFullWell([at(1, 100), at(3, 40), at(2, 200)])).toEqual({ value: 2, error: 0.5 })
  })
})

describe('pairs that share a frame', () => {
  it('scatter by as much as the error of their mean says (300 sets of 5 frames, seed chain)', () => {
    const random = createRandom('chain')
    const frames = () =>
      Array.from({ length: 5 }, () => Float64Array.from({ length: 200 }, () => random.normal()))
    const means: number[] = []
    let told = 0
    for (let set = 0; set < 300; set++) {
      const list = frames()
      const pairs = list.slice(1).map((frame, index) => ({
        ...measurePairNoise(list[index] ?? frame, frame),
        frames: [String(index), String(index + 1)] as const,
      }))
      const mean = averagePairs(pairs)
      means.push(mean?.value ?? NaN)
      told += (mean?.error ?? NaN) / 300
    }
    const center = means.reduce((sum, value) => sum + value, 0) / 300
    const scatter = Math.sqrt(means.reduce((sum, value) => sum + (value - center) ** 2, 0) / 299)
    // 300 sets tell a scatter to 4 %; taken for independent the error would be 15 % too small.
    expect(Math.abs(scatter / told - 1)).toBeLessThan(0.1)
  })
})
