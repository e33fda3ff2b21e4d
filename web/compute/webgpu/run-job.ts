import { MAP_READ } from './gpu-flags'
import type { GpuHost } from './gpu-host'
import { gatherJob, type GatheredJob, type GpuJob } from './gpu-job'
import { createPassClock, type PassClock } from './pass-clock'

/** How long a lost device may take to say so, in milliseconds: its promise comes a little after the failures it causes. */
const LAST_WORDS = 50

const SCOPES = ['out-of-memory', 'validation', 'internal'] as const

type Faults = Promise<readonly (GPUError | null)[]>

/** Does something at once, without waiting, so that the faults which the device finds meanwhile are those of this work. */
const collectFaults = <Result>(device: GPUDevice, work: () => Result, faults: Faults[]): Result => {
  for (const scope of SCOPES) device.pushErrorScope(scope)
  try {
    return work()
  } finally {
    const found = Promise.all(SCOPES.map(() => device.popErrorScope()))
    // A device that is lost meanwhile is told of by whatever waits for its results.
    found.catch(() => undefined)
    faults.push(found)
  }
}

const submit = (
  { queue, ...job }: GatheredJob & { queue: GPUQueue },
  encoder: GPUCommandEncoder,
  clock: PassClock | null,
): void => {
  for (const { buffer, bytes } of job.zeros) encoder.clearBuffer(buffer, 0, bytes)
  const pass = encoder.beginComputePass(clock === null ? {} : { timestampWrites: clock.writes })
  for (const { pipeline, group, workgroups } of job.dispatches) {
    pass.setPipeline(pipeline)
    pass.setBindGroup(0, group)
    pass.dispatchWorkgroups(...workgroups)
  }
  pass.end()
  for (const { from, offset, staging, bytes } of job.readings)
    encoder.copyBufferToBuffer(from, offset, staging, 0, bytes)
  clock?.copyOut(encoder)
  queue.submit([encoder.finish()])
}

const readBack = async ({ readings }: GatheredJob): Promise<void> => {
  await Promise.all(
    readings.map(async ({ staging, bytes, into }) => {
      await staging.mapAsync(MAP_READ, 0, bytes)
      const found = new Uint8Array(staging.getMappedRange(0, bytes), 0, into.byteLength)
      new Uint8Array(into.buffer, into.byteOffset, into.byteLength).set(found)
    }),
  )
}

const throwFaults = async (faults: readonly Faults[]): Promise<void> => {
  const fault = (await Promise.all(faults)).flat().find((error) => error !== null)
  if (fault !== undefined && fault !== null) throw new Error(fault.message)
}

/** A lost device rejects with AbortError, which is the name of cancelled work here: say what it was. */
const explain = async (host: GpuHost, error: unknown): Promise<Error> => {
  await Promise.race([host.device.lost, new Promise((resolve) => setTimeout(resolve, LAST_WORDS))])
  if (host.lost !== null) return new Error(`The graphics device was lost: ${host.lost}`, { cause: error })
  const message = error instanceof Error ? error.message : String(error)
  return new Error(`The graphics device failed: ${message}`, { cause: error })
}

/** Puts a job together, has it done and reads its results. Every buffer goes back to the pool, whatever happens. */
export const runJob = async (host: GpuHost, describe: (job: GpuJob) => void): Promise<void> => {
  const { device, pool, onTimes } = host
  const { queue } = device
  const lent: GPUBuffer[] = []
  const faults: Faults[] = []
  const clock = onTimes === null ? null : createPassClock(device)
  let job: GatheredJob | null = null
  try {
    const begin = performance.now()
    const gathered = collectFaults(device, () => gatherJob(host, lent, describe), faults)
    job = gathered
    if (onTimes !== null) await queue.onSubmittedWorkDone()
    const uploaded = performance.now()
    collectFaults(device, () => submit({ ...gathered, queue }, device.createCommandEncoder(), clock), faults)
    if (onTimes !== null) await queue.onSubmittedWorkDone()
    const computed = performance.now()
    await readBack(gathered)
    await throwFaults(faults)
    onTimes?.({
      upload: uploaded - begin,
      kernel: (await clock?.milliseconds()) ?? computed - uploaded,
      readBack: performance.now() - computed,
    })
  } catch (error) {
    throw await explain(host, error)
  } finally {
    // Also those that still wait: a buffer on its way to the processor must not be lent again.
    for (const { staging } of job?.readings ?? []) staging.unmap()
    for (const buffer of lent) pool.giveBack(buffer)
    clock?.destroy()
  }
}
