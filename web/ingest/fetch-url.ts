import { AsterismError, isAbortError } from '../core/errors'
import { throwIfAborted, type Task } from '../core/task'
import { sniff } from './sniff'
import { refuseKind } from './refuse-kind'

export interface FetchOptions {
  readonly fetch?: typeof globalThis.fetch
  /** Bytes; a longer answer is broken off. */
  readonly maxBytes?: number
  /** Origin of the page, which tells a foreign server from our own. */
  readonly origin?: string
}

export interface FetchedFile {
  /** Name of the file, from the answer or the address. */
  readonly path: string
  readonly blob: Blob
}

const DEFAULT_MAX_BYTES = 4e9

/** Characters; data: addresses are as long as what they hold. */
const LONGEST_SHOWN = 200
const LONGEST_ADDRESS = 64 * 2 ** 20
/** As most disks have it. */
const LONGEST_NAME = 255

const show = (text: string): string =>
  text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text

const parseAddress = (text: string, origin: string | undefined): URL => {
  let address: URL
  if (text.length > LONGEST_ADDRESS)
    throw new AsterismError('bad-address', `"${show(text)}" is too long for an address.`, {})
  try {
    address = new URL(text.trim(), origin)
  } catch (cause) {
    throw new AsterismError(
      'bad-address',
      `"${show(text)}" is not an address. It has to begin with https://.`,
      { url: show(text) },
      cause,
    )
  }
  if (!['https:', 'http:', 'blob:', 'data:'].includes(address.protocol)) {
    throw new AsterismError(
      'bad-address',
      `${show(address.protocol)} addresses cannot be fetched from a page. Use https://, or download the file and drop it here.`,
      { url: show(text) },
    )
  }
  return address
}

const decodeQuietly = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The name that Content-Disposition gives (RFC 6266, `filename*` first), else the last part of the address. Never a path. */
export const nameDownload = (address: URL, disposition: string | null): string => {
  const extended = /filename\*\s*=\s*[\w-]*'[^']*'([^;]+)/i.exec(disposition ?? '')?.[1]
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition ?? '')
  const given = extended === undefined ? (plain?.[1] ?? plain?.[2]) : decodeQuietly(extended.trim())
  const last =
    address.protocol === 'data:'
      ? ''
      : decodeQuietly(address.pathname.split('/').findLast((part) => part !== '') ?? '')
  const name = (given ?? last).split(/[/\\]/).at(-1) ?? ''
  // The end of a long one has its ending.
  return name.slice(-LONGEST_NAME) || address.hostname.slice(0, LONGEST_NAME) || 'download'
}

const explainStatus = (status: number): string => {
  if (status === 401 || status === 403)
    return 'The server wants a login for it. Download it in the browser and drop the file here.'
  if (status === 404 || status === 410) return 'The file is not there (any more). Check the address.'
  if (status === 429) return 'The server asks to be left alone for a while. Try again in some minutes.'
  if (status >= 500) return 'The server has a fault. Try again later.'
  return 'Check the address.'
}

/**
 * A browser says only "TypeError" for a server that does not allow other pages to read it and for one that cannot be reached, so both
 * are named where both are possible.
 */
const explainNetworkError = (address: URL, origin: string | undefined, cause: unknown): AsterismError => {
  const foreign = origin !== undefined && address.origin !== origin
  const context = { url: address.href, host: address.host }
  // Where nobody tells (undefined), the line counts as up.
  if (foreign && (globalThis.navigator as { readonly onLine?: boolean } | undefined)?.onLine !== false) {
    return new AsterismError(
      'fetch-cors',
      `${address.host} could not be read. Either it does not allow other web pages to read its files (CORS), or it cannot be reached now. ` +
        'Download the file in the browser and drop it here; if that fails too, check the connection.',
      context,
      cause,
    )
  }
  return new AsterismError(
    'fetch-network',
    `${address.host} cannot be reached. Check the connection and try again.`,
    context,
    cause,
  )
}

const readBody = async (response: Response, maxBytes: number, task: Task, name: string): Promise<Blob> => {
  const announced = Number(response.headers.get('content-length') ?? 0)
  const refuse = (): AsterismError =>
    new AsterismError(
      'too-large',
      `${name} is larger than ${Math.round(maxBytes / 1e6)} MB. Download it and cut it into parts first.`,
      { limit: maxBytes },
    )
  if (announced > maxBytes) throw refuse()
  const reader = response.body?.getReader()
  if (!reader) return new Blob([])
  const chunks: BlobPart[] = []
  let received = 0
  try {
    for (;;) {
      throwIfAborted(task)
      const { done, value } = await reader.read()
      if (done) break
      received += value.length
      if (received > maxBytes) throw refuse()
      chunks.push(value)
      task.report({ label: name, done: received, total: Math.max(announced, received) })
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
  // Content-Length counts the bytes on the line; when they were packed there, it says nothing about what came out.
  if (announced > received && response.headers.get('content-encoding') === null) {
    throw new AsterismError(
      'truncated',
      `The connection broke off: ${received} of ${announced} bytes of ${name} came. Try again.`,
      { received, announced },
    )
  }
  return new Blob(chunks)
}

const currentOrigin = (): string | undefined =>
  (globalThis as { location?: { origin: string } }).location?.origin

/** Downloads a file, to be taken in like a dropped one. Says apart why it could not be had. */
export const fetchUrl = async (url: string, task: Task, options: FetchOptions = {}): Promise<FetchedFile> => {
  const origin = options.origin ?? currentOrigin()
  const address = parseAddress(url, origin)
  throwIfAborted(task)
  try {
    const response = await (options.fetch ?? globalThis.fetch)(address.href, {
      signal: task.signal,
      credentials: 'omit',
    })
    if (!response.ok) {
      throw new AsterismError(
        'fetch-status',
        `${address.host} answered ${response.status}. ${explainStatus(response.status)}`,
        {
          url: address.href,
          status: response.status,
        },
      )
    }
    const path = nameDownload(address, response.headers.get('content-disposition'))
    const blob = await readBody(response, options.maxBytes ?? DEFAULT_MAX_BYTES, task, path)
    const kind = sniff(new Uint8Array(await blob.slice(0, 512).arrayBuffer()))
    if (kind === 'html' || kind === 'empty') throw refuseKind(kind)
    return { path, blob }
  } catch (error) {
    if (error instanceof AsterismError || isAbortError(error)) throw error
    throw explainNetworkError(address, origin, error)
  }
}
