import { expect, it } from 'vitest'
import fixedPointCode from '../../../shaders/compute/fixed-point.wgsl?raw'
import { runJob } from '../../../web/compute/webgpu/run-job'
import { createRandom } from '../../../web/science/math/random'
import { openHostOrSkip } from './open-test-gpu'

const CODE = `${fixedPointCode}
  @group(0) @binding(0) var<storage, read> pairs: array<vec4u>;
  @group(0) @binding(1) var<storage, read_write> result: array<vec4u>;
  @compute @workgroup_size(64) fn addPairs(@builtin(global_invocation_id) at: vec3u) {
    result[at.x] = vec4u(addDoubles(pairs[at.x].xy, pairs[at.x].zw), 0u);
  }`

/** Terms of positions as transforms make them: large and small, exact and not, sums that end next to whole and half pixels. */
const drawPairs = (count: number, seed: string): [number, number][] => {
  const random = createRandom(seed)
  const draw = (): number => {
    const sign = random.uniform() < 0.5 ? -1 : 1
    const value = sign * random.uniform() * 2 ** (random.integer(28) - 10)
    return random.uniform() < 0.3 ? Math.round(2 * value) / 2 : value
  }
  return Array.from({ length: count }, () => {
    const a = draw()
    const kind = random.integer(4)
    if (kind === 0) return [a, Math.round(a) + random.integer(3000) / 2 - a]
    if (kind === 1) return [a, draw() * 2 ** -random.integer(60)]
    if (kind === 2) return [Math.round(a), 0.5 - 2 ** -random.integer(70)]
    return [a, draw()]
  })
}

const AWKWARD: readonly [number, number][] = [
  [0, 0],
  [-0, 0],
  [1000, -1e-16],
  [-1e-30, 0],
  [-5e-324, 0],
  [5e-324, 0],
  [13.499999999999998, -8],
  [0.1, 0.2],
  [-0.1, -0.2],
  [2 ** 20, 2 ** -33],
  [2 ** 20, 2 ** -33 + 2 ** -60],
  [-(2 ** 20), 2 ** -34],
]

it('adds two doubles as a processor does, to the last bit above 2^-64, seed 3', async ({ skip }) => {
  const host = await openHostOrSkip(skip)
  if (host === null) return
  const pairs = [...AWKWARD, ...drawPairs(8180, '3')]
  const pipeline = await host.pipeline({ code: CODE, entry: 'addPairs', bindings: ['read', 'write'] })
  const found = new Int32Array(4 * pairs.length)
  await runJob(host, (job) => {
    const result = job.allocate(found.byteLength)
    job.dispatch(pipeline, [job.upload(Float64Array.from(pairs.flat())), result], [pairs.length / 64, 1, 1])
    job.read(result, found)
  })
  let compared = 0
  for (const [index, [a, b]] of pairs.entries()) {
    const [low, middle, whole] = [0, 1, 2].map((word) => BigInt(found[4 * index + word]!))
    const bits = (whole! << 64n) | (BigInt.asUintN(32, middle!) << 32n) | BigInt.asUintN(32, low!)
    const sum = a + b
    // The largest multiple of 2^-64 that is not above the sum: both factors are exact.
    const expected = BigInt(Math.floor(sum * 2 ** 64))
    // Digits of a term below 2^-64 are only kept as a direction: a step of the sum, or two of 2^-64.
    const step = BigInt(Math.ceil(2 ** (Math.floor(Math.log2(Math.max(Math.abs(sum), 2 ** -64))) + 12)))
    const most = step > 2n ? step : 2n
    const isFine = [a, b].every((it) => it === 0 || Number.isInteger(it * 2 ** 64))
    if (isFine) {
      expect(bits, `${a} + ${b}`).toBe(expected)
      compared++
    } else {
      const difference = bits - expected
      expect(difference >= -most && difference <= most, `${a} + ${b}: off by ${difference}`).toBe(true)
    }
  }
  expect(compared).toBeGreaterThan(4000)
})

it('puts what is no position nowhere', async ({ skip }) => {
  const host = await openHostOrSkip(skip)
  if (host === null) return
  const pipeline = await host.pipeline({ code: CODE, entry: 'addPairs', bindings: ['read', 'write'] })
  const pairs = [Number.NaN, Infinity, -Infinity, 1e300, -1e12].flatMap((value) => [value, 1, 1, value])
  const found = new Int32Array(2 * pairs.length)
  await runJob(host, (job) => {
    const result = job.allocate(found.byteLength)
    job.dispatch(pipeline, [job.upload(Float64Array.from(pairs)), result], [1, 1, 1])
    job.read(result, found)
  })
  for (let at = 2; at < found.length; at += 4) expect(found[at]).toBeLessThan(-1e9)
})
