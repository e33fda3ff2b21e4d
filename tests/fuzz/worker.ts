import { openSync, writeSync } from 'node:fs'
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

/** Which seed is worked on and since when, for the parent, which can do what a process that hangs cannot. */
const state = new Float64Array(2)
const stateBytes = new Uint8Array(state.buffer)
const watch = openSync(process.env['FUZZ_WATCH'] ?? '/dev/null', 'r+')
const tell = (seed: number, since: number): void => {
  state[0] = seed
  state[1] = since
  writeSync(watch, stateBytes, 0, 16, 0)
}

const counter = countAllocations()
const targets = new Map([...TARGETS, ...PLANTED].map((target) => [target.name, target]))

const runJob = async ({ target: name, from, count, input }: Job): Promise<void> => {
  const target = targets.get(name)
  if (target === undefined) throw new Error(`There is no target "${name}".`)
  const failures: { seed: number; fault: string }[] = []
  const slowest = { seed: -1, milliseconds: 0 }
  const largest = { seed: -1, bytes: 0 }
  for (let seed = from; seed < from + count; seed++) {
    tell(seed, Date.now())
    const made = input ?? makeInput(target, seed)
    const { fault, milliseconds, bytes } = await runCase(target, made, counter)
    if (fault !== null) failures.push({ seed, fault })
    if (milliseconds > slowest.milliseconds) Object.assign(slowest, { seed, milliseconds })
    if (bytes > largest.bytes) Object.assign(largest, { seed, bytes })
  }
  tell(0, 0)
  const { rss } = process.memoryUsage()
  process.send?.({ kind: 'done', target: name, count, failures, slowest, largest, rss })
}

process.on('message', (message: Job | { readonly make: string; readonly seed: number } | 'list') => {
  if (message === 'list') process.send?.({ kind: 'targets', names: TARGETS.map(({ name }) => name) })
  else if ('make' in message) {
    const target = targets.get(message.make)
    if (target) process.send?.({ kind: 'made', input: makeInput(target, message.seed) })
  } else void runJob(message)
})
// Whoever asked is gone.
process.on('disconnect', () => process.exit())
