import { describe, expect, it } from 'vitest'
import { solveLeastSquares } from '../../../web/science/math/least-squares'
import { createRandom } from '../../../web/science/math/random'
import { levelCells, type CellLevel } from '../../../web/science/reprojection/level-cells'

const SEED = 'a chain of fields'
const FIELDS = 9

/** Fields in a row, each sharing three columns of cells with the next, over a sky that is no plane. */
const makeChain = (noise: number, planes: boolean) => {
  const random = createRandom(SEED)
  const truth = Array.from({ length: FIELDS }, () => ({
    offset: 100 * random.uniform(),
    x: planes ? random.normal() : 0,
    y: planes ? random.normal() : 0,
  }))
  const levels: CellLevel[] = []
  for (let frame = 0; frame < FIELDS; frame++)
    for (let column = 0; column < 8; column++)
      for (let row = 0; row < 6; row++) {
        const [x, y] = [(5 * frame + column) / 10, row / 10]
        const own = truth[frame]!
        const level =
          Math.sin(3 * x) + 2 * y * y + own.offset + own.x * x + own.y * y + noise * random.normal()
        levels.push({ frame, cell: 100 * (5 * frame + column) + row, x, y, level })
      }
  return { truth, levels }
}

/** The same by all pairs of frames in a cell, each counting one over the number of frames there: dense, with QR. */
const solvePairs = (levels: readonly CellLevel[], reference: number): Float64Array => {
  const cells = new Map<number, CellLevel[]>()
  for (const level of levels) cells.set(level.cell, [...(cells.get(level.cell) ?? []), level])
  const [design, values, weights]: [number[], number[], number[]] = [[], [], []]
  for (const members of cells.values())
    for (const [i, one] of members.entries())
      for (const other of members.slice(i + 1)) {
        design.push(
          ...Array.from({ length: FIELDS }, (_, frame) =>
            frame === one.frame ? 1 : frame === other.frame ? -1 : 0,
          ),
        )
        values.push(other.level - one.level)
        weights.push(1 / members.length)
      }
  design.push(...Array.from({ length: FIELDS }, (_, frame) => (frame === reference ? 1 : 0)))
  values.push(0)
  weights.push(1)
  return solveLeastSquares(design, values.length, FIELDS, values, weights).solution
}

describe(`skies of frames that overlap (seed ${SEED})`, () => {
  it('are brought together exactly where there is no noise, along a chain and to the reference', () => {
    const { truth, levels } = makeChain(0, false)
    const { offset, scatter } = levelCells(levels, { frames: FIELDS, mode: 'offset', reference: 4 })
    for (const [frame, own] of truth.entries())
      expect(offset[frame]).toBeCloseTo(truth[4]!.offset - own.offset, 8)
    expect(offset[4]).toBe(0)
    expect(scatter).toBeLessThan(1e-8)
  })

  it('with planes too, but for the plane that all have in common', () => {
    const { truth, levels } = makeChain(0, true)
    const { offset, slopeX, slopeY } = levelCells(levels, {
      frames: FIELDS,
      mode: 'plane',
      reference: 0,
    })
    for (const [frame, own] of truth.entries()) {
      expect(offset[frame]).toBeCloseTo(truth[0]!.offset - own.offset, 6)
      expect(slopeX[frame]).toBeCloseTo(truth[0]!.x - own.x, 6)
      expect(slopeY[frame]).toBeCloseTo(truth[0]!.y - own.y, 6)
    }
  })

  it('are the least squares of all pairs', () => {
    const { levels } = makeChain(0.01, false)
    // Little noise and no outliers beyond the clip: what is compared is the solution and not what was left out.
    const { offset } = levelCells(levels, { frames: FIELDS, mode: 'offset', reference: 2 })
    const twin = solvePairs(levels, 2)
    for (let frame = 0; frame < FIELDS; frame++)
      expect(Math.abs(offset[frame]! - twin[frame]!)).toBeLessThan(0.004)
  })

  it('do not heed cells that a star or an edge spoilt', () => {
    const { truth, levels } = makeChain(0.02, false)
    const spoilt = levels.map((level, index) =>
      index % 17 === 3 ? { ...level, level: level.level + 50 } : level,
    )
    const { offset } = levelCells(spoilt, { frames: FIELDS, mode: 'offset', reference: 0 })
    for (const [frame, own] of truth.entries())
      expect(Math.abs(offset[frame]! - truth[0]!.offset + own.offset)).toBeLessThan(0.06)
  })

  it('of two groups that do not touch are known within each group alone', () => {
    const { truth, levels } = makeChain(0, false)
    const apart = levels.filter(({ frame }) => frame !== 4)
    const { offset, group } = levelCells(apart, { frames: FIELDS, mode: 'offset', reference: 0 })
    expect(new Set(group).size).toBe(3)
    expect(group[5]).toBe(group[8])
    expect(offset[5]).toBe(0)
    expect(offset[8]).toBeCloseTo(truth[5]!.offset - truth[8]!.offset, 8)
  })

  it('of one frame alone, or of none, stay as they are', () => {
    const one = levelCells([{ frame: 0, cell: 0, x: 0, y: 0, level: 7 }], {
      frames: 1,
      mode: 'plane',
      reference: 0,
    })
    expect([...one.offset, ...one.slopeX]).toEqual([0, 0])
    expect([...levelCells([], { frames: 2, mode: 'offset', reference: 1 }).offset]).toEqual([0, 0])
  })
})
