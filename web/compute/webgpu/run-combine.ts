import averageCode from '../../../shaders/compute/combine-average.wgsl?raw'
import sortedCode from '../../../shaders/compute/combine-sorted.wgsl?raw'
import doubleFloatCode from '../../../shaders/compute/double-float.wgsl?raw'
import pixelCode from '../../../shaders/compute/pixel.wgsl?raw'
import type { Combine } from '../../core/combine'
import type { Task } from '../../core/task'
import { rejectionRule, type RejectionRule } from '../../science/calibration/reject-values'
import { NotForThisBackend } from '../kernel'
import type { CombineOutput, CombineParams } from '../kernels/combine'
import { cutSlices, runSlices, spreadWorkgroups, type Slice } from './cut-slices'
import type { GpuHost, Shader } from './gpu-host'
import type { GpuJob, Plane } from './gpu-job'
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

/** Measured with 20 planes of floats. Means and medians come and go with memory; what walks through sorted values takes longer. */
const WASM_NS_PER_VALUE = {
  none: 0.8,
  'sigma-clip': 3,
  winsorized: 20,
  'min-max': 2,
  percentile: 2,
} as const

export const combineCost = ({ rejection }: Combine, bytesPerValue: number): number =>
  WASM_NS_PER_VALUE[rejection] / bytesPerValue

/** What is combined, however it is stored. */
export interface ValuesToCombine extends Omit<CombineParams, 'combine'> {
  readonly combine: Combine
  readonly frames: number
  /** Bytes of one value of one plane, and of what belongs to it. */
  readonly bytesPerValue: number
  readonly hasMasks: boolean
  /** WGSL of bindings 1 and 2 and of `valueAt`. */
  readonly code: string
  /** Planes of bindings 1 and 2 for some pixels. */
  upload(job: GpuJob, slice: Slice): readonly [Plane, Plane]
}

const shaderFor = ({ combine, code, frames }: ValuesToCombine, rule: RejectionRule): Shader => {
  const average = pixelCode + doubleFloatCode + averageCode + code
  if (combine.method !== 'median' && rule.rejection === 'none')
    return { code: average, entry: 'combineAverage', bindings: BINDINGS }
  const most = CAPACITIES.find((capacity) => frames <= capacity)
  if (most === undefined) throw new NotForThisBackend(`${frames} planes are too many to sort.`)
  const sorted = `${average}\nconst FRAMES = ${most}u;\n${sortedCode}\n${writeSortValues(most)}\n`
  return { code: sorted, entry: 'combineSorted', bindings: BINDINGS }
}

/** Of each plane: scale, offset, and the weight as two floats. */
const packFactors = ({ combine, frames, scales, offsets, weights }: ValuesToCombine): Float32Array => {
  const weighted = combine.weights === 'inverse-variance'
  const rows = Array.from({ length: frames }, (_, frame) => [
    scales?.[frame] ?? 1,
    offsets?.[frame] ?? 0,
    ...splitDouble(weighted ? (weights?.[frame] ?? 1) : 1),
  ])
  return Float32Array.from(rows.flat())
}

const packRule = (
  { combine, frames, hasMasks }: ValuesToCombine,
  rule: RejectionRule,
  { uncertainty, count }: CombineOutput,
  length: number,
): ArrayBuffer => {
  const flag = (value: boolean): ['u32', number] => ['u32', value ? 1 : 0]
  const sigmas = [rule.low, rule.high].flatMap((value) => splitDouble(Math.min(value, MOST_SIGMAS)))
  return packParams([
    ['u32', length],
    ['u32', frames],
    ['u32', METHODS.indexOf(combine.method)],
    ['u32', REJECTIONS.indexOf(rule.rejection)],
    ...sigmas.map((part): ['f32', number] => ['f32', part]),
    ['u32', Math.min(rule.iterations, 2 ** 31)],
    flag(rule.center === 'mean'),
    flag(rule.deviation === 'mad'),
    flag(combine.weights === 'inverse-variance'),
    flag(uncertainty !== undefined),
    flag(count !== undefined),
    flag(hasMasks),
    ['u32', 0],
  ])
}

/** Means and sums of any number of planes; medians and rejection of up to 64. */
export const runCombine = async (
  host: GpuHost,
  values: ValuesToCombine,
  output: CombineOutput,
  task: Task,
): Promise<void> => {
  const { data, uncertainty, count } = output
  const { frames, bytesPerValue } = values
  const rule = rejectionRule(values.combine)
  const pipeline = await host.pipeline(shaderFor(values, rule))
  const [factors, cuts] = [packFactors(values), tabulateCuts(rule, frames)]
  const outputs = 1 + (uncertainty === undefined ? 0 : 1) + (count === undefined ? 0 : 1)
  const combineSlice = async (slice: Slice): Promise<void> => {
    const { start, end } = slice
    const length = end - start
    const counts = new Int32Array(count === undefined ? 0 : length)
    await runJob(host, (job) => {
      const rules = job.uniform(packRule(values, rule, output, length))
      const tables = [job.upload(factors), job.upload(cuts)]
      const result = job.allocate(4 * length * outputs)
      const planes = [rules, ...values.upload(job, slice), ...tables, result]
      job.dispatch(pipeline, planes, spreadWorkgroups(host, length))
      job.read(result, data.subarray(start, end))
      if (uncertainty !== undefined) job.read(result, uncertainty.subarray(start, end), 4 * length)
      if (count !== undefined) job.read(result, counts, 4 * length * (outputs - 1))
    })
    count?.set(counts, start)
  }
  const sizes = {
    largest: Math.max(bytesPerValue * frames, 4 * outputs),
    all: (bytesPerValue + 1) * frames + 4 * outputs,
  }
  await runSlices(host, cutSlices(host, data.length, sizes), task, combineSlice)
}
