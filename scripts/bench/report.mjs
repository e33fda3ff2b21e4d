import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {import('./results.mjs').Results} Results
 * @typedef {import('./results.mjs').JobResult} JobResult
 * @typedef {import('./results.mjs').PictureResult} PictureResult
 * @typedef {import('./statistics.mjs').Spread} Spread
 */

const BEGIN = '<!-- bench:begin (written by `npm run bench`; what is outside of these marks stays) -->'
const END = '<!-- bench:end -->'

/** Limits of the picture: milliseconds, and frames per second. */
const FIRST_PICTURE = 250
const FRAME_RATES = { canvas: 30, gpu: 60 }
/** A frame may come a twentieth late and still be in time: clocks of browsers are not exact. */
const SLACK = 1.05

/** @param {number} seconds */
const seconds = (seconds) =>
  seconds < 0.1 ? `${(1000 * seconds).toPrecision(3)} ms` : `${seconds.toFixed(2)} s`

/** @param {Spread | null} spread */
const spread = (spread) =>
  spread === null
    ? '–'
    : spread.runs === 1
      ? seconds(spread.median)
      : `${seconds(spread.median)} (${seconds(spread.min)} to ${seconds(spread.max)})`

/** @param {number | null} ratio */
const times = (ratio) => (ratio === null ? '–' : `${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0)} ×`)

/** @param {boolean | null} reached */
const answer = (reached) => (reached === null ? 'not measured' : reached ? 'reached' : '**missed**')

/** Failure messages go to the screen; in the document there is only that it failed: they may name paths. @param {JobResult} job */
const row = (job) => {
  const { warm, cold, floor, target } = job
  if (job.failure !== null) return [job.name, 'no result', '', '', '', target.words, 'not measured']
  return [
    job.name,
    spread(warm),
    spread(cold),
    warm === null ? '–' : `${seconds(floor)}, ${times(warm.median / floor)}`,
    target.tool === null ? '–' : `${target.tool}: ${times(target.ratio)}`,
    target.words,
    answer(target.reached),
  ]
}

