/** `npm run bench`: the jobs of the bench in a real browser, beside the native peers where asked. See docs/performance.md. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readOptions, USAGE } from './bench/options.mjs'
import { prepareTools } from './reexecute.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** @typedef {import('./bench/options.mjs').Options} Options */

/** The folder of the app that is measured: one that was named, or the build of now. @param {Options} options */
const prepareSite = async ({ site }) => {
  if (site !== null) return resolve(site)
  const { build, isBuilt } = await import('./build.mjs')
  if (!isBuilt()) build()
  return join(ROOT, 'dist')
}

/** @param {Options} options */
const run = async (options) => {
  const { runBench } = await import('./bench/run-bench.mjs')
  const { printChecks, printTables, writeResults } = await import('./bench/report.mjs')
  const results = await runBench(options, { root: ROOT, site: await prepareSite(options) })
  if (options.short) console.log('\nTiny frames: the times say nothing, the results do.')
  else printTables(results)
  printChecks(results)
  const whole = options.only === null && !options.short
  if (whole || options.out !== null) {
    const document = await writeResults(results, resolve(options.out ?? join(ROOT, 'docs')))
    if (existsSync(document)) console.log(`\nWritten: ${document} and performance.json beside it.`)
  }
  const failed =
    results.jobs.some(({ failure }) => failure !== null) ||
    (results.picture?.failures.length ?? 0) > 0 ||
    (results.solve?.failures.length ?? 0) > 0
  return failed ? 1 : 0
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options.help) console.log(USAGE)
  else if (prepareTools()) process.exitCode = await run(options)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
