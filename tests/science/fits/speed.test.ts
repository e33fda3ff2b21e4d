import { describe, expect, it } from 'vitest'
import { decodePixels } from '../../../web/science/fits'

const measure = (work: () => void, pixels: number): number => {
  work()
  const times = Array.from({ length: 7 }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return (Math.min(...times) * 1e6) / pixels
}

describe('speed of decoding 4096 x 4096 pixels', () => {
  const pixels = 4096 * 4096
  const target = new Float32Array(pixels)
  // The limits are ten times what two shared cores need: they catch a lost fast road, not a busy machine.
  it.each([
    [16, 32_768, null, 12],
    [16, 0, -32_768, 20],
    [-32, 0, null, 12],
    [32, 0, null, 15],
  ] as const)('BITPIX %i, BZERO %i, BLANK %s', (bitpix, bzero, blank, limit) => {
    const source = new Uint8Array((pixels * Math.abs(bitpix)) / 8)
    for (let index = 0; index < source.length; index++) source[index] = (index * 31) & 0x7f
    const speed = measure(() => decodePixels(source, { bitpix, bzero, bscale: 1, blank }, target), pixels)
    console.info(
      `decode BITPIX ${bitpix}, BZERO ${bzero}, BLANK ${String(blank)}: ${speed.toFixed(2)} ns/pixel`,
    )
    expect(speed).toBeLessThan(limit)
  })
})
