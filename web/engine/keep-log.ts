import type { ErrorContext } from '../core/errors'
import { newId } from '../core/ids'
import type { LogRecord } from '../core/work-order'
import type { Workspace } from '../storage/workspace'

/** What was done, in a sentence, with the numbers and names behind it. */
export type NoteForLog = (
  message: string,
  details?: {
    readonly level?: LogRecord['level']
    readonly order?: string
    readonly context?: ErrorContext
  },
) => Promise<void>

/** Writes down what was done to the workspace. A log that cannot be written stops nothing. */
export const keepLog =
  (opened: Promise<Workspace>, onLine: (line: LogRecord) => void): NoteForLog =>
  async (message, { level = 'info', order = null, context = {} } = {}) => {
    const line: LogRecord = { id: newId('log'), time: Date.now(), level, order, step: null, message, context }
    try {
      await (await opened).log.put(line)
      onLine(line)
    } catch {
      // What was done stays done.
    }
  }
