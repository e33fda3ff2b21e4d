import { parseArgs } from 'node:util'

export const USAGE = `npm run bench -- [options]
Times the jobs of the bench in a real browser and writes docs/performance.md and docs/performance.json.

  --peers          time the native peers in the same run, and print ratios to them
  --data FOLDER    frames of 2048 x 2048 that are there already (else they are made, in .cache/bench)
  --large FOLDER   frames of 4096 x 4096 that are there already
  --workers N      workers of the app and threads of the peers (2)
  --rounds N       rounds of peers and jobs in turn (3 with --peers, else 1)
  --runs N         warm runs of each job in all (5)
  --only NAMES     such as J1,J3,big,picture,frames,solve: nothing is written then
  --short          all jobs once on tiny frames, nothing is written: does the bench still work?
  --site FOLDER    a build of the app to measure (dist, built where needed)
  --out FOLDER     write performance.md and performance.json there instead`

/**
 * @param {string} name
 * @param {string} text
 */
const parseCount = (name, text) => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 64)
    throw new Error(`--${name} ${text}: a number from 1 to 64 is wanted`)
  return value
}

/** @param {readonly string[]} args */
export const readOptions = (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      peers: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      data: { type: 'string' },
      large: { type: 'string' },
      site: { type: 'string' },
      out: { type: 'string' },
      only: { type: 'string' },
      workers: { type: 'string', default: '2' },
      runs: { type: 'string', default: '5' },
      rounds: { type: 'string' },
    },
  })
  const rounds = parseCount('rounds', values.rounds ?? (values.peers ? '3' : '1'))
  return {
    peers: values.peers && !values.short,
    short: values.short,
    help: values.help,
    data: values.data ?? null,
    large: values.large ?? null,
    site: values.site ?? null,
    out: values.out ?? null,
    only: values.only?.split(',').map((name) => name.trim().toLowerCase()) ?? null,
    workers: parseCount('workers', values.workers),
    rounds: values.short ? 1 : rounds,
    /** Of each round. */
    warmRuns: values.short ? 0 : Math.ceil(parseCount('runs', values.runs) / rounds),
  }
}

/** @typedef {ReturnType<typeof readOptions>} Options */
