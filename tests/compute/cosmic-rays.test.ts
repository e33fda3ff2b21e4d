import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { cosmicRaysKernel } from '../../web/compute/kernels/cosmic-rays'
import { cosmicRayMargin } from '../../web/science/calibration/cosmic-rays'
import { expectParity } from '../support/check-parity'
import { openTestWasm, referenceBackend } from '../support/kernel-backends'
import { COSMIC_RAYS_CASES } from './cases/cosmic-rays'

const wasm = await openTestWasm()

describe('cosmic rays in WebAssembly', () => {
  it.each(COSMIC_RAYS_CASES)('$name', (example) => expectParity(cosmicRaysKernel, example, wasm))
})

describe.each([
  ['the reference', referenceBackend],
  ['WebAssembly', wasm],
])('bands with their margin, by %s', (_name, backend) => {
  it('come out as the whole image does', async () => {
    const [usual] = COSMIC_RAYS_CASES
    const { params, input, output } = { ...usual!, params: { ...usual!.params, level: 300 } }
    const { width, height } = params
    const { data } = input()
    const whole = output()
    await backend.run(cosmicRaysKernel, params, { data }, whole, idleTask())
    const margin = cosmicRayMargin(params)
    for (const [from, to] of [
      [0, 20],
      [20, 45],
      [45, height],
    ] as const) {
      const top = Math.max(0, from - margin)
      const bottom = Math.min(height, to + margin)
      const pixels = (bottom - top) * width
      const band = { data: new Float32Array(pixels), mask: new Uint8Array(pixels) }
      const part = { ...params, height: bottom - top }
      await backend.run(
        cosmicRaysKernel,
        part,
        { data: data.slice(top * width, bottom * width) },
        band,
        idleTask(),
      )
      const inner = [(from - top) * width, (to - top) * width] as const
      expect(band.mask.subarray(...inner)).toEqual(whole.mask.subarray(from * width, to * width))
      expect(band.data.subarray(...inner)).toEqual(whole.data.subarray(from * width, to * width))
    }
    expect(whole.mask.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(20)
  })
})
