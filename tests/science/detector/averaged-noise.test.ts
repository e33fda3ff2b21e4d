import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { measureAveragedNoise } from '../../../web/science/detector/averaged-noise'
import { createRandom } from '../../../web/science/math/random'

interface Golden {
  readonly frames: readonly (readonly number[])[]
  readonly value: number
  readonly predicted: number
  readonly flats: readonly (readonly number[])[]
  readonly bias: number
  readonly relative: number
  readonly relativePredicted: number
}

const golden = JSON.parse(
  readFileSync(new URL('../../golden/detector/averaged-noise.json', import.meta.url), 'utf8'),
) as Golden
const windowsOf = (frames: readonly (readonly number[])[]) => frames.map((frame) => Float32Array.from(frame))

const makeFrames = (count: number, drift: number) => {
  const random = createRandom(`frames ${count} ${drift}`)
  const pattern = Float32Array.from({ length: 40_000 }, () => 30 * random.normal())
  return Array.from({ length: count }, (_, index) =>
    pattern.map(
      (fixed, pixel) =>
        1000 + 2 * index + fixed + 6 * random.normal() + (drift * index * (pixel % 200)) / 200,
    ),
  )
}

describe('whether the noise of a mean falls with the root of the number of its frames', () => {
  it('is as numpy finds, of frames as they are and of flats of any level', () => {
    const plain = measureAveragedNoise(windowsOf(golden.frames), { scaled: false })
    expect(plain?.frames).toBe(6)
    expect(plain?.value).toBeCloseTo(golden.value, 4)
    expect(plain?.predicted).toBeCloseTo(golden.predicted, 3)
    // Five flats: the last one has no partner.
    const flat = measureAveragedNoise(windowsOf(golden.flats), { scaled: true, bias: golden.bias })
    expect(flat?.frames).toBe(4)
    expect(flat?.value).toBeCloseTo(golden.relative, 6)
    expect(flat?.predicted).toBeCloseTo(golden.relativePredicted, 5)
  })

  it.each([4, 9, 16])(
    'of %i steady frames it does, whatever pattern they share and however their level moves',
    (count) => {
      const { value, predicted, frames, error } = measureAveragedNoise(makeFrames(count, 0), {
        scaled: false,
      })!
      expect(frames).toBe(count - (count % 2))
      expect(Math.abs(predicted - 6 / Math.sqrt(frames))).toBeLessThan(0.01 * predicted)
      expect(Math.abs(value - predicted)).toBeLessThan(5 * error)
    },
  )

  it('does not where a gradient grows from frame to frame', () => {
    const { value, predicted } = measureAveragedNoise(makeFrames(16, 2), { scaled: false })!
    expect(value).toBeGreaterThan(1.5 * predicted)
  })

  it('says nothing of fewer than four, nor of flats without light', () => {
    expect(measureAveragedNoise(makeFrames(3, 0), { scaled: false })).toBeNull()
    expect(measureAveragedNoise(makeFrames(4, 0), { scaled: true, bias: 5000 })).toBeNull()
  })
})
