import type { CalibrateOutput } from '../../../web/compute/kernels/calibrate'
import type { CalibrationFactors, PixelsToCalibrate } from '../../../web/science/calibration/calibrate-pixels'
import { createRandom } from '../../../web/science/math/random'
import type { KernelCase } from '../../support/check-parity'

type Case = KernelCase<CalibrationFactors, PixelsToCalibrate, CalibrateOutput>

/** Masters with their uncertainties; a tenth of the pixels masked, some flats without response. */
export const makeMasters = (length: number, seed: string): Required<Omit<PixelsToCalibrate, 'raw'>> => {
  const random = createRandom(seed)
  const plane = (level: number, spread: number) =>
    Float32Array.from({ length }, () => level + spread * random.normal())
  const errors = (level: number) => Float32Array.from({ length }, () => level * (0.5 + random.uniform()))
  return {
    bias: plane(1000, 5),
    dark: plane(20, 5),
    flat: plane(0.6, 0.25),
    mask: Uint8Array.from({ length }, () => (random.uniform() < 0.1 ? 4 : 0)),
    biasUncertainty: errors(1.5),
    darkUncertainty: errors(0.7),
    flatUncertainty: errors(0.004),
  }
}

const makeInput = (length: number, seed: string): Required<PixelsToCalibrate> => {
  const random = createRandom(`${seed}-raw`)
  const raw = Float32Array.from({ length }, () => random.integer(65_536))
  if (length > 2) raw[2] = Number.NaN
  // Below zero: counts as no electrons.
  if (length > 3) raw[3] = -40
  return { raw, ...makeMasters(length, seed) }
}

const makeOutput = (length: number): Required<CalibrateOutput> => ({
  data: new Float32Array(length),
  uncertainty: new Float32Array(length),
})

const FULL: CalibrationFactors = { biasFactor: 1, darkFactor: 0.37, gain: 1.5, readNoise: 8.5 }

const sized = (length: number, params: CalibrationFactors, what: string): Case => ({
  name: `${length} pixels, seed ${length}, ${what}`,
  params,
  input: () => makeInput(length, `calibrate-${length}`),
  output: () => makeOutput(length),
})

const without = (name: string, keep: readonly (keyof PixelsToCalibrate)[]): Case => ({
  name,
  params: FULL,
  input: () => {
    const { raw, ...rest } = makeInput(37, name)
    return { raw, ...Object.fromEntries(keep.map((key) => [key, rest[key as keyof typeof rest]])) }
  },
  output: () => makeOutput(37),
})

export const CALIBRATE_CASES: readonly Case[] = [
  ...[1, 3, 4, 5, 1023].map((length) => sized(length, FULL, 'all planes')),
  sized(41, { ...FULL, gain: 1, noiseGain: 2.3, pedestal: 990 }, 'ADU with a noise of its own'),
  sized(42, { ...FULL, biasFactor: 0, darkFactor: 0 }, 'factors of 0'),
  {
    ...sized(1021, FULL, 'no uncertainty asked for'),
    output: () => ({ data: new Float32Array(1021) }),
  },
  without('no masters', []),
  without('bias alone', ['bias']),
  without('flat alone', ['flat']),
  without('masters without a mask', ['bias', 'dark', 'flat']),
  without('uncertainties without their planes', ['biasUncertainty', 'darkUncertainty', 'flatUncertainty']),
  without('some uncertainties', ['bias', 'dark', 'flat', 'darkUncertainty']),
]
