import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseRange, startServer } from '../../scripts/serve.mjs'

interface Reply {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

let folder: string
let server: Awaited<ReturnType<typeof startServer>>

/** Sends the path as it is, dots and all, which `fetch` would tidy up. */
const ask = (path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Reply> =>
  new Promise((done, fail) => {
    const { hostname, port } = new URL(server.address)
    const asked = request({ hostname, port, path, method, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (body += chunk))
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    asked.on('error', fail)
    asked.end()
  })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'asterism serve ü '))
  const root = join(folder, 'dist')
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(join(root, 'index.html'), '<title>page</title>')
  writeFileSync(join(root, 'assets', 'kernel-AbCd_123.wasm'), '0123456789')
  writeFileSync(join(root, 'a b ü.txt'), 'text')
  writeFileSync(join(root, 'empty.txt'), '')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  mkdirSync(join(folder, 'dist-neighbour'))
  writeFileSync(join(folder, 'dist-neighbour', 'secret.txt'), 'secret')
  symlinkSync(join(folder, 'secret.txt'), join(root, 'link.txt'))
  server = await startServer({ root, port: 0 })
})

afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

describe('our own server', () => {
  it('sends the page for the folder, with the policy and isolation', async () => {
    const { status, headers, body } = await ask('/?demo=transit')
    expect({ status, body }).toEqual({ status: 200, body: '<title>page</title>' })
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['content-security-policy']).not.toContain('unsafe-inline')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp')
    expect(headers['cache-control']).toBe('no-cache')
  })

  it('sends WebAssembly as such, and lets a hashed name be kept', async () => {
    const { headers } = await ask('/assets/kernel-AbCd_123.wasm')
    expect(headers['content-type']).toBe('application/wasm')
    expect(headers['cache-control']).toContain('immutable')
  })

  it('knows names with spaces and umlauts', async () => {
    expect((await ask('/a%20b%20%C3%BC.txt')).body).toBe('text')
  })

  it('answers HEAD without a body, and an empty file with none', async () => {
    const { status, headers, body } = await ask('/assets/kernel-AbCd_123.wasm', 'HEAD')
    expect({ status, length: headers['content-length'], body }).toEqual({
      status: 200,
      length: '10',
      body: '',
    })
    expect(await ask('/empty.txt')).toMatchObject({ status: 200, body: '' })
  })

  it.each([
    ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=0-1,4-5', 200, '0123456789', undefined],
  ])('range %s', async (range, status, body, contentRange) => {
    const reply = await ask('/assets/kernel-AbCd_123.wasm', 'GET', { Range: range })
    expect({ status: reply.status, body: reply.body }).toEqual({ status, body })
    expect(reply.headers['content-range']).toBe(contentRange)
  })

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/../dist-neighbour/secret.txt',
    '/..%5csecret.txt',
    '/link.txt',
    '/assets',
    '/nothing.txt',
    '/%',
    '/%00',
  ])('there is nothing at %s', async (path) => {
    expect(await ask(path)).toMatchObject({ status: 404, body: 'There is no such file.\n' })
  })

  it('changes nothing', async () => {
    expect(await ask('/', 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
  })

  it('takes the next port when one is in use', async () => {
    const port = Number(new URL(server.address).port)
    const second = await startServer({ root: join(folder, 'dist'), port })
    expect(Number(new URL(second.address).port)).toBeGreaterThan(port)
    await second.close()
  })
})

describe('a byte range', () => {
  it.each([
    [undefined, 10, 'whole'],
    ['bytes=-', 10, 'whole'],
    ['items=0-1', 10, 'whole'],
    ['bytes=5-4', 10, 'whole'],
    ['bytes=-0', 10, 'unsatisfiable'],
    ['bytes=-99', 10, { first: 0, last: 9 }],
    ['bytes=0-0', 0, 'unsatisfiable'],
  ])('%s of %i bytes', (header, size, expected) => {
    expect(parseRange(header, size)).toEqual(expected)
  })
})
