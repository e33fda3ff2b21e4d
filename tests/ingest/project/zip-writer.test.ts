import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { idleTask } from '../../../web/core/task'
import { createZipWriter } from '../../../web/ingest/project/zip-writer'
import { unpack } from '../../../web/ingest/unpack'
import { listZipEntries } from '../../../web/ingest/zip-directory'
import { runOracle } from '../../support/run-oracle'

const folder = mkdtempSync(join(tmpdir(), 'asterism-zip-'))
afterAll(() => rmSync(folder, { recursive: true }))

const NOW = Date.UTC(2026, 1, 28, 21, 14, 36)

const text = (words: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(words)

const noise = (length: number, seed: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(length)
  let state = seed
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[index] = state >>> 24
  }
  return bytes
}

const files: [string, Uint8Array<ArrayBuffer>, boolean][] = [
  ['raw/Hyde/2017-12-19+20/frame.fits', noise(28_800, 7), false],
  ['records/stores/log.jsonl', text('{"id":"log-1","message":"a"}\n'.repeat(4000)), true],
  ['raw/Sternwarte Köln/2025-03-01+02/Stern α Größe.fits', noise(1000, 9), false],
  ['empty.txt', new Uint8Array(0), true],
  ['asterism.json', text('{"format":"asterism-project"}'), true],
]

const writeParts = async (): Promise<Uint8Array<ArrayBuffer>[]> => {
  const parts: Uint8Array<ArrayBuffer>[] = []
  const zip = createZipWriter({ write: (bytes) => Promise.resolve(void parts.push(bytes)) }, NOW)
  for (const [path, bytes, packed] of files) await zip.add(path, [bytes], packed)
  await zip.finish()
  expect(zip.entries).toBe(files.length)
  return parts
}

const PYTHON = `
import sys, zipfile, hashlib, json
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    print(json.dumps([[i.filename, i.file_size, i.compress_type, hashlib.sha256(z.read(i)).hexdigest() if i.file_size < 1e8 else '', list(i.date_time), i.flag_bits] for i in z.infolist()]))
`

const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')

describe('a zip that is written front to back', () => {
  it('gives Python every file: name, bytes, time, the mark of UTF-8; and `unzip -t` finds no fault', async (context) => {
    const path = join(folder, 'plain.zip')
    writeFileSync(path, Buffer.concat(await writeParts()))
    const seen = JSON.parse(runOracle(context, 'python3', ['-c', PYTHON, path])) as unknown[]
    const expected = await Promise.all(
      files.map(async ([name, bytes, packed]) => [
        name,
        bytes.length,
        packed && bytes.length > 0 ? 8 : 0,
        await sha256(bytes),
        [2026, 2, 28, 21, 14, 36],
        0x0800,
      ]),
    )
    expect(seen).toEqual(expected)
    expect(runOracle(context, 'unzip', ['-t', path])).toContain('No errors detected')
  })

  it('comes back through our own reader', async () => {
    const blob = new Blob(await writeParts())
    const found = new Map<string, Uint8Array>()
    for await (const item of unpack({ path: 'p.zip', blob }, idleTask()))
      if ('bytes' in item) found.set(item.path.slice('p.zip/'.length), item.bytes)
    expect([...found]).toEqual(files.map(([name, bytes]) => [name, bytes]))
  })

  it('holds more than 65 535 files', { timeout: 120_000 }, async (context) => {
    const parts: Uint8Array<ArrayBuffer>[] = []
    const zip = createZipWriter({ write: (bytes) => Promise.resolve(void parts.push(bytes)) }, NOW)
    const body = text('x')
    for (let index = 0; index < 66_000; index++) await zip.add(`f/${index}`, [body], false)
    await zip.finish()
    const blob = new Blob(parts)
    const entries = await listZipEntries(blob, 100_000)
    expect(entries).toHaveLength(66_000)
    expect(entries.at(-1)?.path).toBe('f/65999')
    const path = join(folder, 'many.zip')
    writeFileSync(path, new Uint8Array(await blob.arrayBuffer()))
    const count = runOracle(context, 'python3', [
      '-c',
      'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(len(z.infolist()), z.read("f/65999"))',
      path,
    ])
    expect(count.trim()).toBe("66000 b'x'")
  })

  it('holds more than 4 GiB, and a file of more than 4 GiB', { timeout: 300_000 }, async (context) => {
    // Zeros are left out of the file as it is written, which makes it a sparse one: no disk is filled.
    const path = join(folder, 'large.zip')
    const file = openSync(path, 'w')
    const zeros = new Uint8Array(2 ** 28)
    let at = 0
    const zip = createZipWriter(
      {
        write: (bytes) => {
          if (bytes !== zeros) writeSync(file, bytes, 0, bytes.length, at)
          at += bytes.length
          return Promise.resolve()
        },
      },
      NOW,
    )
    await zip.add(
      'large.bin',
      Array.from({ length: 17 }, () => zeros),
      false,
    )
    await zip.add('after.txt', [text('still here')], true)
    await zip.finish()
    closeSync(file)
    const seen = runOracle(context, 'python3', [
      '-c',
      'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); i = z.getinfo("large.bin"); print(i.file_size, i.CRC, z.read("after.txt").decode(), len(z.open("large.bin").read(10)))',
      path,
    ])
    const { crc32 } = await import('../../../web/ingest/crc32')
    const sum = Array.from({ length: 17 }).reduce<number>((before) => crc32(zeros, before), 0)
    expect(seen.trim()).toBe(`${17 * 2 ** 28} ${sum} still here 10`)
    expect(runOracle(context, 'unzip', ['-l', path])).toContain('large.bin')
  })
})
