import { AsterismError, createAbortError, isAbortError } from '../../core/errors'
import { throwIfAborted, type Task } from '../../core/task'

export type Fetch = typeof globalThis.fetch

export interface ReplyOptions {
  readonly fetch?: Fetch
  /** Posted as a form; without one the address is asked. */
  readonly form?: URLSearchParams
  /** Milliseconds from the question to the last byte. */
  readonly timeout?: number
  /** Bytes; a longer answer is broken off. */
  readonly maxBytes?: number
  /** What is shown while it is waited for: who is asked. */
  readonly label: string
}

/** Sorting a crowded field may take a service half a minute. */
const DEFAULT_TIMEOUT = 60_000
const DEFAULT_MAX_BYTES = 64 * 2 ** 20

export interface Reply {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly status: number
}

const explainSilence = (host: string, cause: unknown): AsterismError => {
  // Where nobody tells (undefined), the line counts as up.
  const onLine = (globalThis.navigator as { readonly onLine?: boolean } | undefined)?.onLine
  return onLine === false
    ? new AsterismError(
        'fetch-network',
        `${host} cannot be asked: this machine is off line. Connect it and try again.`,
        { host },
        cause,
      )
    : new AsterismError(
        'fetch-cors',
        `${host} gave no answer that this page may read. Either it cannot be reached now, or it lets no other pages ask it (CORS). ` +
          'Try again later, or set another address in Settings.',
        { host },
        cause,
      )
}

const readBytes = async (
  response: Response,
  task: Task,
  { label, maxBytes = DEFAULT_MAX_BYTES }: ReplyOptions,
): Promise<Uint8Array<ArrayBuffer>> => {
  const announced = Number(response.headers.get('content-length') ?? 0)
  const refuse = (): AsterismError =>
    new AsterismError(
      'too-large',
      `The answer of ${label} is larger than ${Math.round(maxBytes / 2 ** 20)} MB. Ask for a smaller field or fewer stars.`,
      { limit: maxBytes },
    )
  if (announced > maxBytes) throw refuse()
  const reader = response.body?.getReader()
  if (reader === undefined) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let received = 0
  try {
    for (;;) {
      throwIfAborted(task)
      const { done, value } = await reader.read()
      if (done) break
      received += value.length
      if (received > maxBytes) throw refuse()
      chunks.push(value)
      task.report({ label, done: received, total: Math.max(announced, received) })
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
  const bytes = new Uint8Array(received)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

/**
 * Asks a service and gives its answer whole, within a time and a size. An answer with a status that says it failed comes back too, since
 * services write what is wrong into it. Without cookies and without saying where the question comes from.
 */
export const fetchReply = async (address: string, task: Task, options: ReplyOptions): Promise<Reply> => {
  throwIfAborted(task)
  const { label, timeout = DEFAULT_TIMEOUT, form } = options
  const { host } = new URL(address)
  const clock = AbortSignal.timeout(timeout)
  task.report({ label, done: 0, total: 0 })
  try {
    const response = await (options.fetch ?? globalThis.fetch)(address, {
      signal: AbortSignal.any([task.signal, clock]),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    })
    return { bytes: await readBytes(response, task, options), status: response.status }
  } catch (error) {
    if (task.signal.aborted) throw createAbortError()
    if (clock.aborted)
      throw new AsterismError(
        'service-slow',
        `${host} did not answer within ${Math.round(timeout / 1000)} seconds. Ask for a smaller field, or try again later.`,
        { host, seconds: timeout / 1000 },
        error,
      )
    if (error instanceof AsterismError || isAbortError(error)) throw error
    throw explainSilence(host, error)
  }
}
