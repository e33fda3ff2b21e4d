/** Every code that the app can reject with. A code is a key of the translation table `errors.<code>`. */
export type ErrorCode =
  | 'not-fits'
  | 'empty-file'
  | 'truncated'
  | 'too-large'
  | 'bad-header'
  | 'no-image'
  | 'unsupported-compression'
  | 'bad-archive'
  | 'newer-project'
  | 'fetch-cors'
  | 'fetch-status'
  | 'fetch-network'
  | 'bad-address'
  | 'quota'
  | 'storage'
  | 'other-tab-writes'
  | 'not-found'
  | 'bad-order'
  | 'no-lights'
  | 'no-stars'
  | 'no-match'
  | 'not-solved'
  | 'no-target'
  | 'no-comparisons'
  | 'target-lost'
  | 'shape-mismatch'
  | 'no-time'
  | 'out-of-memory'
  | 'worker-died'
  | 'aborted'
  | 'bad-profile'
  | 'bad-catalogue'
  | 'service-off'
  | 'service-slow'
  | 'service-failed'
  | 'unknown-name'
  | 'unexpected'

export type ErrorContext = Record<string, string | number | boolean | null>

/** Characters of a message. A file may call itself, or anything in it, by a name of a million letters. */
const LONGEST_MESSAGE = 1200
const KEPT_AT_END = 300

/** Cut in the middle: it says at its beginning what is wrong, and at its end what to do. */
const cutMessage = (message: string): string =>
  message.length <= LONGEST_MESSAGE
    ? message
    : `${message.slice(0, LONGEST_MESSAGE - KEPT_AT_END)} … ${message.slice(-KEPT_AT_END)}`

/** An error that a person can act on: what is wrong (message), where (context) and its kind (code). */
export class AsterismError extends Error {
  override readonly name = 'AsterismError'
  readonly code: ErrorCode
  readonly context: ErrorContext

  constructor(code: ErrorCode, message: string, context: ErrorContext = {}, cause?: unknown) {
    super(cutMessage(message), cause === undefined ? undefined : { cause })
    this.code = code
    this.context = context
  }
}

export const isAbortError = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'

export const createAbortError = (message = 'The work was cancelled.'): DOMException =>
  new DOMException(message, 'AbortError')

/** Any thrown thing as an AsterismError, so that code and message are never lost on the way to a person. */
export const toAsterismError = (error: unknown): AsterismError => {
  if (error instanceof AsterismError) return error
  if (error instanceof Error) return new AsterismError('unexpected', error.message, {}, error)
  return new AsterismError('unexpected', String(error))
}
