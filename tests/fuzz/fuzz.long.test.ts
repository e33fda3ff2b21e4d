import { availableParallelism } from 'node:os'
import { expect, it } from 'vitest'
import { bundleWorker } from '../../scripts/fuzz/bundle.mjs'
import { listTargets, runFuzz } from '../../scripts/fuzz/run-fuzz.mjs'

const MILLION = 1_000_000
const SEED = 1_000_000_000

it('a million inputs end in a result or in words', { timeout: 7_200_000 }, async () => {
  const file = await bundleWorker('fuzz-long')
  const targets = await listTargets(file)
  const inputs = Math.ceil(MILLION / targets.length)
  const { figures, seconds, rss } = await runFuzz({
    file,
    targets,
    seed: SEED,
    jobs: availableParallelism(),
    inputs,
  })
  const total = figures.reduce((sum, each) => sum + each.inputs, 0)
  console.log(`${total} inputs in ${Math.round(seconds)} s, ${Math.round(rss / 2 ** 20)} MB of memory`)
  expect(total).toBeGreaterThanOrEqual(MILLION)
  expect(figures.flatMap(({ failures }) => failures)).toEqual([])
})
