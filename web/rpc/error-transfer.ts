import { transferHandlers, type TransferHandler } from 'comlink'
import {
  AsterismError,
  createAbortError,
  isAbortError,
  toAsterismError,
  type ErrorCode,
  type ErrorContext,
} from '../core/errors'

type WireError =
  | { readonly kind: 'abort'; readonly message: string }
  | {
      readonly kind: 'error'
      readonly code: ErrorCode
      readonly message: string
      readonly context: ErrorContext
      readonly cause: string | null
    }

const describeCause = (cause: unknown): string | null =>
  cause instanceof Error ? (cause.stack ?? cause.message) : typeof cause === 'string' ? cause : null

const packError = (thrown: unknown): WireError => {
  if (isAbortError(thrown)) return { kind: 'abort', message: (thrown as Error).message }
  const error = toAsterismError(thrown)
  return {
    kind: 'error',
    code: error.code,
    message: error.message,
    context: error.context,
    cause: describeCause(error.cause),
  }
}

const unpackError = (wire: WireError): Error =>
  wire.kind === 'abort'
    ? createAbortError(wire.message)
    : new AsterismError(wire.code, wire.message, wire.context, wire.cause ?? undefined)

/** Comlink keeps only name and message of an error; ours cross with code, context and cause. Call once in each thread. */
export const installErrorTransfer = (): void => {
  const standard = transferHandlers.get('throw') as TransferHandler<{ value: unknown }, WireError> | undefined
  if (standard === undefined) throw new Error('comlink has no handler for thrown errors')
  transferHandlers.set('throw', {
    canHandle: (value): value is unknown => standard.canHandle(value),
    serialize: ({ value }: { value: unknown }) => [packError(value), []],
    deserialize: (wire: WireError) => {
      throw unpackError(wire)
    },
  })
}
