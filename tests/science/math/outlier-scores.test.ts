import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { outlierLimit, scoreAgainstOthers } from '../../../web/science/math/outlier-scores'
import { createRandom } from '../../../web/science/math/random'

interface Golden {
  readonly limits: readonly { readonly count: number; readonly limit: number }[]
  readonly groups: readonly { readonly values: readonly number[]; readonly scores: readonly number[] }[]
}

const golden = JSON.parse(
  readFileSync(new URL('../../golden/math/outlier-limits.json', import.meta.url), 'utf8'),
) as Golden

describe('one value against the others', () => {
  it.each(golden.groups)('group %#: as numpy says', ({ values, scores }) => {
    for (const [index, { score }] of scoreAgainstOthers(values).entries())
      expect(score).toBeCloseTo(scores[index]!, 8)
  })

  it('does not change with an offset or a factor, leaves out what is missing, and keeps to the least sigma', () => {
    const values = golden.groups[1]!.values
    const plain = scoreAgainstOthers(values)
    const changed = scoreAgainstOthers([...values.map((value) => 5 + 2 * value), Number.NaN])
    for (const [index, { score }] of plain.entries()) expect(changed[index]?.score).toBeCloseTo(score, 9)
    expect(changed.at(-1)?.score).toBeNaN()
    expect(changed[0]?.others).toBe(values.length - 1)
    expect(scoreAgainstOthers([7, 7, 7, 7, 9], 0.5)[4]).toEqual({
      median: 7,
      sigma: 0.5,
      score: 4,
      others: 4,
    })
    expect(scoreAgainstOthers([7, 7, 7])[0]?.score).toBeNaN()
  })

  it('is the same for a large group as for each value against its others, but for what one value does to a median', () => {
    const random = createRandom('large group')
    const values = Array.from({ length: 401 }, () => random.normal())
    const fast = scoreAgainstOthers(values)
    const slow = scoreAgainstOthers(values.slice(0, 400))
    for (let index = 0; index < 400; index++) expect(fast[index]!.score).toBeCloseTo(slow[index]!.score, 1)
  })
})

describe('the limit', () => {
  it('is that of the simulation or a little above it, at every number that was simulated', () => {
    for (const { count, limit } of golden.limits) {
      expect(outlierLimit(count), `${count} values`).toBeGreaterThan(limit - 0.06)
      expect(outlierLimit(count), `${count} values`).toBeLessThan(limit + 0.15)
    }
  })

  it('never rises with more values, and says nothing of fewer than five', () => {
    for (let count = 5; count < 200; count++)
      expect(outlierLimit(count + 1)).toBeLessThanOrEqual(outlierLimit(count))
    expect(outlierLimit(4)).toBe(Number.POSITIVE_INFINITY)
  })

  it.each([8, 15, 60])('accuses a Gaussian group of %i wrongly about once in a hundred', (count) => {
    const random = createRandom(`groups of ${count}`)
    const trials = 2000
    let accused = 0
    for (let trial = 0; trial < trials; trial++) {
      const values = Array.from({ length: count }, () => 100 + 3 * random.normal())
      if (scoreAgainstOthers(values).some(({ score }) => Math.abs(score) > outlierLimit(count))) accused++
    }
    expect(accused / trials).toBeLessThan(0.018)
    expect(accused / trials).toBeGreaterThan(0.002)
  })
})
