import { releaseProxy, transfer, wrap, type Remote } from 'comlink'
import { AsterismError } from '../core/errors'
import type { Progress } from '../core/task'
import { installErrorTransfer } from './error-transfer'
import { openTaskPort } from './task-port'

export interface RemoteWorker<Contract> {
  /** Calls a method that takes no port. */
  call<Result>(use: (remote: Remote<Contract>) => Promise<Result>): Promise<Result>
  /** Calls a method with a port for progress and abort. */
  callTask<Result>(
    use: (remote: Remote<Contract>, port: MessagePort) => Promise<Result>,
    options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: Progress) => void },
  ): Promise<Result>
  /** Ends the worker at once; calls that wait reject with 'worker-died'. */
  kill(): void
  readonly dead: boolean
}

let installed = false

/** A worker behind its contract, whose death is an error of the calls that wait and not a silence. */
export const connectWorker = <Contract>(worker: Worker, name: string): RemoteWorker<Contract> => {
  if (!installed) installErrorTransfer()
  installed = true
  const remote = wrap<Contract>(worker)
  const waiting = new Set<(error: Error) => void>()
  let dead = false

  const die = (reason: string) => {
    if (dead) return
    dead = true
    worker.terminate()
    const error = new AsterismError('worker-died', `The ${name} worker stopped: ${reason}`)
    for (const reject of waiting) reject(error)
    waiting.clear()
  }
  worker.addEventListener('error', (event) => die(event.message || 'it could not be loaded'))
  worker.addEventListener('messageerror', () => die('a message could not be read'))

  const call = <Result>(use: (remote: Remote<Contract>) => Promise<Result>): Promise<Result> =>
    new Promise<Result>((resolve, reject) => {
      if (dead) {
        reject(new AsterismError('worker-died', `The ${name} worker has stopped.`))
        return
      }
      waiting.add(reject)
      use(remote)
        .then(resolve, reject)
        .finally(() => waiting.delete(reject))
    })

  return {
    call,
    callTask: async (use, options) => {
      const { port, close } = openTaskPort(options)
      try {
        return await call((proxy) => use(proxy, transfer(port, [port])))
      } finally {
        close()
      }
    },
    kill: () => {
      die('it was ended')
      remote[releaseProxy]()
    },
    get dead() {
      return dead
    },
  }
}
