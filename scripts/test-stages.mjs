import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const REPORTS = join(ROOT, '.cache', 'test')

/**
 * A count of what passed, failed and was left out.
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} title
 * @property {string} program path of the program below node_modules, run by Node
 * @property {string[]} args
 * @property {Record<string, string>} [environment]
 * @property {string} [report] the file that the program writes its results to
 * @property {(report: unknown) => Count} [count] reads that file
 * @property {string} [needs] a stage without which this one would judge something old
 */

/**
 * @typedef {{ status: string, assertionResults: { status: string }[] }} VitestFile
 * @param {unknown} report of Vitest's JSON reporter
 * @returns {Count}
 */
export const countVitest = (report) => {
  const { testResults: files } = /** @type {{ testResults: VitestFile[] }} */ (report)
  const statuses = files.flatMap((file) => file.assertionResults.map((result) => result.status))
  // A file that does not even load has no results, and is one failure.
  const broken = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((r) => r.status === 'failed'),
  )
  const passed = statuses.filter((status) => status === 'passed').length
  const failed = statuses.filter((status) => status === 'failed').length + broken.length
  return { passed, failed, skipped: statuses.length - passed - (failed - broken.length) }
}

/**
 * @param {unknown} report of Playwright's JSON reporter
 * @returns {Count}
 */
export const countPlaywright = (report) => {
  const { stats, errors } = /** @type {{ stats: Record<string, number>, errors?: unknown[] }} */ (report)
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats
  return { passed: expected, failed: unexpected + flaky + (errors?.length ?? 0), skipped }
}

/**
 * What a stage did, from how it ended and what it wrote. A run that ends badly without naming a failure is one failure,
 * and so is a run that executed no test.
 * @param {{ ended: number | null, counted: Count | null }} outcome
 * @returns {Count}
 */
export const judge = ({ ended, counted }) => {
  if (counted === null) return { passed: ended === 0 ? 1 : 0, failed: ended === 0 ? 0 : 1, skipped: 0 }
  const ran = counted.passed + counted.failed > 0
  return ran && (ended === 0 || counted.failed > 0) ? counted : { ...counted, failed: counted.failed + 1 }
}

/**
 * @param {Stage} stage
 * @returns {Count | null}
 */
export const readCount = ({ report, count }) => {
  if (report === undefined || count === undefined) return null
  if (!existsSync(report)) return { passed: 0, failed: 0, skipped: 0 }
  return count(JSON.parse(readFileSync(report, 'utf8')))
}

/**
 * @param {string} project
 * @param {string} title
 * @returns {Stage}
 */
const vitest = (project, title) => {
  const report = join(REPORTS, `${project}.json`)
  return {
    name: project === 'node' ? 'unit' : project,
    title,
    program: 'vitest/vitest.mjs',
    args: [
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    report,
    count: countVitest,
  }
}

/** @type {Stage} */
const e2e = {
  name: 'e2e',
  title: 'The whole app in a browser',
  program: '@playwright/test/cli.js',
  args: ['test', '--reporter=list,json'],
  environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: join(REPORTS, 'e2e.json') },
  report: join(REPORTS, 'e2e.json'),
  count: countPlaywright,
  needs: 'build',
}

/** @type {Stage} */
const build = { name: 'build', title: 'The production build', program: '../scripts/build.mjs', args: [] }

/** @type {Stage[]} */
export const STAGES = [
  { name: 'format', title: 'Format', program: 'prettier/bin/prettier.cjs', args: ['--check', '.'] },
  {
    name: 'lint',
    title: 'Lint',
    program: 'oxlint/bin/oxlint',
    args: ['--type-aware', '--deny-warnings', '--report-unused-disable-directives'],
  },
  { name: 'types', title: 'Types', program: '@typescript/native/bin/tsc', args: ['-b'] },
  vitest('architecture', 'Layers, threads and the rules of the house'),
  { name: 'dead-code', title: 'Dead code', program: 'knip/bin/knip.js', args: ['--no-config-hints'] },
  vitest('node', 'Unit tests in Node'),
  vitest('browser', 'Tests in a browser'),
  build,
  { name: 'size', title: 'Size budget', program: 'size-limit/bin.js', args: [], needs: 'build' },
  e2e,
]

/** Hours rather than minutes: run by themselves, with `npm run test:long`. */
export const LONG_STAGES = [vitest('node', 'Long tests in Node'), build, e2e].map((stage) => ({
  ...stage,
  environment: { ...stage.environment, ASTERISM_LONG: '1' },
}))
