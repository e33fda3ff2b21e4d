import { AsterismError } from '../core/errors'

interface Writer {
  /** Settles when it is known whether this tab may write. */
  readonly settled: Promise<boolean>
  readonly canWrite: boolean
}

/** One tab writes at a time; the others look on, so that two orders never fight over the same frames. */
export const requireWriter = async (writer: Writer): Promise<void> => {
  await writer.settled
  if (writer.canWrite) return
  throw new AsterismError(
    'other-tab-writes',
    'Asterism is open in another tab, which has the workspace in hand. Work there, or close it and try again here.',
  )
}
