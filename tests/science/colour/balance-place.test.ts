import { expect, it } from 'vitest'
import type { InputLook } from '../../../web/core/composite'
import { balanceByPlace } from '../../../web/science/colour/balance-place'
import { levelOf } from '../../../web/science/colour/level-of'
import { proposeLook } from '../../../web/science/colour/propose-look'

const [columns, rows] = [40, 30]

/** A star in the middle of a sky. */
const makePlane = (sky: number, light: number) =>
  Float32Array.from(
    { length: columns * rows },
    (_, at) =>
      sky + light * Math.exp(-(((at % columns) - 25) ** 2 + (Math.floor(at / columns) - 10) ** 2) / 4),
  )

it('a place that is clicked has equal light in all inputs afterwards, and the first keeps its factor', () => {
  const planes = [makePlane(100, 900), makePlane(50, 300), makePlane(10, 1800)]
  const colour = [1, 0, 0] as const
  const inputs: InputLook[] = [100, 50, 10].map((minimum) => ({ minimum, gain: 1.5, colour }))
  const gains = balanceByPlace(
    { columns, rows, planes },
    { inputs, luminance: null },
    { x: 25.5 / 40, y: 10.5 / 30 },
  )
  expect(gains?.[0]).toBe(1.5)
  expect(gains?.[1]).toBeCloseTo(4.5, 4)
  expect(gains?.[2]).toBeCloseTo(0.75, 4)
  expect(balanceByPlace({ columns, rows, planes }, { inputs, luminance: 1 }, { x: 0.64, y: 0.35 })?.[1]).toBe(
    1.5,
  )
  const dark = inputs.map((input) => ({ ...input, minimum: 5000 }))
  expect(
    balanceByPlace({ columns, rows, planes }, { inputs: dark, luminance: null }, { x: 0.5, y: 0.5 }),
  ).toBeNull()
})

it('a look to begin with takes the sky off, takes the balance of the stars, and follows the unit of the pixels', () => {
  const fit = { method: 'stars', measured: 9, used: 8, gains: [1, 2], errors: [0, 0.1] } as const
  const colours = [
    [1, 0.5, 0],
    [0, 0.5, 1],
  ] as const
  const look = proposeLook({ sky: [100, 50], noise: [4, 2], fit }, colours, null)
  expect(look.inputs.map(({ gain }) => gain)).toEqual([1, 2])
  expect(look.inputs[0]?.minimum).toBeCloseTo(99, 9)
  const scaled = proposeLook({ sky: [1000, 500], noise: [40, 20], fit }, colours, null)
  expect(scaled.stretch).toBeCloseTo(10 * look.stretch, 6)
  expect(scaled.neutral).toBeCloseTo(10 * look.neutral, 6)
  const without = proposeLook({ sky: [Number.NaN, 50], noise: [0, 2], fit: null }, colours, 1)
  expect(Number.isFinite(without.stretch)).toBe(true)
  expect(without.luminance).toBe(1)
  expect(levelOf({ sky: [Number.NaN], noise: [0] }, 0)).toEqual({ sky: 0, noise: 1 })
})
