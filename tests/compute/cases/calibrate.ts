import type { CalibrateOutput } from '../../../web/compute/kernels/calibrate'
import type { CalibrationFactors, PixelsToCalibrate } from '../../../web/science/calibration/calibrate-pixels'
import { createRandom } from '../../../web/science/math/random'
import type { KernelCase } from '../../support/check-parity'

type Case = KernelCase<CalibrationFactors, PixelsToCalibrate, CalibrateOutput>

const makeInput = (length: number, seed: string): Required<PixelsToCalibrate> => {
  const random = createRandom(seed)
  const plane = (level: number, spread: number) =>
    Float32Array.from({ length }, () => level + spread * random.normal())
  const raw = Float32Array.from({ length }, () => random.integer(65_536))
  if (length > 2) raw[2] = Number.NaN
  return {
    raw,
    bias: plane(1000, 5),
    dark: plane(20, 5),
    flat: plane(0.6, 0.25),
    mask: Uint8Array.from({ length }, () => (random.uniform() < 0.1 ? 4 : 0)),
  }
}

const FULL: CalibrationFactors = { biasFactor: 1, darkFactor: 0.37, gain: 1.5 }

const lengths: Case[] = [1, 3, 4, 5, 1023].map((length) => ({
  name: `${length} pixels, seed ${length}`,
  params: FULL,
  input: () => makeInput(length, `calibrate-${length}`),
  output: () => ({ data: new Float32Array(length) }),
}))

const without = (name: string, keep: readonly (keyof PixelsToCalibrate)[]): Case => ({
  name,
  params: FULL,
  input: () => {
    const { raw, ...rest } = makeInput(37, name)
    return { raw, ...Object.fromEntries(keep.map((key) => [key, rest[key as keyof typeof rest]])) }
  },
  output: () => ({ data: new Float32Array(37) }),
})

export const CALIBRATE_CASES: readonly Case[] = [
  ...lengths,
  without('no masters', []),
  without('bias alone', ['bias']),
  without('flat alone', ['flat']),
  without('masters without a mask', ['bias', 'dark', 'flat']),
]
