import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { prepareTools } from './reexecute.mjs'
import { startServer } from './serve.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

const USAGE = `npm start -- [--no-open] [--port 4173]
Builds the app where needed, serves it on this machine and opens it in a browser.`

const readOptions = () => {
  const { values } = parseArgs({
    options: {
      'no-open': { type: 'boolean', default: false },
      port: { type: 'string', default: '4173' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${values.port} is not a port.\n${USAGE}`)
  return { open: !values['no-open'], port, help: values.help }
}

/** True where somebody sits in front of a desktop. */
const hasDesktop = () => {
  if ((process.env['CI'] ?? '') !== '') return false
  if (process.platform === 'win32' || process.platform === 'darwin') return true
  return (process.env['DISPLAY'] ?? '') !== '' || (process.env['WAYLAND_DISPLAY'] ?? '') !== ''
}

/** @param {string} address */
const openBrowser = (address) => {
  /** @type {[string, string[]]} */
  const [program, args] =
    process.platform === 'win32'
      ? ['cmd', ['/c', 'start', '', address]]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', [address]]
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  // Without such a program the printed address is enough.
  child.on('error', () => undefined)
  child.unref()
}

const main = async () => {
  const options = readOptions()
  if (options.help) {
    console.log(USAGE)
    return
  }
  if (!prepareTools()) return
  const { build, isBuilt } = await import('./build.mjs')
  if (!isBuilt()) build()
  const server = await startServer({ root: join(ROOT, 'dist'), port: options.port })
  console.log(`\nAsterism is at        ${server.address}`)
  console.log(`With simulated frames ${server.address}?demo=transit`)
  console.log('Ctrl+C ends it.')
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    // Twice from a terminal, directly and through the parent: the second must not cut the first short.
    process.on(signal, () => void server.close().then(() => process.exit(0)))
  }
  if (options.open && hasDesktop()) openBrowser(server.address)
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
