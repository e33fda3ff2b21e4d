import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { NotForThisBackend, type Backend } from '../../web/compute/kernel'
import { decodeKernel } from '../../web/compute/kernels/decode'
import { expectParity } from '../support/check-parity'
import { openTestWasm, referenceBackend } from '../support/kernel-backends'
import { DECODE_CASES } from './cases/decode'

const wasm = await openTestWasm()

describe('decode in WebAssembly', () => {
  it.each(DECODE_CASES)('$name', (example) => expectParity(decodeKernel, example, wasm))

  it('too few bytes are refused by the reference and left to it by the others', async () => {
    const scaling = { bitpix: 32, bzero: 0, bscale: 1, blank: null } as const
    const call = async (backend: Backend): Promise<void> =>
      backend.run(
        decodeKernel,
        scaling,
        { bytes: new Uint8Array(11) },
        { data: new Float32Array(3) },
        idleTask(),
      )
    await expect(call(referenceBackend)).rejects.toMatchObject({
      code: 'truncated',
      context: { wanted: 3, available: 2 },
    })
    await expect(call(wasm)).rejects.toThrow(NotForThisBackend)
  })
})
