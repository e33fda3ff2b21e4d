import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { decodeKernel } from '../../web/compute/kernels/decode'
import { expectParity } from '../support/check-parity'
import { openTestWasm, referenceBackend } from '../support/kernel-backends'
import { DECODE_CASES } from './cases/decode'

const wasm = await openTestWasm()

describe('decode in WebAssembly', () => {
  it.each(DECODE_CASES)('$name', (example) => expectParity(decodeKernel, example, wasm))

  it.each([referenceBackend, wasm])('$kind: too few bytes are refused and not read past', async (backend) => {
    const scaling = { bitpix: 32, bzero: 0, bscale: 1, blank: null } as const
    const data = new Float32Array(3)
    const call = backend.run(decodeKernel, scaling, { bytes: new Uint8Array(11) }, { data }, idleTask())
    await expect(call).rejects.toMatchObject({ code: 'truncated', context: { wanted: 3, available: 2 } })
  })
})
