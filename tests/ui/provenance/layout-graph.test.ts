import { describe, expect, it } from 'vitest'
import type { ProvenanceGroup } from '../../../web/pipeline/provenance/bundle-graph'
import { createRandom } from '../../../web/science/math/random'
import { BOX, layoutGraph } from '../../../web/ui/provenance/layout-graph'

/** A random graph in layers: every group but the first went into one or more of those above it. */
const randomGroups = (seed: string): ProvenanceGroup[] => {
  const random = createRandom(seed)
  const depths = [0, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 6]
  const uses = depths.map((depth, index) => {
    const above = depths.flatMap((other, at) => (other < depth ? [at] : []))
    const forced = above.findLast((at) => depths[at] === depth - 1)
    const more = above.filter(() => random.uniform() < 0.25)
    return index === 0 ? [] : [...new Set([forced ?? 0, ...more])].map((at) => `g${at}`)
  })
  return depths.map((depth, index) => ({
    key: `g${index}`,
    kind: 'calibrated' as const,
    members: [],
    depth,
    uses: uses[index] ?? [],
    inputs: uses.flatMap((of, at) => (of.includes(`g${index}`) ? [`g${at}`] : [])),
  }))
}

describe.each(['one', 'two', 'three', 'four'])('the drawing of a random graph (seed %s)', (seed) => {
  const groups = randomGroups(seed)
  const { boxes, edges, width, height } = layoutGraph(groups)

  it('has every box within the drawing, and none over another', () => {
    expect(boxes.map(({ group }) => group.key)).toEqual(groups.map(({ key }) => key))
    for (const [index, box] of boxes.entries()) {
      expect(box.x).toBeGreaterThanOrEqual(0)
      expect(box.x + BOX.width).toBeLessThanOrEqual(width)
      expect(box.y + BOX.height).toBeLessThanOrEqual(height)
      for (const other of boxes.slice(index + 1))
        expect(
          Math.abs(box.x - other.x) >= BOX.width || Math.abs(box.y - other.y) >= BOX.height,
          `${box.group.key} and ${other.group.key}`,
        ).toBe(true)
    }
  })

  it('draws every edge once, from the foot of the result down to the head of what went into it', () => {
    expect(edges).toHaveLength(groups.reduce((sum, group) => sum + group.inputs.length, 0))
    const boxOf = new Map(boxes.map((box) => [box.group.key, box]))
    for (const { from, to, path } of edges) {
      const numbers = [...path.matchAll(/-?\d+(\.\d+)?/g)].map(([text]) => Number(text))
      const [top, bottom] = [boxOf.get(to), boxOf.get(from)]
      expect(numbers[0]).toBeCloseTo((top?.x ?? 0) + BOX.width / 2, 0)
      expect(numbers[1]).toBe((top?.y ?? 0) + BOX.height)
      expect(numbers.at(-2)).toBeCloseTo((bottom?.x ?? 0) + BOX.width / 2, 0)
      expect(numbers.at(-1)).toBe(bottom?.y)
    }
  })
})
