import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/**
 * Wall-clock seconds of one tool on one job, all of its process with reading and writing, or why there are none.
 * @typedef {{ job: string, tool: string, seconds: number | null, failure: string | null }} PeerTime
 *
 * @typedef {import('./data-set.mjs').DataSet} DataSet
 */

/** Their names of jobs, in ours. @param {string} job */
const nameJob = (job) => job.replace(', written', '').replace('sclip', 'sigma-clip')

/**
 * Lines such as `J1 masters | siril sigma, 2 threads | 3.031 s` and `skipped: no siril-cli`.
 * @param {string} output of peers.sh
 * @returns {{ times: PeerTime[], skipped: string[] }}
 */
export const parsePeers = (output) => {
  /** @type {PeerTime[]} */
  const times = []
  /** @type {string[]} */
  const skipped = []
  for (const line of output.split('\n')) {
    const [job, tool, result] = line.split(' | ').map((part) => part.trim())
    const missing = /^skipped: no (?:python module )?(.+)$/.exec(line)
    if (missing !== null) skipped.push(missing[1] ?? '')
    if (job === undefined || tool === undefined || result === undefined) continue
    const seconds = /^([\d.]+) s$/.exec(result)
    times.push({
      job: nameJob(job),
      tool,
      seconds: seconds === null ? null : Number(seconds[1]),
      failure: seconds === null ? result.replace(/^failed: */, '') : null,
    })
  }
  return { times, skipped }
}

/**
 * Runs the script of the native peers once over all of its jobs.
 * @param {{ script: string, set: DataSet, work: string, python: string }} options
 */
export const runPeersScript = ({ script, set, work, python }) => {
  const { stdout, error } = spawnSync('bash', [script, set.folder, work, '1'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PYTHON: python },
  })
  if (error !== undefined) throw error
  return parsePeers(stdout)
}

/** @param {string} program */
export const isInstalled = (program) =>
  spawnSync(process.platform === 'win32' ? 'where' : 'which', [program], { stdio: 'ignore' }).status === 0

/**
 * @param {{ job: string, tool: string, command: string, args: string[], folder: string }} what
 * @returns {PeerTime}
 */
const timeProcess = ({ job, tool, command, args, folder }) => {
  const begin = performance.now()
  const { status, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const seconds = (performance.now() - begin) / 1000
  const failure = status === 0 ? null : (stderr.trim().split('\n').at(-1) ?? `ended with ${status}`)
  return { job, tool, seconds: failure === null ? seconds : null, failure }
}

/** Columns and filter of source-extractor; apertures are given by their diameters. */
const SEXTRACTOR_COLUMNS = 'NUMBER\nX_IMAGE\nY_IMAGE\nFLUX_APER(3)\nFLUXERR_APER(3)\nBACKGROUND\nFLAGS\n'
const SEXTRACTOR_FILTER = 'CONV NORM\n1 2 1\n2 4 2\n1 2 1\n'
const SEXTRACTOR_OPTIONS = {
  PARAMETERS_NAME: 'columns.param',
  FILTER_NAME: 'filter.conv',
  CATALOG_NAME: 'stars.cat',
  CATALOG_TYPE: 'FITS_1.0',
  DETECT_THRESH: '5',
  ANALYSIS_THRESH: '5',
  BACK_SIZE: '64',
  BACK_FILTERSIZE: '3',
  BACKPHOTO_TYPE: 'LOCAL',
  BACKPHOTO_THICK: '24',
  PHOT_APERTURES: '8,12,18',
  GAIN: '1.5',
  VERBOSE_TYPE: 'QUIET',
}

/**
 * Detection and three apertures on the first light that the peers have calibrated.
 * @param {string} work of the peers
 * @returns {PeerTime[]}
 */
export const timeSourceExtractor = (work) => {
  const program = ['source-extractor', 'sex'].find(isInstalled)
  const frame = join(work, 'cal', 'light_00001.fits')
  if (program === undefined || !existsSync(frame)) return []
  const folder = join(work, 'source-extractor')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'columns.param'), SEXTRACTOR_COLUMNS)
  writeFileSync(join(folder, 'filter.conv'), SEXTRACTOR_FILTER)
  writeFileSync(join(folder, 'default.sex'), '')
  const args = Object.entries(SEXTRACTOR_OPTIONS).flatMap(([name, value]) => [`-${name}`, value])
  const [job, tool] = ['J5 detect + photometry', 'source-extractor']
  return [timeProcess({ job, tool, command: program, args: [frame, '-c', 'default.sex', ...args], folder })]
}

/**
 * @param {string} work
 * @param {string} compressed path
 * @param {number} size
 * @returns {PeerTime[]}
 */
export const timeFunpack = (work, compressed, size) => {
  if (!isInstalled('funpack')) return []
  mkdirSync(work, { recursive: true })
  const target = join(work, `unpacked-${size}.fits`)
  rmSync(target, { force: true })
  const args = ['-O', target, compressed]
  return [timeProcess({ job: `J7 Rice ${size}`, tool: 'funpack', command: 'funpack', args, folder: work })]
}

const SIRIL_STACKS = { median: 'stack light_ med', 'sigma-clip': 'stack light_ rej s 3 3' }

/**
 * Stacks of the large frames as the camera gave them, with the commands that the peers' script has for small ones.
 * @param {string} work
 * @param {DataSet} set
 * @param {number} threads
 * @returns {PeerTime[]}
 */
export const timeSirilStacks = (work, set, threads) => {
  if (!isInstalled('siril-cli')) return []
  return Object.entries(SIRIL_STACKS).map(([combine, command]) => {
    const folder = join(work, 'siril-large')
    // Anew each time: siril keeps lists of frames, and answers from them.
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    for (const path of set.frames.light) {
      symlinkSync(path, join(folder, basename(path).replace(/\.fits$/, '.fit')))
    }
    const script = ['requires 1.0.0', `setcpu ${threads}`, 'set32bits', `${command} -nonorm -out=m`, 'close']
    writeFileSync(join(folder, 'stack.ssf'), `${script.join('\n')}\n`)
    return timeProcess({
      job: `big stack 20, ${combine}`,
      tool: `siril, ${threads} threads`,
      command: 'siril-cli',
      args: ['-d', '.', '-s', 'stack.ssf'],
      folder,
    })
  })
}
