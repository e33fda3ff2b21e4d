import { describe, expect, it } from 'vitest'
import { createCompute, type Compute, type GpuBackend } from '../../../web/compute/create-compute'
import { NotForThisBackend, type Backend } from '../../../web/compute/kernel'
import { calibrateKernel, type CalibrateOutput } from '../../../web/compute/kernels/calibrate'
import { createGpuBackend } from '../../../web/compute/webgpu/create-gpu-backend'
import { describeAdapter } from '../../../web/compute/webgpu/describe-adapter'
import { doesItPay, SUBMISSION_NS, TRANSFER_NS_PER_BYTE } from '../../../web/compute/webgpu/does-it-pay'
import { createAbortError } from '../../../web/core/errors'
import { idleTask } from '../../../web/core/task'
import { compileKernels, referenceBackend } from '../../support/kernel-backends'
import { openGpuOrSkip } from './open-test-gpu'

const MEMORY_BYTES = 64 * 1024 * 1024
const PARAMS = { biasFactor: 1, darkFactor: 0, gain: 2 }
const PIXELS = 300_000

const makeInput = () => ({
  raw: Float32Array.from({ length: PIXELS }, (_, i) => 1000 + (i % 4096)),
  bias: new Float32Array(PIXELS).fill(300),
})
const makeOutput = (): CalibrateOutput => ({ data: new Float32Array(PIXELS) })
const EXPECTED = Float32Array.from({ length: PIXELS }, (_, i) => 2 * (700 + (i % 4096)))

/** Software never pays; for what follows it does. */
const eager = (gpu: GpuBackend, change: Partial<GpuBackend> = {}): GpuBackend =>
  Object.assign(Object.create(gpu) as GpuBackend, { pays: () => true, ...change })

const computeWith = async (gpu: GpuBackend): Promise<Compute> =>
  createCompute({ module: await compileKernels(), memoryBytes: MEMORY_BYTES, gpu })

describe('the rule for software adapters', () => {
  const info = { vendor: '', architecture: '', device: '', description: '', isFallbackAdapter: false }
  it.each([
    [{ vendor: 'nvidia', architecture: 'hopper' }, false],
    [{ vendor: 'google', architecture: 'swiftshader' }, true],
    [{ description: 'llvmpipe (LLVM 19.1.0, 256 bits)' }, true],
    [{ vendor: 'microsoft', description: 'Microsoft Basic Render Driver' }, true],
    [{ vendor: 'someone', isFallbackAdapter: true }, true],
  ])('%o', (facts, software) => {
    expect(describeAdapter({ info: { ...info, ...facts } } as GPUAdapter).software).toBe(software)
  })

  it('takes none unless it is told to, and there none pays', async ({ skip }) => {
    const gpu = await openGpuOrSkip(skip)
    if (gpu === null) return
    if (!gpu.software) {
      skip('this browser has a real graphics card')
      return
    }
    expect(await createGpuBackend()).toBeNull()
    for (const kernel of gpu.kernels) expect(gpu.pays(kernel, PARAMS, 2 ** 32)).toBe(false)
  })

  it('is null where there is no WebGPU, and where a request fails', async () => {
    expect(await createGpuBackend({ gpu: null })).toBeNull()
    const broken = { requestAdapter: () => Promise.reject(new Error('no')) } as unknown as GPU
    expect(await createGpuBackend({ gpu: broken })).toBeNull()
  })
})

describe('the rule for what pays', () => {
  it('wants arithmetic enough for a byte, and bytes enough for a submission', () => {
    expect(doesItPay(2 ** 30, 0.03)).toBe(false)
    expect(doesItPay(2 ** 16, 1)).toBe(false)
    expect(doesItPay(2 ** 25, 1)).toBe(true)
    expect(doesItPay(2 ** 25, 1, 4)).toBe(false)
    const least = SUBMISSION_NS / (1 - TRANSFER_NS_PER_BYTE)
    expect([0.99, 1.01].map((part) => doesItPay(part * least, 1))).toEqual([false, true])
  })
})

