import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { prepareTools } from './reexecute.mjs'
import { judge, LONG_STAGES, readCount, STAGES } from './test-stages.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const NEED_CHROMIUM = ['browser', 'e2e']

/** @typedef {import('./test-stages.mjs').Stage} Stage */
/** @typedef {import('./test-stages.mjs').Count} Count */

const readOptions = () => {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, long: { type: 'boolean', default: false } },
  })
  const stages = values.long ? LONG_STAGES : STAGES
  const names = values.only?.split(',').map((name) => name.trim())
  const unknown = names?.filter((name) => !stages.some((stage) => stage.name === name)) ?? []
  if (unknown.length > 0) {
    throw new Error(
      `There is no stage ${unknown.join(', ')}. Stages: ${stages.map((stage) => stage.name).join(', ')}.`,
    )
  }
  return names === undefined ? stages : stages.filter((stage) => names.includes(stage.name))
}

/**
 * @param {Stage} stage
 * @returns {Count}
 */
const runStage = (stage) => {
  if (stage.report !== undefined) {
    mkdirSync(dirname(stage.report), { recursive: true })
    rmSync(stage.report, { force: true })
  }
  const { status } = spawnSync(process.execPath, [join(ROOT, 'node_modules', stage.program), ...stage.args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...stage.environment },
  })
  return judge({ ended: status, counted: readCount(stage) })
}

/**
 * The stages in order. One that fails does not hide those after it, except such as would judge something old.
 * @param {Stage[]} stages
 */
const runStages = async (stages) => {
  /** @type {Map<string, Count & { seconds: number }>} */
  const results = new Map()
  if (stages.some((stage) => NEED_CHROMIUM.includes(stage.name))) {
    const { ensureChromium } = await import('./ensure-chromium.mjs')
    // Without one the stages that need it fail by themselves, and the others still run.
    const found = await ensureChromium().catch((/** @type {unknown} */ error) => console.error(String(error)))
    if (found !== undefined) process.env['CHROMIUM_PATH'] = found
  }
  for (const stage of stages) {
    console.log(
      `\n── ${stage.name}: ${stage.title} ${'─'.repeat(Math.max(0, 70 - stage.name.length - stage.title.length))}`,
    )
    const begin = performance.now()
    const blocked = stage.needs !== undefined && (results.get(stage.needs)?.failed ?? 0) > 0
    if (blocked) console.log(`Not run: ${stage.needs} has failed.`)
    const count = blocked ? { passed: 0, failed: 1, skipped: 0 } : runStage(stage)
    results.set(stage.name, { ...count, seconds: (performance.now() - begin) / 1000 })
  }
  return results
}

/** @param {Map<string, Count & { seconds: number }>} results */
const printSummary = (results) => {
  const total = { passed: 0, failed: 0, skipped: 0 }
  console.log(
    `\n${'stage'.padEnd(14)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(9)}${'seconds'.padStart(9)}`,
  )
  for (const [name, { passed, failed, skipped, seconds }] of results) {
    total.passed += passed
    total.failed += failed
    total.skipped += skipped
    const figures = `${String(passed).padStart(8)}${String(failed).padStart(8)}${String(skipped).padStart(9)}`
    console.log(`${name.padEnd(14)}${figures}${seconds.toFixed(1).padStart(9)}`)
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
  return total.failed === 0
}

try {
  const stages = readOptions()
  if (prepareTools()) process.exitCode = printSummary(await runStages(stages)) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
