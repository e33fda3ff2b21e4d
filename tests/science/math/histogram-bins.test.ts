import { describe, expect, it } from 'vitest'
import { assignBins, chooseBinEdges, freedmanDiaconisWidth } from '../../../web/science/math/histogram-bins'
import { createRandom } from '../../../web/science/math/random'
import golden from '../../golden/math/plot-math.json'

const countAll = (values: Float64Array, edges: Float64Array): number[] => {
  const counts = new Array<number>(Math.max(0, edges.length - 1)).fill(0)
  for (const bin of assignBins(values, edges)) if (bin >= 0) counts[bin] = (counts[bin] ?? 0) + 1
  return counts
}

describe('bins of a histogram', () => {
  for (const { name, bins, values, edges, counts } of golden.histograms) {
    it(`are those of numpy: ${name}, ${bins ?? 'as many as it takes'}`, () => {
      const own = chooseBinEdges(Float64Array.from(values), bins)
      expect(own.length).toBe(edges.length)
      for (const [place, edge] of edges.entries()) expect(own[place]).toBeCloseTo(edge, 10)
      expect(countAll(Float64Array.from(values), Float64Array.from(edges))).toEqual(counts)
    })
  }

  it('count every finite value once, whatever the values (seed 41)', () => {
    const random = createRandom(41)
    for (let round = 0; round < 60; round++) {
      const scale = 10 ** (8 * random.uniform() - 4)
      const values = Float64Array.from({ length: 1 + Math.floor(300 * random.uniform()) }, () =>
        random.uniform() < 0.05 ? NaN : scale * (random.uniform() + random.uniform() - 0.7),
      )
      const edges = chooseBinEdges(values, round % 3 === 0 ? null : 1 + (round % 50))
      expect(countAll(values, edges).reduce((sum, count) => sum + count, 0)).toBe(
        values.filter(Number.isFinite).length,
      )
      // A slow twin: the bin is the one whose edges it lies between.
      const last = edges.length - 2
      for (const [index, bin] of assignBins(values, edges).entries()) {
        const value = values[index] ?? NaN
        const slow = Array.from({ length: last + 1 }, (_, each) => each).find(
          (each) =>
            value >= (edges[each] ?? NaN) &&
            (value < (edges[each + 1] ?? NaN) || (each === last && value === edges[each + 1])),
        )
        expect(bin).toBe(slow ?? -1)
      }
    }
  })

  it('are centred on whole numbers where something is counted', () => {
    const edges = chooseBinEdges(Float64Array.of(1, 2, 2, 3, 5), 5)
    expect([...edges]).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5])
    expect(countAll(Float64Array.of(1, 2, 2, 3, 5), edges)).toEqual([1, 2, 1, 0, 1])
  })

  it('are none without values, and one where all are the same', () => {
    expect(chooseBinEdges(Float64Array.of(NaN, Infinity), null)).toEqual(new Float64Array(0))
    expect([...assignBins(Float64Array.of(1), new Float64Array(0))]).toEqual([-1])
    const [low = NaN, high = NaN, ...more] = chooseBinEdges(Float64Array.of(12.5, 12.5), null)
    expect(more).toEqual([])
    expect(low < 12.5 && high > 12.5).toBe(true)
    expect(freedmanDiaconisWidth(new Float64Array(0))).toBe(0)
  })
})
