import averageCode from '../../../shaders/compute/combine-average.wgsl?raw'
import sortedCode from '../../../shaders/compute/combine-sorted.wgsl?raw'
import doubleFloatCode from '../../../shaders/compute/double-float.wgsl?raw'
import pixelCode from '../../../shaders/compute/pixel.wgsl?raw'
import { rejectionRule, type RejectionRule } from '../../science/calibration/reject-values'
import { NotForThisBackend } from '../kernel'
import { combineKernel, type CombineInput, type CombineParams } from '../kernels/combine'
import { cutSlices, runSlices, spreadWorkgroups, type Slice } from './cut-slices'
import type { Shader } from './gpu-host'
import { implementOnGpu } from './implement-on-gpu'
import { packParams, splitDouble } from './pack-params'
import { tabulateCuts } from './rejection-cuts'
import { runJob } from './run-job'
import { writeSortValues } from './sorting-network'

/**
 * Shaders are made for so many values of a pixel, which are sorted where they are read; the next larger one does for numbers
 * between. More do not fit the registers of a card.
 */
const CAPACITIES = [8, 16, 24, 32, 48, 64]

/** Infinitely many sigmas, for arithmetic that knows no infinity. */
const MOST_SIGMAS = 1e20

const METHODS = ['mean', 'median', 'sum'] as const
const REJECTIONS = ['none', 'sigma-clip', 'winsorized', 'min-max', 'percentile'] as const
const BINDINGS = ['uniform', 'read', 'read', 'read', 'read', 'write'] as const

const AVERAGE: Shader = {
  code: pixelCode + doubleFloatCode + averageCode,
  entry: 'combineAverage',
  bindings: BINDINGS,
}

const shaderFor = (sorted: boolean, frames: number): Shader => {
  if (!sorted) return AVERAGE
  const most = CAPACITIES.find((capacity) => frames <= capacity)
  if (most === undefined) throw new NotForThisBackend(`${frames} planes are too many to sort.`)
  const code = `${AVERAGE.code}\nconst FRAMES = ${most}u;\n${sortedCode}\n${writeSortValues(most)}\n`
  return { code, entry: 'combineSorted', bindings: BINDINGS }
}

/** Of each plane: scale, offset, and the weight as two floats. */
const packFactors = ({ combine, scales, offsets, weights }: CombineParams, frames: number): Float32Array => {
  const weighted = combine.weights === 'inverse-variance'
  const rows = Array.from({ length: frames }, (_, frame) => [
    scales?.[frame] ?? 1,
    offsets?.[frame] ?? 0,
    ...splitDouble(weighted ? (weights?.[frame] ?? 1) : 1),
  ])
  return Float32Array.from(rows.flat())
}

interface Wanted {
  readonly length: number
  readonly frames: number
  readonly hasMasks: boolean
  readonly wantsError: boolean
  readonly wantsCount: boolean
}

const packRule = ({ combine }: CombineParams, rule: RejectionRule, wanted: Wanted): ArrayBuffer => {
  const flag = (value: boolean): ['u32', number] => ['u32', value ? 1 : 0]
  return packParams([
    ['u32', wanted.length],
    ['u32', wanted.frames],
    ['u32', METHODS.indexOf(combine.method)],
    ['u32', REJECTIONS.indexOf(rule.rejection)],
    ...[
      ...splitDouble(Math.min(rule.low, MOST_SIGMAS)),
      ...splitDouble(Math.min(rule.high, MOST_SIGMAS)),
    ].map((part): ['f32', number] => ['f32', part]),
    ['u32', Math.min(rule.iterations, 2 ** 31)],
    flag(rule.center === 'mean'),
    flag(rule.deviation === 'mad'),
    flag(combine.weights === 'inverse-variance'),
    flag(wanted.wantsError),
    flag(wanted.wantsCount),
    flag(wanted.hasMasks),
    ['u32', 0],
  ])
}

/** Masks of some pixels of all planes; a plane without one is all good. */
const cutMasks = ({ planes, masks }: CombineInput, { start, end }: Slice): Uint8Array[] => {
  if (masks?.some((mask) => mask !== undefined) !== true) return []
  const good = new Uint8Array(end - start)
  return planes.map((_, index) => masks[index]?.subarray(start, end) ?? good)
}

/** Measured with 20 planes. Means and medians come and go with memory; what walks through sorted values takes longer. */
const WASM_NS_PER_BYTE = {
  none: 0.2,
  'sigma-clip': 0.6,
  winsorized: 5,
  'min-max': 0.5,
  percentile: 0.5,
} as const

/** Means and sums of any number of planes; medians and rejection of up to 64. */
export const combineOnGpu = implementOnGpu(
  combineKernel,
  ({ combine }) => WASM_NS_PER_BYTE[combine.rejection],
  async (host, { params, input, output, task }) => {
    const { data, uncertainty, count } = output
    const frames = input.planes.length
    const rule = rejectionRule(params.combine)
    const sorted = params.combine.method === 'median' || rule.rejection !== 'none'
    const pipeline = await host.pipeline(shaderFor(sorted, frames))
    const factors = packFactors(params, frames)
    const cuts = tabulateCuts(rule, frames)
    const outputs = 1 + (uncertainty === undefined ? 0 : 1) + (count === undefined ? 0 : 1)
    const combineSlice = async (slice: Slice): Promise<void> => {
      const { start, end } = slice
      const length = end - start
      const counts = new Int32Array(count === undefined ? 0 : length)
      const masks = cutMasks(input, slice)
      const wanted = {
        length,
        frames,
        hasMasks: masks.length > 0,
        wantsError: uncertainty !== undefined,
        wantsCount: count !== undefined,
      }
      await runJob(host, (job) => {
        const result = job.allocate(4 * length * outputs)
        const planes = [
          job.uniform(packRule(params, rule, wanted)),
          job.uploadAll(input.planes.map((plane) => plane.subarray(start, end))),
          job.uploadAll(masks),
          job.upload(factors),
          job.upload(cuts),
          result,
        ]
        job.dispatch(pipeline, planes, spreadWorkgroups(host, length))
        job.read(result, data.subarray(start, end))
        if (uncertainty !== undefined) job.read(result, uncertainty.subarray(start, end), 4 * length)
        if (count !== undefined) job.read(result, counts, 4 * length * (outputs - 1))
      })
      count?.set(counts, start)
    }
    const sizes = { largest: 4 * Math.max(frames, outputs), all: 5 * frames + 4 * outputs }
    await runSlices(host, cutSlices(host, data.length, sizes), task, combineSlice)
  },
)