describe('a chain of backends', () => {
  it('says in the result that the card did it', async ({ skip }) => {
    const gpu = await openGpuOrSkip(skip, { bindingBytes: 2 ** 18 })
    if (gpu === null) return
    const compute = await computeWith(eager(gpu))
    const output = makeOutput()
    expect(await compute.run(calibrateKernel, PARAMS, makeInput(), output, idleTask())).toBe('webgpu')
    expect(output.data).toEqual(EXPECTED)
    expect(compute.notes).toEqual([])
  })

  it('does the work again in WebAssembly when the device is lost in mid-run, and says so', async ({
    skip,
  }) => {
    let submissions = Infinity
    const loseDeviceLater = (device: GPUDevice): void => {
      const submit = device.queue.submit.bind(device.queue)
      device.queue.submit = (buffers) => {
        submit(buffers)
        if (--submissions === 0) device.destroy()
      }
    }
    const gpu = await openGpuOrSkip(skip, { bindingBytes: 2 ** 18, onDevice: loseDeviceLater })
    if (gpu === null) return
    const compute = await computeWith(eager(gpu))
    // The self-check first, so that the loss falls into the run: after the second of five slices has been handed over.
    expect(await compute.run(calibrateKernel, PARAMS, makeInput(), makeOutput(), idleTask())).toBe('webgpu')
    submissions = 2
    const output = makeOutput()
    const running = compute.run(calibrateKernel, PARAMS, makeInput(), output, idleTask())
    expect(await running).toBe('wasm')
    expect(output.data).toEqual(EXPECTED)
    expect(gpu.lost).toBe(true)
    expect(compute.notes.join()).toMatch(/webgpu, calibrate: The graphics device was lost/)
    expect(await compute.run(calibrateKernel, PARAMS, makeInput(), output, idleTask())).toBe('wasm')
    expect(compute.notes).toHaveLength(1)
  })

  it('stops between slices when the work is cancelled, and does not do it elsewhere', async ({ skip }) => {
    const gpu = await openGpuOrSkip(skip, { bindingBytes: 2 ** 16 })
    if (gpu === null) return
    const compute = await computeWith(eager(gpu))
    await compute.run(calibrateKernel, PARAMS, makeInput(), makeOutput(), idleTask())
    const controller = new AbortController()
    const output = makeOutput()
    const running = compute.run(calibrateKernel, PARAMS, makeInput(), output, {
      ...idleTask(),
      signal: controller.signal,
    })
    controller.abort()
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
    expect(output.data.at(-1)).toBe(0)
    expect(compute.notes).toEqual([])
  })
})

describe('a backend that is no card', () => {
  const pretend = (run: Backend['run']): GpuBackend => ({
    kind: 'webgpu',
    adapter: 'none',
    software: false,
    lost: false,
    pays: () => true,
    kernels: [calibrateKernel as unknown as GpuBackend['kernels'][number]],
    has: () => true,
    run,
  })

  it('passes on what it does not do, without a note and without being left out', async () => {
    let asked = 0
    const gpu = pretend(async (...job) => {
      await referenceBackend.run(...job)
      if (job[1] === PARAMS && ++asked > 0) throw new NotForThisBackend('too large')
    })
    const compute = await computeWith(gpu)
    for (let run = 0; run < 2; run++)
      expect(await compute.run(calibrateKernel, PARAMS, makeInput(), makeOutput(), idleTask())).toBe('wasm')
    expect(asked).toBe(2)
    expect(compute.notes).toEqual([])
  })

  it('is never used for a kernel whose sample it gets wrong', async () => {
    const compute = await computeWith(pretend(async () => undefined))
    expect(await compute.run(calibrateKernel, PARAMS, makeInput(), makeOutput(), idleTask())).toBe('wasm')
    expect(compute.notes.join()).toMatch(/^webgpu, calibrate: plane 0, element 0/)
  })

  it('hands on a cancellation as it is', async () => {
    const gpu = pretend(async (...job) => {
      await referenceBackend.run(...job)
      if (job[1] === PARAMS) throw createAbortError()
    })
    const compute = await computeWith(gpu)
    const running = compute.run(calibrateKernel, PARAMS, makeInput(), makeOutput(), idleTask())
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
  })
})
