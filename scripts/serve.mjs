import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { headerPolicy } from './content-security-policy.mjs'

/** @type {Record<string, string>} */
const MIME_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.wgsl': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.zip': 'application/zip',
  '.gz': 'application/gzip',
  '.fits': 'application/fits',
  '.fz': 'application/fits',
}

/** File names that carry a content hash never change: only these may be kept by a browser. */
const HASHED_NAME = /[/\\]assets[/\\].+-[\w-]{8}\.\w+$/

/** Isolation lets threads share memory; the policy stands in the page as well. */
const GUARDS = {
  'Content-Security-Policy': headerPolicy(),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

/** @param {string} path */
const fileHeaders = (path) => ({
  'Accept-Ranges': 'bytes',
  'Cache-Control': HASHED_NAME.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
  'Content-Type': MIME_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
})

/**
 * The file that an address means, or null when there is none or it lies outside the folder (also through a link).
 * @param {string} root real path of the folder that is served
 * @param {string} address path and query as they were asked for
 */
const findFile = async (root, address) => {
  let name
  try {
    name = decodeURIComponent(address.split(/[?#]/, 1)[0] ?? '/')
  } catch {
    return null
  }
  if (name.includes('\0') || name.includes('\\')) return null
  const wanted = resolve(root, `.${name.endsWith('/') ? `${name}index.html` : name}`)
  try {
    const path = await realpath(wanted)
    if (!path.startsWith(root + sep)) return null
    const info = await stat(path)
    return info.isFile() ? { path, size: info.size } : null
  } catch {
    return null
  }
}

/**
 * One byte range as RFC 9110 section 14 has it. Several ranges are answered with the whole file, which is allowed.
 * @param {string | undefined} header
 * @param {number} size
 * @returns {{ first: number, last: number } | 'whole' | 'unsatisfiable'}
 */
export const parseRange = (header, size) => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (match === null || (match[1] === '' && match[2] === '')) return 'whole'
  if (match[1] === '') {
    const suffix = Math.min(Number(match[2]), size)
    return suffix === 0 ? 'unsatisfiable' : { first: size - suffix, last: size - 1 }
  }
  const first = Number(match[1])
  const last = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)
  if (match[2] !== '' && Number(match[2]) < first) return 'whole'
  return first >= size ? 'unsatisfiable' : { first, last }
}

/**
 * @typedef {{ root: string, guards: Record<string, string> }} Site
 * @param {Site} site
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
const answer = async ({ root, guards }, request, response) => {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD', 'Content-Type': 'text/plain' }).end('Only GET and HEAD.\n')
    return
  }
  const file = await findFile(root, request.url ?? '/')
  if (file === null) {
    response
      .writeHead(404, { ...guards, 'Content-Type': 'text/plain; charset=utf-8' })
      .end('There is no such file.\n')
    return
  }
  const headers = { ...guards, ...fileHeaders(file.path) }
  const range = parseRange(request.headers.range, file.size)
  if (range === 'unsatisfiable') {
    response.writeHead(416, { ...headers, 'Content-Range': `bytes */${file.size}` }).end()
    return
  }
  const { first, last } = range === 'whole' ? { first: 0, last: file.size - 1 } : range
  const partial = range === 'whole' ? {} : { 'Content-Range': `bytes ${first}-${last}/${file.size}` }
  response.writeHead(range === 'whole' ? 200 : 206, {
    ...headers,
    ...partial,
    'Content-Length': last - first + 1,
  })
  if (request.method === 'HEAD' || file.size === 0) {
    response.end()
    return
  }
  const stream = createReadStream(file.path, { start: first, end: last })
  stream.on('error', () => response.destroy())
  response.on('close', () => stream.destroy())
  stream.pipe(response)
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @returns {Promise<boolean>} false when another program has the port
 */
const listen = (server, port) =>
  new Promise((done, fail) => {
    /** @param {NodeJS.ErrnoException} error */
    const refuse = (error) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? done(false) : fail(error)
    server.once('error', refuse)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', refuse)
      done(true)
    })
  })

/**
 * Serves a folder on 127.0.0.1, on the first free port from `port` on (0: any). With `plain` it sends no headers that
 * protect or isolate, as a host does that knows nothing of the app.
 * @param {{ root: string, port?: number, plain?: boolean }} options
 * @returns {Promise<{ address: string, close: () => Promise<void> }>}
 */
export const startServer = async ({ root, port = 4173, plain = false }) => {
  const site = { root: await realpath(resolve(root)), guards: plain ? {} : GUARDS }
  const server = createServer((request, response) => {
    answer(site, request, response).catch(() => {
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
  })
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (!(await listen(server, port === 0 ? 0 : port + attempt))) continue
    const bound = server.address()
    if (bound === null || typeof bound === 'string') break
    return {
      address: `http://127.0.0.1:${bound.port}/`,
      close: () =>
        new Promise((done) => {
          server.close(() => done())
          server.closeAllConnections()
        }),
    }
  }
  throw new Error(`No free port from ${port} on.`)
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('../dist/', import.meta.url))
  const { address } = await startServer({ root, port: Number(process.env['PORT'] ?? 4173) })
  console.log(`Serving dist at ${address}`)
}
