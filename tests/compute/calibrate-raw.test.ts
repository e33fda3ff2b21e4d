import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { NotForThisBackend, type Backend } from '../../web/compute/kernel'
import { calibrateKernel } from '../../web/compute/kernels/calibrate'
import { calibrateRawKernel } from '../../web/compute/kernels/calibrate-raw'
import { decodeKernel } from '../../web/compute/kernels/decode'
import { expectParity } from '../support/check-parity'
import { openTestWasm, referenceBackend } from '../support/kernel-backends'
import { CALIBRATE_RAW_CASES } from './cases/calibrate-raw'

const wasm = await openTestWasm()

describe('calibrate-raw in WebAssembly', () => {
  it.each(CALIBRATE_RAW_CASES)('$name', (example) => expectParity(calibrateRawKernel, example, wasm))

  it.each(CALIBRATE_RAW_CASES)(
    '$name: bit for bit decode, then calibrate',
    async ({ params, input, output }) => {
      const { bytes, ...masters } = input()
      const [once, twice] = [output(), output()]
      const raw = new Float32Array(once.data.length)
      await wasm.run(calibrateRawKernel, params, { bytes, ...masters }, once, idleTask())
      await wasm.run(decodeKernel, params.scaling, { bytes }, { data: raw }, idleTask())
      await wasm.run(calibrateKernel, params, { raw, ...masters }, twice, idleTask())
      expect(once).toEqual(twice)
    },
  )

  it('too few bytes are refused by the reference and left to it by the others', async () => {
    const scaling = { bitpix: 16, bzero: 0, bscale: 1, blank: null } as const
    const call = async (backend: Backend): Promise<void> =>
      backend.run(
        calibrateRawKernel,
        { scaling, biasFactor: 0, darkFactor: 0, gain: 1 },
        { bytes: new Uint8Array(5) },
        { data: new Float32Array(3) },
        idleTask(),
      )
    await expect(call(referenceBackend)).rejects.toMatchObject({ code: 'truncated' })
    await expect(call(wasm)).rejects.toThrow(NotForThisBackend)
  })
})
