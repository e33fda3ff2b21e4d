import { describe, expect, it } from 'vitest'
import { BAYER_PATTERNS, type BayerPattern } from '../../../web/science/colour/bayer'
import { splitChannels, sumGreens } from '../../../web/science/colour/split-channels'
import golden from '../../golden/colour/split-channels.json'

describe(`channels of a mosaic as numpy ${golden.versions.numpy} slices them`, () => {
  it.each(golden.cases)('$pattern', (expected) => {
    const pattern = expected.pattern as BayerPattern
    const data = Float32Array.from(golden.mosaic)
    const channels = splitChannels(data, golden.width, pattern)
    expect([channels.width, channels.height]).toEqual([4, 3])
    for (const name of ['red', 'greenOfRed', 'greenOfBlue', 'blue'] as const)
      expect(Array.from(channels[name])).toEqual(expected[name])
    expect(Array.from(sumGreens(channels))).toEqual(expected.green)
    const mask = splitChannels(Uint8Array.from(golden.mosaic), golden.width, pattern)
    expect(Array.from(mask.blue)).toEqual(expected.blue)
  })

  it('every pixel of a whole square is in one channel', () => {
    for (const pattern of BAYER_PATTERNS) {
      const data = Float32Array.from({ length: 80 }, (_, i) => i)
      const { red, greenOfRed, greenOfBlue, blue } = splitChannels(data, 10, pattern)
      const all = [...red, ...greenOfRed, ...greenOfBlue, ...blue].sort((a, b) => a - b)
      expect(all).toEqual(Array.from(data))
    }
  })
})
