import { AsterismError } from '../core/errors'
import { estimateStorage } from './estimate-storage'

/** What was being kept when it failed: words for the message, and its size where it is known. */
export interface StoredThing {
  readonly label: string
  readonly bytes?: number
}

/** Firefox used a name of its own for a long time. */
const QUOTA_NAMES = new Set(['QuotaExceededError', 'NS_ERROR_DOM_QUOTA_REACHED'])

const nameOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : ''

/** A full disk shows as the error itself, or as the reason why a transaction was aborted. */
const isQuotaFailure = (error: unknown): boolean => {
  if (QUOTA_NAMES.has(nameOf(error))) return true
  if (typeof error !== 'object' || error === null || !('cause' in error)) return false
  return isQuotaFailure(error.cause)
}

/** Decimal units, three digits: what file managers and the browser's own settings show. */
const formatBytes = (bytes: number): string => {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** step
  return `${step === 0 ? Math.round(value) : value.toPrecision(3)} ${units[step] ?? ''}`
}

const quotaError = async (thing: StoredThing, cause: unknown): Promise<AsterismError> => {
  const { usedBytes, quotaBytes } = await estimateStorage()
  const freeBytes = Math.max(0, quotaBytes - usedBytes)
  const size = thing.bytes === undefined ? '' : ` (${formatBytes(thing.bytes)})`
  const free = quotaBytes === 0 ? '' : ` ${formatBytes(freeBytes)} of ${formatBytes(quotaBytes)} are free.`
  const message =
    `${thing.label}${size} did not fit.${free} Nothing that was stored is lost. ` +
    'Remove frames that are no longer needed or free space on the disk, then try again.'
  return new AsterismError(
    'quota',
    message,
    { what: thing.label, bytes: thing.bytes ?? null, usedBytes, quotaBytes, freeBytes },
    cause,
  )
}

const CLOSED = new Set(['InvalidStateError', 'TransactionInactiveError'])

const toStorageError = async (error: unknown, thing: StoredThing): Promise<unknown> => {
  if (error instanceof AsterismError) return error
  if (isQuotaFailure(error)) return quotaError(thing, error)
  const name = nameOf(error)
  const reason = error instanceof Error ? error.message : String(error)
  const message = CLOSED.has(name)
    ? 'The connection to the workspace is closed, because another tab runs a newer version. Reload this page.'
    : `${thing.label} could not be read or written: ${reason}`
  return new AsterismError('storage', message, { what: thing.label, reason: name }, error)
}

/** Runs work on a database or on files; whatever the browser throws comes out as an AsterismError. */
export const guardStorage = async <Result>(
  thing: StoredThing,
  work: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await work()
  } catch (error) {
    throw await toStorageError(error, thing)
  }
}
