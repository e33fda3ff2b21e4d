import { describe, expect, it } from 'vitest'
import { cutSlices, runSlices, spreadWorkgroups } from '../../../web/compute/webgpu/cut-slices'
import type { GpuHost } from '../../../web/compute/webgpu/gpu-host'
import type { Plane } from '../../../web/compute/webgpu/gpu-job'
import { runJob } from '../../../web/compute/webgpu/run-job'
import { idleTask } from '../../../web/core/task'
import { openHostOrSkip } from './open-test-gpu'

const MIB = 1024 * 1024

const DOUBLE = {
  code: `
    @group(0) @binding(0) var<storage, read> values: array<u32>;
    @group(0) @binding(1) var<storage, read_write> result: array<u32>;
    override factor: u32 = 2u;
    @compute @workgroup_size(64) fn multiply(@builtin(global_invocation_id) at: vec3u) {
      if (at.x < arrayLength(&result)) { result[at.x] = factor * values[at.x]; }
    }`,
  entry: 'multiply',
  bindings: ['read', 'write'],
} as const

const multiply = async (host: GpuHost, values: Int32Array, factor: number): Promise<Int32Array> => {
  const pipeline = await host.pipeline({ ...DOUBLE, constants: { factor } })
  const result = new Int32Array(values.length)
  await runJob(host, (job) => {
    const plane = job.allocate(values.byteLength)
    job.dispatch(pipeline, [job.upload(values), plane], [Math.ceil(values.length / 64), 1, 1])
    job.read(plane, result)
  })
  return result
}

describe('lent buffers', () => {
  it('are used again for the same purpose and size, and told apart otherwise', async ({ skip }) => {
    const host = await openHostOrSkip(skip)
    if (host === null) return
    const { pool } = host
    const first = pool.lend('storage', 1000)
    expect(pool.lend('storage', 1000)).not.toBe(first)
    pool.giveBack(first)
    pool.giveBack(first)
    expect(pool.idleBytes).toBe(1024)
    expect(pool.lend('uniform', 1000)).not.toBe(first)
    expect(pool.lend('storage', 2000)).not.toBe(first)
    expect(pool.lend('storage', 100)).not.toBe(first)
    expect(pool.lend('storage', 600)).toBe(first)
    expect(pool.idleBytes).toBe(0)
  })

  it('are kept up to a bound: the longest unused go first', async ({ skip }) => {
    const host = await openHostOrSkip(skip)
    if (host === null) return
    const { pool } = host
    const large = [100, 101, 102].map((size) => pool.lend('storage', size * MIB))
    for (const buffer of large) pool.giveBack(buffer)
    expect(pool.idleBytes).toBe(203 * MIB)
    expect(pool.lend('storage', 100 * MIB)).toBe(large[1])
  })

  it('all go back after a job, whether it succeeds or fails', async ({ skip }) => {
    const host = await openHostOrSkip(skip)
    if (host === null) return
    expect([...(await multiply(host, Int32Array.of(1, 2, 3), 7))]).toEqual([7, 14, 21])
    expect(host.pool.lent).toBe(0)
    const before = host.pool.idleBytes
    const broken = runJob(host, (job) => {
      job.upload(new Float32Array(10))
      throw new Error('broken off')
    })
    await expect(broken).rejects.toThrow('broken off')
    expect(host.pool.lent).toBe(0)
    await multiply(host, Int32Array.of(1, 2, 3), 7)
    expect(host.pool.idleBytes).toBe(before)
  })
})

