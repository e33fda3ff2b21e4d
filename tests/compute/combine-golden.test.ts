import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import type { Combine } from '../../web/core/combine'
import type { Backend } from '../../web/compute/kernel'
import { combineKernel } from '../../web/compute/kernels/combine'
import golden from '../golden/calibration/combine-many.json'
import { openTestWasm, referenceBackend } from '../support/kernel-backends'

type Values = readonly (number | null)[]
interface GoldenCase {
  readonly frames: number
  readonly combine: Combine
  readonly scaled: boolean
  readonly data: Values
  readonly uncertainty: Values
  readonly count: readonly number[]
}
interface GoldenStack {
  readonly planes: readonly Values[]
  readonly scales: readonly number[]
  readonly weights: readonly number[]
}

const CASES = golden.cases as unknown as GoldenCase[]
const STACKS = golden.stacks as unknown as Readonly<Record<string, GoldenStack>>
/** The reference computes in f64: what is left is one rounding to f32. */
const ROUNDING = { abs: 0, rel: 2e-7 }

const BACKENDS: [string, Backend, { abs: number; rel: number }][] = [
  ['the reference', referenceBackend, ROUNDING],
  ['WebAssembly', await openTestWasm(), combineKernel.tolerance],
]

/** The places where a plane differs by more than it may from what is expected; null is no value. */
const findWrong = (found: Float32Array, expected: Values, { abs, rel }: { abs: number; rel: number }) =>
  expected.flatMap((wanted, pixel) => {
    const value = found[pixel] ?? 0
    const right =
      wanted === null ? Number.isNaN(value) : Math.abs(value - wanted) <= abs + rel * Math.abs(wanted)
    return right ? [] : [{ pixel, value, wanted }]
  })

describe.each(BACKENDS)('combine by %s against ccdproc', (_name, backend, tolerance) => {
  it.each(Object.keys(STACKS))('%s planes with holes, scales and weights', async (frames) => {
    const { planes, scales, weights } = STACKS[frames]!
    const input = {
      planes: planes.map((plane) => Float32Array.from(plane, (value) => value ?? Number.NaN)),
    }
    const cases = CASES.filter((each) => each.frames === Number(frames))
    expect(cases).toHaveLength(26)
    for (const { combine, scaled, ...expected } of cases) {
      const length = expected.data.length
      const found = {
        data: new Float32Array(length),
        uncertainty: new Float32Array(length),
        count: new Uint16Array(length),
      }
      const params = { combine, ...(scaled ? { scales } : {}), weights }
      await backend.run(combineKernel, params, input, found, idleTask())
      const name = JSON.stringify({ scaled, ...combine })
      expect([...found.count], name).toEqual(expected.count)
      expect(findWrong(found.data, expected.data, tolerance), name).toEqual([])
      const coarse = { abs: tolerance.abs + 1e-9, rel: 5 * tolerance.rel }
      expect(findWrong(found.uncertainty, expected.uncertainty, coarse), name).toEqual([])
    }
  })
})
