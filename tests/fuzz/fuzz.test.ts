import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { bundleWorker } from '../../scripts/fuzz/bundle.mjs'
import { FuzzProcess } from '../../scripts/fuzz/fuzz-process.mjs'
import { listTargets, runFuzz } from '../../scripts/fuzz/run-fuzz.mjs'
import { LONG_RUNS } from './long-runs'

const file = await bundleWorker('fuzz-test')
const names = await listTargets(file)
const JOBS = 2
const child = new FuzzProcess(file)
afterAll(() => child.close())

/** Of each process; all targets have the same share of it, and a fast one gives more inputs in its share than a slow one. */
const SECONDS = 38
/** What the slowest target gives at least, also on a machine that has other things to do. */
const FEWEST_INPUTS = 20
const SEED = 1

describe('hostile input ends in a result or in words', () => {
  it(
    `${SECONDS} s of inputs for ${names.length} targets, seeds from ${SEED} on`,
    { timeout: 300_000 },
    async () => {
      const { figures } = await runFuzz({ file, targets: names, seed: SEED, jobs: JOBS, seconds: SECONDS })
      expect(figures.flatMap(({ failures }) => failures)).toEqual([])
      for (const { target, inputs } of figures) expect(inputs, target).toBeGreaterThanOrEqual(FEWEST_INPUTS)
    },
  )

  it('the same seed gives the same input', async () => {
    for (const make of names) {
      const first = await child.ask({ make, seed: 7 })
      const second = await child.ask({ make, seed: 7 })
      expect(second, make).toEqual(first)
    }
  })
})

interface KeptCase {
  readonly target: string
  readonly fault: string
  readonly base64: string
}

const FOLDER = join(import.meta.dirname, 'cases')

describe('inputs that once went wrong', () => {
  it.each(readdirSync(FOLDER).filter((name) => name.endsWith('.json')))('%s', async (name) => {
    const { target, base64 } = JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as KeptCase
    const input = new Uint8Array(Buffer.from(base64, 'base64'))
    const { failures } = await child.run({ target, from: 0, count: 1, input })
    expect(failures).toEqual([])
  })
})

describe('one thing over and over', () => {
  it.each(LONG_RUNS)('$name', async ({ target, bytes }) => {
    const { failures } = await child.run({ target, from: 0, count: 1, input: bytes })
    expect(failures).toEqual([])
  })
})

describe('each kind of failure is found, on faults that were planted', () => {
  it.each([
    ['type-error', /^TypeError/],
    ['large', /^AllocationOverrun: \d+ bytes at once/],
    ['many', /^AllocationOverrun: more than \d+ bytes in all/],
    ['slow', /^TooSlow: \d+ ms/],
    ['later', /^RangeError: Invalid array length/],
    ['endless', /^Endless/, 1],
    ['heap', /^Died: the process ended with/],
  ])('%s', { timeout: 150_000 }, async (kind, words, inputs = 2) => {
    const { count, failures } = await child.run({ target: `planted-${kind}`, from: 5, count: inputs })
    expect(count).toBe(inputs)
    expect(failures.map(({ seed }) => seed)).toEqual([5, 6].slice(0, inputs))
    for (const { fault } of failures) expect(fault).toMatch(words)
  })

  it('and a refusal in words is none', async () => {
    const { failures } = await child.run({ target: 'planted-good', from: 1, count: 3 })
    expect(failures).toEqual([])
  })
})