/** @param {readonly (readonly string[])[]} rows */
const table = (rows) => {
  const [head = [], ...body] = rows
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** @param {readonly JobResult[]} jobs */
const peerRows = (jobs) =>
  jobs.flatMap(({ name, peers, warm, failure }) =>
    peers.map(({ tool, spread: times_ }) => [
      name,
      tool,
      spread(times_),
      warm === null || failure !== null ? '–' : times(times_.median / warm.median),
    ]),
  )

/** @param {PictureResult} picture */
export const judgePicture = ({ firstPicture, frames, gpu }) => {
  const rows = [
    [
      'first picture of a dropped 4096 × 4096 uint16 frame',
      firstPicture === null
        ? '–'
        : `${firstPicture.median.toFixed(0)} ms (${firstPicture.min.toFixed(0)} to ${firstPicture.max.toFixed(0)})`,
      `${FIRST_PICTURE} ms`,
      answer(firstPicture === null ? null : firstPicture.median <= FIRST_PICTURE),
    ],
  ]
  for (const each of frames) {
    const rate = each.renderer.startsWith('WebGPU') ? FRAME_RATES.gpu : FRAME_RATES.canvas
    rows.push([
      `${each.gesture} on 9576 × 6388 pixels, ${each.renderer}`,
      `median ${each.median.toFixed(1)} ms, 95 % within ${each.p95.toFixed(1)} ms, worst ${each.worst.toFixed(1)} ms; ${(100 * each.late).toFixed(1)} % over 33 ms`,
      `${rate} frames per second`,
      answer(each.p95 <= (SLACK * 1000) / rate),
    ])
  }
  if (gpu !== null)
    rows.push([`pan and zoom with WebGPU`, gpu, `${FRAME_RATES.gpu} frames per second`, 'not measured'])
  return rows
}

/** Seconds. */
const SOLVE_LIMITS = { hinted: 0.3, blind: 5 }

/** @param {import('./results.mjs').SolveResult} solve */
const solveRows = ({ hinted, blind, frames }) =>
  /** @type {const} */ ([
    ['hinted', hinted, 'from the header of the frame'],
    ['blind', blind, 'over the whole sky, scale known to a factor of 1.5'],
  ]).map(([kind, times, words]) => [
    `plate solving ${words}`,
    times === null ? '–' : `${spread(times)}; ${times.runs} of ${frames} solved`,
    `${seconds(SOLVE_LIMITS[kind])} in the middle`,
    answer(times === null ? null : times.median <= SOLVE_LIMITS[kind]),
  ])

/** @param {Results} results */
const writeMachine = ({ machine, runs }) =>
  [
    `${machine.processor}, ${machine.cores} cores, ${machine.system}; ${machine.browser}, headless, ${machine.workers} workers.`,
    `Cold: the first run in a page that has just been loaded, ${runs.rounds} of them. Warm: the median of ${runs.rounds * runs.warmRuns} runs after it, least and most in brackets.`,
    `Floor: the time that ${machine.workers} workers of the same browser take to copy as many bytes as the job must read and write, at the ${(machine.bytesPerSecond / 1e9).toFixed(1)} GB/s that they reach.`,
  ].join('\n')

/** @param {Results} results */
const writeTables = (results) => {
  const { jobs, picture, solve, missingPeers } = results
  const head = ['job', 'warm', 'cold', 'floor, and ours to it', 'peer, and it to ours', 'target', '']
  const parts = [writeMachine(results), table([head, ...jobs.map(row)])]
  parts.push(jobs.map(({ name, what }) => `- ${name}: ${what}.`).join('\n'))
  const peers = peerRows(jobs)
  if (peers.length > 0) {
    parts.push('All peers of the same run, each with the time of its whole process:')
    parts.push(table([['job', 'peer', 'time', 'it to ours'], ...peers]))
  }
  if (missingPeers.length > 0) parts.push(`Not on this machine: ${missingPeers.join(', ')}.`)
  if (picture !== null) parts.push(table([['picture', 'measured', 'target', ''], ...judgePicture(picture)]))
  if (solve !== null) parts.push(table([['sky', 'measured', 'target', ''], ...solveRows(solve)]))
  return parts.join('\n\n')
}

/** @param {Results} results */
export const printTables = (results) => console.log(`\n${writeTables(results)}`)

/**
 * What was compared in each job, or why there is no result.
 * @param {Results} results
 */
export const printChecks = ({ jobs, picture, solve }) => {
  console.log('')
  for (const { name, failure, checked } of jobs) {
    console.log(
      failure === null ? `${name}: ${checked ?? 'not checked'}` : `${name}: not there yet: ${failure}`,
    )
  }
  for (const failure of picture?.failures ?? []) console.log(`picture: not there yet: ${failure}`)
  for (const failure of solve?.failures ?? []) console.log(`solve: not there yet: ${failure}`)
  for (const refused of solve?.refused ?? []) console.log(`solve: refused: ${refused}`)
}

/**
 * Puts the tables between the marks of the document, which is begun where there is none.
 * @param {string} before
 * @param {string} tables
 */
export const replaceTables = (before, tables) => {
  const block = `${BEGIN}\n\n${tables}\n\n${END}`
  const start = before.indexOf('<!-- bench:begin')
  const end = before.indexOf(END)
  if (start < 0 || end < start) return `${before.trimEnd()}\n\n${block}\n`
  return before.slice(0, start) + block + before.slice(end + END.length)
}

/**
 * @param {Results} results
 * @param {string} folder
 */
export const writeResults = async (results, folder) => {
  const prettier = await import('prettier')
  mkdirSync(folder, { recursive: true })
  const document = join(folder, 'performance.md')
  const settings = (await prettier.resolveConfig(document)) ?? {}
  const before = existsSync(document) ? readFileSync(document, 'utf8') : '# Performance'
  const text = replaceTables(before, writeTables(results))
  writeFileSync(document, await prettier.format(text, { ...settings, parser: 'markdown' }))
  const { picture, solve } = results
  const shown = {
    ...results,
    jobs: results.jobs.map(({ failure, ...job }) => ({ ...job, failed: failure !== null })),
    picture: picture === null ? null : { ...picture, failures: picture.failures.length },
    solve:
      solve === null ? null : { ...solve, refused: solve.refused.length, failures: solve.failures.length },
  }
  const json = await prettier.format(JSON.stringify(shown), { ...settings, parser: 'json' })
  writeFileSync(join(folder, 'performance.json'), json)
  return document
}
