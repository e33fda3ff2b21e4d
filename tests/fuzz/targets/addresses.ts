import { idleTask } from '../../../web/core/task'
import { fetchUrl } from '../../../web/ingest'
import { mutateJson } from '../mutate-json'
import { CORPUS } from '../fits-corpus'
import { assembleFits } from '../fits-parts'
import { chance, pick } from '../pick'
import { changeText } from '../mutate-text'
import { promise, type FuzzTarget } from '../target'

const MOST_BYTES = 20_000
const BODIES = CORPUS.slice(0, 20).map((parts) => assembleFits(parts).subarray(0, 30_000))

interface Answer {
  readonly url: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: number
  readonly pieces: number
}

const ADDRESSES = [
  'https://example.org/data/light_001.fits?x=1#a',
  ' //example.org/%2e%2e/%2Fetc%2fpasswd',
  'data:application/fits;base64,U0lNUExF',
  'ftp://example.org/a.fits',
  'https://user:pass@[::1]:99999/ä%ff.fits',
  'javascript:alert(1)',
]
const DISPOSITIONS = [
  'attachment; filename="night 1.fits"',
  "attachment; filename*=UTF-8''n%C3%A4cht.fits; filename=other.fits",
  'attachment; filename="..\\\\..\\\\a\\"b.fits"',
  "filename*=x''%zz%2F..%2F",
]
const ANSWERS: readonly unknown[] = ADDRESSES.flatMap((url) =>
  DISPOSITIONS.map((disposition, index) => ({
    url,
    status: [200, 200, 404, 206][index],
    headers: { 'content-disposition': disposition, 'content-length': ['5760', '1e9', '-1', 'x'][index] },
    body: index,
    pieces: 1 + index,
  })),
)
const WORDS = [
  'https://',
  'http:',
  'blob:',
  '//',
  '/',
  '..',
  '%2F',
  '%',
  '?',
  '#',
  '@',
  ':',
  '"',
  '\\',
  ';',
  'filename=',
  "filename*=UTF-8''",
]

const isAnswer = (value: unknown): value is Answer => {
  const { url, status, headers, body, pieces } = (value ?? {}) as Partial<Answer>
  return (
    typeof url === 'string' &&
    Number.isInteger(status) &&
    typeof headers === 'object' &&
    Number.isInteger(body) &&
    Number.isInteger(pieces)
  )
}

/** What a server sends, as far as a browser would let it through. */
const respond = ({ status, headers, body, pieces }: Answer): Response => {
  const bytes = BODIES[Math.abs(body) % BODIES.length]!
  const step = Math.max(1, Math.ceil(bytes.length / Math.max(1, Math.min(50, pieces))))
  const starts = Array.from({ length: Math.ceil(bytes.length / step) }, (_, index) => index * step)
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const start of starts) controller.enqueue(bytes.subarray(start, start + step))
      controller.close()
    },
  })
  const known = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    try {
      known.set(name, value)
    } catch {
      // No server can send it.
    }
  }
  return new Response(stream, { status: Math.min(599, Math.max(200, status)), headers: known })
}

/** Addresses from a link or typed in, and what comes from there: a file with a name that leads nowhere, within its bound, or words. */
export const addresses: FuzzTarget = {
  name: 'addresses',
  make: (random) => {
    const answer = pick(random, ANSWERS) as Answer
    const hurt = (text: string): string => (chance(random, 0.7) ? changeText(random, text, WORDS) : text)
    const disposition = hurt(answer.headers['content-disposition'] ?? '')
    const changed = {
      ...answer,
      url: hurt(answer.url),
      headers: { ...answer.headers, 'content-disposition': disposition },
    }
    return chance(random, 0.3)
      ? mutateJson(random, [changed])
      : new TextEncoder().encode(JSON.stringify(changed))
  },
  run: async (input) => {
    let answer: unknown
    try {
      answer = JSON.parse(new TextDecoder().decode(input))
    } catch {
      return
    }
    if (!isAnswer(answer) || [204, 205, 304].includes(answer.status)) return
    const wanted = answer
    const { path, blob } = await fetchUrl(wanted.url, idleTask(), {
      fetch: () => Promise.resolve(respond(wanted)),
      maxBytes: MOST_BYTES,
      origin: 'https://asterism.example',
    })
    promise(path !== '' && !/[/\\]/.test(path), `a file is called ${path}`)
    promise(blob.size <= MOST_BYTES, `${blob.size} bytes came`)
  },
}
