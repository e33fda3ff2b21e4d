import { parentPort, workerData } from 'node:worker_threads'
import { countAllocations } from './count-allocations'
import { makeInput, runCase } from './run-case'
import { PLANTED } from './targets/planted'
import { TARGETS } from './targets'

/** A range of seeds of one target, or one input as it is. */
interface Job {
  readonly target: string
  readonly from: number
  readonly count: number
  readonly input?: Uint8Array<ArrayBuffer>
}

const port = parentPort
const { watch } = workerData as { watch: SharedArrayBuffer }
/** Which seed is worked on and since when, for the parent, which can do what a thread that hangs cannot. */
const [seedNow, sinceWhen] = [new Float64Array(watch, 0, 1), new Float64Array(watch, 8, 1)]
const counter = countAllocations()
const targets = new Map([...TARGETS, ...PLANTED].map((target) => [target.name, target]))

const runJob = async ({ target: name, from, count, input }: Job): Promise<void> => {
  const target = targets.get(name)
  if (target === undefined) throw new Error(`There is no target "${name}".`)
  const failures: { seed: number; fault: string }[] = []
  const slowest = { seed: -1, milliseconds: 0 }
  const largest = { seed: -1, bytes: 0 }
  for (let seed = from; seed < from + count; seed++) {
    seedNow[0] = seed
    sinceWhen[0] = Date.now()
    const made = input ?? makeInput(target, seed)
    sinceWhen[0] = Date.now()
    const { fault, milliseconds, bytes } = await runCase(target, made, counter)
    if (fault !== null) failures.push({ seed, fault })
    if (milliseconds > slowest.milliseconds) Object.assign(slowest, { seed, milliseconds })
    if (bytes > largest.bytes) Object.assign(largest, { seed, bytes })
  }
  sinceWhen[0] = 0
  const { rss } = process.memoryUsage()
  port?.postMessage({ kind: 'done', target: name, count, failures, slowest, largest, rss })
}

port?.on('message', (message: Job | { readonly make: string; readonly seed: number } | 'list') => {
  if (message === 'list') port.postMessage({ kind: 'targets', names: TARGETS.map(({ name }) => name) })
  else if ('make' in message) {
    const target = targets.get(message.make)
    if (target) port.postMessage({ kind: 'made', input: makeInput(target, message.seed) })
  } else void runJob(message)
})
