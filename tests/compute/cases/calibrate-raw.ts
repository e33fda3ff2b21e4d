import type { CalibrateOutput } from '../../../web/compute/kernels/calibrate'
import type { CalibrateRawInput, CalibrateRawParams } from '../../../web/compute/kernels/calibrate-raw'
import type { PixelScaling } from '../../../web/science/fits/decode-pixels'
import { createRandom } from '../../../web/science/math/random'
import type { KernelCase } from '../../support/check-parity'
import { makeMasters } from './calibrate'
import { makeBytes } from './decode'

type Case = KernelCase<CalibrateRawParams, CalibrateRawInput, CalibrateOutput>

const UNSIGNED: PixelScaling = { bitpix: 16, bzero: 32_768, bscale: 1, blank: null }
const FACTORS = { biasFactor: 1, darkFactor: 0.37, gain: 1.5, readNoise: 7 }

/** Floats of an exposure's size: noise over all powers of ten would tell nothing about a tolerance in ADU. */
const makeFloats = (bitpix: -32 | -64, length: number): Uint8Array<ArrayBuffer> => {
  const random = createRandom(`floats-${length}`)
  const view = new DataView(new ArrayBuffer((length * -bitpix) / 8))
  for (let i = 0; i < length; i++) {
    const value = i === 1 ? Number.NaN : 30_000 + 5_000 * random.normal()
    if (bitpix === -32) view.setFloat32(4 * i, value)
    else view.setFloat64(8 * i, value)
  }
  return new Uint8Array(view.buffer)
}

const example = (what: string, scaling: PixelScaling, length: number, withUncertainty: boolean): Case => ({
  name: `${what}, ${length} pixels, seed ${length}${withUncertainty ? ', uncertainty' : ''}`,
  params: { ...FACTORS, scaling },
  input: () => ({
    ...makeMasters(length, `calibrate-raw-${length}`),
    bytes:
      scaling.bitpix === -32 || scaling.bitpix === -64
        ? makeFloats(scaling.bitpix, length)
        : makeBytes(scaling.bitpix, length, String(length)),
  }),
  output: () => ({
    data: new Float32Array(length),
    ...(withUncertainty ? { uncertainty: new Float32Array(length) } : {}),
  }),
})

export const CALIBRATE_RAW_CASES: readonly Case[] = [
  ...[1, 3, 4, 5, 2047, 2048, 2049, 5003].map((length) => example('unsigned 16', UNSIGNED, length, true)),
  example('unsigned 16', UNSIGNED, 4099, false),
  example('16 with BLANK', { ...UNSIGNED, blank: -1 }, 2053, true),
  example('16 with BLANK', { ...UNSIGNED, blank: -1 }, 2053, false),
  example('16 with a broken offset', { ...UNSIGNED, bzero: 32_768.5 }, 2053, false),
  example('16 with BSCALE', { bitpix: 16, bzero: 900.5, bscale: 0.25, blank: 32_767 }, 2053, true),
  example('bytes', { bitpix: 8, bzero: 0, bscale: 100, blank: 255 }, 2053, true),
  example('32', { bitpix: 32, bzero: 30_000, bscale: 1e-5, blank: null }, 2053, true),
  example('64', { bitpix: 64, bzero: 30_000, bscale: 1e-15, blank: -1 }, 2053, true),
  example('floats', { bitpix: -32, bzero: 0, bscale: 1, blank: null }, 2053, true),
  example('doubles', { bitpix: -64, bzero: 0, bscale: 1, blank: null }, 2053, true),
  {
    name: 'no masters at all',
    params: { ...FACTORS, scaling: UNSIGNED },
    input: () => ({ bytes: makeBytes(16, 4097, 'alone') }),
    output: () => ({ data: new Float32Array(4097), uncertainty: new Float32Array(4097) }),
  },
]
