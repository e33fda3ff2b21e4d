import { describe, expect, it } from 'vitest'
import doubleFloatCode from '../../../shaders/compute/double-float.wgsl?raw'
import type { GpuHost } from '../../../web/compute/webgpu/gpu-host'
import { runJob } from '../../../web/compute/webgpu/run-job'
import { createRandom } from '../../../web/science/math/random'
import { openHostOrSkip } from './open-test-gpu'

const PAIRS = 4096

/** Each pair (a, b) of doubles through one operation; high and low of its result added up again. */
const compute = async (
  host: GpuHost,
  operation: string,
  a: Float64Array,
  b: Float64Array,
): Promise<Float64Array> => {
  const code = `${doubleFloatCode}
    @group(0) @binding(0) var<storage, read> zero: array<u32>;
    @group(0) @binding(1) var<storage, read> pairs: array<vec4f>;
    @group(0) @binding(2) var<storage, read_write> result: array<vec2f>;
    @compute @workgroup_size(64) fn apply(@builtin(global_invocation_id) at: vec3u) {
      unknownZero = zero[0];
      let a = pairs[at.x].xy;
      let b = pairs[at.x].zw;
      result[at.x] = ${operation};
    }`
  const pipeline = await host.pipeline({ code, entry: 'apply', bindings: ['read', 'read', 'write'] })
  const pairs = new Float32Array(4 * PAIRS)
  for (let i = 0; i < PAIRS; i++) {
    const [x, y] = [a[i]!, b[i]!]
    pairs.set([x, x - Math.fround(x), y, y - Math.fround(y)], 4 * i)
  }
  const found = new Float32Array(2 * PAIRS)
  await runJob(host, (job) => {
    const result = job.allocate(found.byteLength)
    job.dispatch(pipeline, [job.upload(new Int32Array(1)), job.upload(pairs), result], [PAIRS / 64, 1, 1])
    job.read(result, found)
  })
  return Float64Array.from({ length: PAIRS }, (_, i) => found[2 * i]! + found[2 * i + 1]!)
}

/** Doubles that are two floats without a rest, of many sizes. */
const draw = (seed: string): Float64Array => {
  const random = createRandom(seed)
  return Float64Array.from({ length: PAIRS }, () => {
    const value = (1 + random.uniform()) * 2 ** (random.integer(30) - 10) * (random.uniform() < 0.5 ? -1 : 1)
    return Math.fround(value) + Math.fround(value - Math.fround(value))
  })
}

describe('two floats as one number, seeds 1 and 2', () => {
  it.for([
    {
      operation: 'addDouble(a, b)',
      exact: (a: number, b: number) => a + b,
      size: (a: number, b: number) => Math.abs(a) + Math.abs(b),
    },
    {
      operation: 'addFloat(a, b.x)',
      exact: (a: number, b: number) => a + Math.fround(b),
      size: (a: number, b: number) => Math.abs(a) + Math.abs(b),
    },
    { operation: 'multiplyDouble(a, b)', exact: (a: number, b: number) => a * b },
    { operation: 'divideDouble(a, b.x)', exact: (a: number, b: number) => a / Math.fround(b) },
    { operation: 'rootDouble(multiplyDouble(a, a))', exact: (a: number) => Math.abs(a) },
  ])('$operation has 44 bits', async ({ operation, exact, size }, { skip }) => {
    const host = await openHostOrSkip(skip)
    if (host === null) return
    const [a, b] = [draw('1'), draw('2')]
    const found = await compute(host, operation, a, b)
    let largest = 0
    for (const [i, value] of found.entries()) {
      const expected = exact(a[i]!, b[i]!)
      largest = Math.max(largest, Math.abs(value - expected) / (size?.(a[i]!, b[i]!) ?? Math.abs(expected)))
    }
    expect(largest).toBeLessThan(2 ** -44)
  })
})
