import calibrateCode from '../../../shaders/compute/calibrate.wgsl?raw'
import pixelCode from '../../../shaders/compute/pixel.wgsl?raw'
import type { CalibrationFactors, PixelsToCalibrate } from '../../science/calibration/calibrate-pixels'
import { LEAST_FLAT } from '../../science/calibration/scale-flat'
import { calibrateKernel } from '../kernels/calibrate'
import { cutSlices, runSlices, spreadWorkgroups, type Slice } from './cut-slices'
import type { Shader } from './gpu-host'
import { implementOnGpu } from './implement-on-gpu'
import { packParams } from './pack-params'
import { runJob } from './run-job'

const SHADER: Shader = {
  code: pixelCode + calibrateCode,
  entry: 'calibrate',
  bindings: ['uniform', 'read', 'read', 'read', 'write'],
}

const WASM_NS_PER_BYTE = 0.03
/** Six planes of masters and their uncertainties; with them raw pixels, mask and two planes of results. */
const BYTES = { largest: 6 * 4, all: 9 * 4 + 1 }
const ABSENT = 0xffff_ffff

/** Bias, dark, flat and their uncertainties, in the order of the shader's parameters; those without effect are left out. */
const listMasters = (
  { bias, dark, flat, ...of }: PixelsToCalibrate,
  { biasFactor, darkFactor }: CalibrationFactors,
  wantsError: boolean,
): (Float32Array | undefined)[] => {
  const [hasBias, hasDark] = [bias !== undefined && biasFactor !== 0, dark !== undefined && darkFactor !== 0]
  return [
    hasBias ? bias : undefined,
    hasDark ? dark : undefined,
    flat,
    hasBias && wantsError ? of.biasUncertainty : undefined,
    hasDark && wantsError ? of.darkUncertainty : undefined,
    flat !== undefined && wantsError ? of.flatUncertainty : undefined,
  ]
}

const packFactors = (
  factors: CalibrationFactors,
  masters: readonly (Float32Array | undefined)[],
  { length, hasMask, wantsError }: { length: number; hasMask: boolean; wantsError: boolean },
): ArrayBuffer => {
  const { biasFactor, darkFactor, gain, readNoise = 0, noiseGain = gain, pedestal = 0 } = factors
  let next = 0
  const firsts = masters.map((plane) => (plane === undefined ? ABSENT : length * next++))
  return packParams([
    ['f32', biasFactor],
    ['f32', darkFactor],
    ['f32', gain],
    ['f32', LEAST_FLAT],
    ['f32', noiseGain],
    ['f32', readNoise ** 2],
    ['f32', pedestal],
    ['u32', length],
    ...firsts.map((first): ['u32', number] => ['u32', first]),
    ['u32', hasMask ? 1 : 0],
    ['u32', wantsError ? 1 : 0],
  ])
}

export const calibrateOnGpu = implementOnGpu(
  calibrateKernel,
  () => WASM_NS_PER_BYTE,
  async (host, { params, input, output, task }) => {
    const pipeline = await host.pipeline(SHADER)
    const { raw, mask } = input
    const { data, uncertainty } = output
    const wantsError = uncertainty !== undefined
    const masters = listMasters(input, params, wantsError)
    const present = masters.filter((plane) => plane !== undefined)
    const calibrateSlice = ({ start, end }: Slice): Promise<void> =>
      runJob(host, (job) => {
        const length = end - start
        const fields = packFactors(params, masters, { length, hasMask: mask !== undefined, wantsError })
        const result = job.allocate(4 * length * (wantsError ? 2 : 1))
        const planes = [
          job.uniform(fields),
          job.upload(raw.subarray(start, end)),
          job.uploadAll(present.map((plane) => plane.subarray(start, end))),
          job.upload(mask?.subarray(start, end)),
          result,
        ]
        job.dispatch(pipeline, planes, spreadWorkgroups(host, length))
        job.read(result, data.subarray(start, end))
        if (wantsError) job.read(result, uncertainty.subarray(start, end), 4 * length)
      })
    await runSlices(host, cutSlices(host, data.length, BYTES), task, calibrateSlice)
  },
)
