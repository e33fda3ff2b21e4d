import { describe, expect, it } from 'vitest'
import { sortingNetwork } from '../../../web/compute/webgpu/sorting-network'
import { createRandom } from '../../../web/science/math/random'

const sortBy = (pairs: readonly [number, number][], values: number[]): number[] => {
  const sorted = [...values]
  for (const [i, j] of pairs) if (sorted[i]! > sorted[j]!) [sorted[i], sorted[j]] = [sorted[j]!, sorted[i]!]
  return sorted
}

describe('the sorting network', () => {
  it.each([0, 1, 2, 3, 5, 8, 13, 16])('sorts every row of %i zeros and ones, hence everything', (length) => {
    const network = sortingNetwork(length)
    for (let bits = 0; bits < 2 ** length; bits++) {
      const values = Array.from({ length }, (_, index) => (bits >> index) & 1)
      const sorted = sortBy(network, values)
      if (sorted.some((value, index) => value < (sorted[index - 1] ?? 0)))
        expect(sorted).toEqual(values.toSorted((a, b) => a - b))
    }
    for (const [i, j] of network) expect(0 <= i && i < j && j < length).toBe(true)
  })

  it.each([24, 32, 48, 64])('sorts %i numbers, seed network', (length) => {
    const random = createRandom('network')
    const network = sortingNetwork(length)
    for (let run = 0; run < 200; run++) {
      const values = Array.from({ length }, () => random.integer(40))
      expect(sortBy(network, values)).toEqual(values.toSorted((a, b) => a - b))
    }
  })

  it('is as short as Knuth counts it', () => {
    expect([4, 8, 16, 32, 64].map((length) => sortingNetwork(length).length)).toEqual([5, 19, 63, 191, 543])
  })
})