describe('a job', () => {
  it('takes bytes that are no whole words, several planes, and reads from the middle', async ({ skip }) => {
    const host = await openHostOrSkip(skip)
    if (host === null) return
    const pipeline = await host.pipeline({ ...DOUBLE, constants: { factor: 1 } })
    const [all, tail] = [new Uint8Array(12), new Uint8Array(3)]
    await runJob(host, (job) => {
      const result = job.allocate(12)
      const planes = [job.uploadAll([Uint8Array.of(1, 2, 3, 4, 5), Uint8Array.of(6, 7, 8)]), result]
      job.dispatch(pipeline, planes, [1, 1, 1])
      job.read(result, all)
      job.read(result, tail, 8)
    })
    expect([...all]).toEqual([1, 2, 3, 4, 5, 0, 0, 0, 6, 7, 8, 0])
    expect([...tail]).toEqual([6, 7, 8])
  })

  it('begins with zeros where it is asked to', async ({ skip }) => {
    const host = await openHostOrSkip(skip)
    if (host === null) return
    await multiply(host, new Int32Array(64).fill(5), 1)
    const result = new Int32Array(64).fill(1)
    await runJob(host, (job) => job.read(job.allocateZeros(256), result))
    expect(new Set(result)).toEqual(new Set([0]))
  })

  it('fails with what the device says, and the next one is not touched by it', async ({ skip }) => {
    const host = await openHostOrSkip(skip)
    if (host === null) return
    const pipeline = await host.pipeline({ ...DOUBLE })
    const wrong = (job: { upload(array: Int32Array): Plane }): Plane => job.upload(new Int32Array(4))
    const failing = runJob(host, (job) => job.dispatch(pipeline, [wrong(job)], [1, 1, 1]))
    await expect(failing).rejects.toThrow(/The graphics device failed: .*bind/is)
    expect([...(await multiply(host, Int32Array.of(4), 3))]).toEqual([12])
  })

  it('says where a shader does not compile', async ({ skip }) => {
    const host = await openHostOrSkip(skip)
    if (host === null) return
    const shader = { code: 'const one = 1;\nfn broken( {', entry: 'broken', bindings: [] }
    await expect(host.pipeline(shader)).rejects.toThrow(/"broken" does not compile. line 2/)
  })

  it('is timed when somebody asks', async ({ skip }) => {
    const times: { upload: number; kernel: number; readBack: number }[] = []
    const host = await openHostOrSkip(skip, { onTimes: (it) => times.push(it) })
    if (host === null) return
    await multiply(host, new Int32Array(100_000), 2)
    expect(times).toHaveLength(1)
    for (const part of Object.values(times[0]!)) expect(part).toBeGreaterThanOrEqual(0)
  })

  it('makes a pipeline once for each set of constants', async ({ skip }) => {
    const host = await openHostOrSkip(skip)
    if (host === null) return
    const [one, same, other] = [2, 2, 3].map((factor) => host.pipeline({ ...DOUBLE, constants: { factor } }))
    expect(await one).toBe(await same)
    expect(await one).not.toBe(await other)
  })
})

describe('slices', () => {
  it('cover everything once, in whole steps, within what a shader may see', async ({ skip }) => {
    const host = await openHostOrSkip(skip, { bindingBytes: 10_000 })
    if (host === null) return
    for (const [length, step] of [
      [1, 16],
      [16, 16],
      [2500, 16],
      [2501, 7],
      [100_003, 100],
    ] as const) {
      const slices = cutSlices(host, length, { largest: 4, all: 12, step })
      expect(slices[0]?.start).toBe(0)
      expect(slices.at(-1)?.end).toBe(length)
      for (const [index, { start, end }] of slices.entries()) {
        expect(start % step).toBe(0)
        expect(4 * (end - start)).toBeLessThanOrEqual(10_000)
        if (index > 0) expect(start).toBe(slices[index - 1]?.end)
      }
    }
    expect(cutSlices(host, 0, { largest: 4, all: 4 })).toEqual([])
  })

  it('fail only after all that was under way has ended', async ({ skip }) => {
    const host = await openHostOrSkip(skip)
    if (host === null) return
    let ended = 0
    const slices = [0, 1, 2].map((start) => ({ start, end: start + 1 }))
    const running = runSlices(host, slices, idleTask(), async ({ start }) => {
      await new Promise((resolve) => setTimeout(resolve, start === 0 ? 0 : 30))
      ended++
      if (start === 0) throw new Error('the first')
    })
    await expect(running).rejects.toThrow('the first')
    expect(ended).toBe(2)
  })

  it('spread workgroups over two dimensions where one is too short', async ({ skip }) => {
    const host = await openHostOrSkip(skip)
    if (host === null) return
    const most = host.device.limits.maxComputeWorkgroupsPerDimension
    for (const invocations of [1, 256, 257, 256 * most, 256 * most + 1, 2 ** 30]) {
      const [x, y, z] = spreadWorkgroups(host, invocations)
      expect(Math.max(x, y)).toBeLessThanOrEqual(most)
      expect(x * y * 256).toBeGreaterThanOrEqual(invocations)
      expect(z).toBe(1)
    }
  })
})
