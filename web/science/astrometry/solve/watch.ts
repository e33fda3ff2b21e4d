import { throwIfAborted, type Task } from '../../../core/task'

/** Keeps time for a search and says how far it is. */
export interface Watch {
  /** A part of the search begins: what it is called, and what it weighs among all parts. */
  readonly begin: (label: string, weight: number) => void
  /** Called now and then with the share of the part that is done; true where time is over. Throws where the task was aborted. */
  readonly isOver: (share: number) => boolean
  /** Since the watch was started. */
  readonly seconds: () => number
}

const STEPS = 1000

/** @param seconds after which the search ends, if the task's deadline does not come before @param total weight of all parts @param now milliseconds since 1970 */
export const startWatch = (task: Task, seconds: number, total: number, now: () => number): Watch => {
  const start = now()
  const end = Math.min(start + 1000 * seconds, task.deadline ?? Infinity)
  let [before, weight, label] = [0, 0, '']
  let reported = -1
  return {
    begin: (next, nextWeight) => {
      before += weight
      weight = nextWeight
      label = next
    },
    isOver: (share) => {
      // Time that is over is an answer here and no error.
      throwIfAborted({ signal: task.signal, report: task.report })
      const done = Math.floor((STEPS * (before + weight * share)) / total)
      if (done > reported) task.report({ label, done: Math.min(STEPS, done), total: STEPS })
      reported = Math.max(done, reported)
      return now() > end
    },
    seconds: () => (now() - start) / 1000,
  }
}
