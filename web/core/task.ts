import { createAbortError } from './errors'

export interface Progress {
  /** A translation key or plain words for what is being done now. */
  readonly label: string
  readonly done: number
  readonly total: number
}

/** What every long call is given: a way to be told to stop and a way to say how far it is. */
export interface Task {
  readonly signal: AbortSignal
  readonly report: (progress: Progress) => void
  /** Milliseconds since 1970 from which on the call ends with a TimeoutError; absent where it may take as long as it takes. */
  readonly deadline?: number
}

export const idleTask = (): Task => ({ signal: new AbortController().signal, report: () => undefined })

export const throwIfAborted = (task: Task): void => {
  if (task.signal.aborted) throw createAbortError()
  // A loop that hears no messages can still look at the clock.
  if (task.deadline !== undefined && Date.now() > task.deadline)
    throw new DOMException('The time for this is over.', 'TimeoutError')
}
