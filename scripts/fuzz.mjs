import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundleWorker, ROOT } from './fuzz/bundle.mjs'
import { minimiseInput } from './fuzz/minimise.mjs'
import { prepareTools } from './reexecute.mjs'
import { listTargets, runFuzz } from './fuzz/run-fuzz.mjs'

/** @typedef {import('./fuzz/run-fuzz.mjs').TargetFigures} TargetFigures */
/** @typedef {import('./fuzz/fuzz-process.mjs').Failure} Failure */

const HELP = `Gives hostile input to every reader, until it is stopped or the time is over.
  --minutes N   how long; without it, until Ctrl+C
  --seconds N   the same in seconds
  --inputs N    so many for each target, instead of a time
  --seed N      the first seed (default 1); a failure names its own
  --target T    only these targets, with commas between them
  --jobs N      processes (default: all processors)
  --save        keep a small input of each failure in tests/fuzz/cases
With --seed N --target T --inputs 1 one case is given again.`

const readOptions = () => {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string' },
      seconds: { type: 'string' },
      inputs: { type: 'string' },
      seed: { type: 'string', default: '1' },
      target: { type: 'string' },
      jobs: { type: 'string', default: String(availableParallelism()) },
      save: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  /** @param {string | undefined} text */
  const whole = (text) => {
    const number = Number(text)
    if (!Number.isInteger(number) || number < 0)
      throw new Error(`"${text}" is not a whole number.\n\n${HELP}`)
    return number
  }
  return {
    help: values.help,
    save: values.save,
    targets: values.target?.split(','),
    seed: whole(values.seed),
    jobs: Math.max(1, whole(values.jobs)),
    ...(values.minutes === undefined ? {} : { seconds: 60 * whole(values.minutes) }),
    ...(values.seconds === undefined ? {} : { seconds: whole(values.seconds) }),
    ...(values.inputs === undefined ? {} : { inputs: whole(values.inputs) }),
  }
}

/** @param {number} bytes */
const inMegabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`

/** @param {readonly TargetFigures[]} figures */
const printTable = (figures) => {
  console.log(
    `\n${'target'.padEnd(14)}${'inputs'.padStart(10)}${'per s'.padStart(9)}${'failures'.padStart(10)}` +
      `${'slowest'.padStart(12)}${'largest piece'.padStart(15)}`,
  )
  for (const { target, inputs, seconds, failures, slowest, largest } of figures) {
    console.log(
      target.padEnd(14) +
        String(inputs).padStart(10) +
        String(Math.round(inputs / Math.max(seconds, 1e-3))).padStart(9) +
        String(failures.length).padStart(10) +
        `${slowest.milliseconds.toFixed(0)} ms`.padStart(12) +
        inMegabytes(largest.bytes).padStart(15) +
        `  (seeds ${slowest.seed}, ${largest.seed})`,
    )
  }
}

/**
 * One of each kind of failure: the same fault at the same place is the same.
 * @param {readonly TargetFigures[]} figures
 */
const gatherKinds = (figures) => {
  /** @type {Map<string, Failure & { times: number }>} */
  const kinds = new Map()
  for (const failure of figures.flatMap(({ failures }) => failures)) {
    const key = `${failure.target} ${failure.fault.replace(/\d+/g, '#')}`
    const known = kinds.get(key)
    if (known === undefined) kinds.set(key, { ...failure, times: 1 })
    else known.times += 1
  }
  return [...kinds.values()]
}

/** @param {string} file @param {{ target: string, seed: number, fault: string }} failure */
const saveCase = async (file, failure) => {
  const input = await minimiseInput(file, failure)
  const folder = join(ROOT, 'tests/fuzz/cases')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${failure.target}-${failure.seed}.json`)
  const words = failure.fault.split('\n')[0]
  const base64 = Buffer.from(input).toString('base64')
  writeFileSync(path, `${JSON.stringify({ target: failure.target, fault: words, base64 }, null, 2)}\n`)
  console.log(`kept as ${path} (${input.length} bytes)`)
}

const run = async () => {
  const { help, save, targets: wanted, ...plan } = readOptions()
  if (help) {
    console.log(HELP)
    return
  }
  const file = await bundleWorker('fuzz')
  const known = await listTargets(file)
  const unknown = wanted?.filter((name) => !known.includes(name)) ?? []
  if (unknown.length > 0)
    throw new Error(`There is no target ${unknown.join(', ')}. Targets: ${known.join(', ')}.`)
  const stopped = new AbortController()
  process.once('SIGINT', () => stopped.abort())
  let last = 0
  const { figures, seconds, rss } = await runFuzz({
    ...plan,
    file,
    targets: wanted ?? known,
    signal: stopped.signal,
    report: (now, elapsed) => {
      if (elapsed - last < 10) return
      last = elapsed
      const inputs = now.reduce((sum, each) => sum + each.inputs, 0)
      const failures = now.reduce((sum, each) => sum + each.failures.length, 0)
      console.log(
        `${elapsed.toFixed(0)} s: ${inputs} inputs, ${Math.round(inputs / elapsed)} a second, ${failures} failures`,
      )
    },
  })
  printTable(figures)
  for (const failure of gatherKinds(figures)) {
    console.log(
      `\n${failure.times} x in ${failure.target}; again with: npm run fuzz -- --target ${failure.target} --seed ${failure.seed} --inputs 1`,
    )
    console.log(failure.fault)
    if (save) await saveCase(file, failure)
  }
  const inputs = figures.reduce((sum, each) => sum + each.inputs, 0)
  const failures = figures.reduce((sum, each) => sum + each.failures.length, 0)
  console.log(
    `\n${seconds.toFixed(1)} s, ${Math.round(inputs / seconds)} inputs a second, memory of a process ${inMegabytes(rss)}`,
  )
  console.log(`${inputs} inputs, ${failures} failures`)
  process.exitCode = failures === 0 ? 0 : 1
}

try {
  if (prepareTools()) await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
