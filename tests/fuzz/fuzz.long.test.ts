import { availableParallelism } from 'node:os'
import { expect, it } from 'vitest'
import { bundleWorker } from '../../scripts/fuzz/bundle.mjs'
import { listTargets, runFuzz } from '../../scripts/fuzz/run-fuzz.mjs'

const MILLION = 1_000_000
const SEED = 1_000_000_000
/** Seeds of one round do not meet those of the next. */
const ROUND = 100_000_000
const ROUND_SECONDS = 120

it('a million inputs end in a result or in words', { timeout: 7_200_000 }, async () => {
  const file = await bundleWorker('fuzz-long')
  const targets = await listTargets(file)
  let [total, spent, memory] = [0, 0, 0]
  // Rounds of equal time for every target: a project takes a thousand times as long as a date, and is not to hold up the rest.
  for (let round = 0; total < MILLION; round++) {
    const { figures, seconds, rss } = await runFuzz({
      file,
      targets,
      seed: SEED + round * ROUND,
      jobs: availableParallelism(),
      seconds: ROUND_SECONDS,
    })
    expect(figures.flatMap(({ failures }) => failures)).toEqual([])
    for (const { target, inputs } of figures) expect(inputs, target).toBeGreaterThan(0)
    total += figures.reduce((sum, each) => sum + each.inputs, 0)
    spent += seconds
    memory = Math.max(memory, rss)
  }
  console.log(`${total} inputs in ${Math.round(spent)} s, ${Math.round(memory / 2 ** 20)} MB of memory`)
})
