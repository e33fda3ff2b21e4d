import { expect, test } from 'vitest'
import {
  codeLength,
  createAsterismRoom,
  measurePairs,
  writeCanonicalCode,
} from '../../../../web/science/astrometry/solve/asterism'
import { buildFieldTable, hashCode } from '../../../../web/science/astrometry/solve/field-table'
import { createSkyGrid, gatherNear } from '../../../../web/science/astrometry/solve/sky-grid'
import { toVector, toVectors } from '../../../../web/science/astrometry/solve/sphere'
import { createRandom } from '../../../../web/science/math/random'

test.each([3, 4] as const)(
  'asterisms of %i stars are found moved, turned, scaled, mirrored and with noise (seed table)',
  (order) => {
    const random = createRandom(`table/${order}`)
    const count = 14
    const x = Float64Array.from({ length: count }, () => 1000 * random.uniform())
    const y = Float64Array.from({ length: count }, () => 800 * random.uniform())
    const table = buildFieldTable(x, y, { order, error: 1, shortest: 60, longest: 5000, parities: [1, -1] })
    const room = createAsterismRoom()
    let looked = 0
    let found = 0
    for (let round = 0; round < 3000; round++) {
      const chosen = [...Array.from({ length: count }).keys()]
        .map((star) => ({ star, key: random.uniform() }))
        .sort((a, b) => a.key - b.key)
        .slice(0, order)
        .map(({ star }) => star)
      const parity = round % 2 === 0 ? 1 : -1
      const angle = 2 * Math.PI * random.uniform()
      const scale = 10 ** (2 * random.uniform() - 6)
      const seen = chosen.map((star) => {
        const [u, v] = [x[star]! + 0.4 * random.normal(), parity * (y[star]! + 0.4 * random.normal())]
        return [
          scale * (u * Math.cos(angle) - v * Math.sin(angle)) + 0.3,
          scale * (u * Math.sin(angle) + v * Math.cos(angle)) - 0.1,
        ] as const
      })
      room.stars.set([...seen.keys()])
      const points = {
        x: Float64Array.from(seen, ([along]) => along),
        y: Float64Array.from(seen, ([, across]) => across),
        squares: new Float64Array(order * order),
        stride: order,
      }
      measurePairs(points, order)
      if (!writeCanonicalCode(room, points, order, { shortest: 150 * scale, longest: Infinity })) continue
      looked++
      const hash = hashCode(room.code, order, table.cell)
      const wanted = [...room.stars.subarray(0, order)].map((place) => chosen[place]!)
      for (let i = table.starts[hash]!; i < table.starts[hash + 1]!; i++) {
        const entry = table.members[i]!
        const agrees =
          table.parities[entry] === parity &&
          wanted.every((star, place) => table.stars[entry * 4 + place] === star) &&
          Array.from({ length: codeLength(order) }).every(
            (_, place) =>
              Math.abs(table.codes[entry * codeLength(order) + place]! - room.code[place]!) <=
              table.tolerances[entry]!,
          )
        if (!agrees) continue
        expect(Math.abs(table.lengths[entry]! / (room.length / scale) - 1)).toBeLessThan(0.03)
        found++
        break
      }
    }
    expect(looked).toBeGreaterThan(2500)
    expect(found / looked).toBeGreaterThan(0.97)
  },
)

test('stars near a place are those that a search of all finds, at poles and at 0 h too (seed near)', () => {
  const random = createRandom('near')
  const count = 6000
  const vectors = toVectors(
    Float64Array.from({ length: count }, () => 360 * random.uniform()),
    Float64Array.from({ length: count }, () => (Math.asin(2 * random.uniform() - 1) * 180) / Math.PI),
  )
  const places = Int32Array.from({ length: count }, (_, index) => index)
  const grid = createSkyGrid(vectors, places, 0.05)
  const into = new Int32Array(count)
  for (let round = 0; round < 100; round++) {
    const center = toVector(
      round % 3 === 0 ? 0.001 : 360 * random.uniform(),
      round % 5 === 0 ? 89.9 : -90 + 180 * random.uniform(),
    )
    const radius = 0.01 + 0.4 * random.uniform()
    const near = gatherNear(grid, center, radius, into)
    const wanted = places.filter(
      (star) =>
        vectors.x[star]! * center[0] + vectors.y[star]! * center[1] + vectors.z[star]! * center[2] >=
        Math.cos(radius),
    )
    expect(into.slice(0, near).sort()).toEqual(wanted)
  }
  const thin = createSkyGrid(vectors, null, 0.05, { density: 10, each: 1 })
  for (let box = 0; box + 1 < thin.starts.length; box++) {
    const [from, to] = [grid.starts[box]!, grid.starts[box + 1]!]
    // Of each box the first of the list, which is in order of brightness.
    expect([...thin.members.subarray(thin.starts[box], thin.starts[box + 1])]).toEqual([
      ...grid.members.subarray(from, Math.min(to, from + 1)),
    ])
  }
  expect(createSkyGrid(vectors, null, 0.05, { density: 1e9, each: 1 }).members).toEqual(grid.members)
})
