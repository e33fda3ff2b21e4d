import type { Page } from '@playwright/test'

/** What a test knows of the workers that do steps, and can do to them. */
interface WorkerHooks {
  /** Parts of steps that were given out, and those that have neither come back nor ended with their workers. */
  parts: number
  open: number
  /** Workers ended in the middle of a part. */
  kills: number
  /** Which parts are to end with their workers, counted from 1. */
  doomed: number[]
}

type WithHooks = typeof globalThis & { workerHooks: WorkerHooks }

/** How long a doomed part is worked on before its worker is gone, milliseconds. */
const AGONY = 1

/**
 * Pages that are loaded from now on keep count of the parts that workers are given, and have `count` workers. A doomed part ends
 * with its worker: it is stopped from outside, and the page is told as a browser tells it.
 */
export const hookWorkers = async (page: Page, count: number): Promise<void> => {
  await page.addInitScript(
    ({ workers, agony }) => {
      Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => workers })
      const hooks: WorkerHooks = { parts: 0, open: 0, kills: 0, doomed: [] }
      ;(globalThis as WithHooks).workerHooks = hooks
      const Plain = globalThis.Worker
      globalThis.Worker = class extends Plain {
        constructor(address: string | URL, options?: WorkerOptions) {
          super(address, options)
          if (options?.name !== 'reduction') return
          const waiting = new Set<string>()
          const end = this.terminate.bind(this)
          this.terminate = () => {
            hooks.open -= waiting.size
            waiting.clear()
            end()
          }
          this.addEventListener('message', ({ data }: MessageEvent<{ id?: string }>) => {
            if (waiting.delete(data.id ?? '')) hooks.open--
          })
          const send = this.postMessage.bind(this) as (message: unknown, transfer: Transferable[]) => void
          this.postMessage = (message: { id?: string; path?: string[] }, transfer: unknown) => {
            send(message, transfer as Transferable[])
            if (message.path?.[0] !== 'runPart' || message.id === undefined) return
            const { id } = message
            waiting.add(id)
            hooks.parts++
            hooks.open++
            if (!hooks.doomed.includes(hooks.parts)) return
            setTimeout(() => {
              // One that was faster than its end leaves it to the next.
              if (!waiting.has(id)) {
                hooks.doomed.push(hooks.parts + 1)
                return
              }
              hooks.kills++
              this.terminate()
              this.dispatchEvent(new ErrorEvent('error', { message: 'ended by a test' }))
            }, agony)
          }
        }
      }
    },
    { workers: count, agony: AGONY },
  )
}

/** The parts with these numbers, counted from the next, end with their workers. */
export const doomParts = (page: Page, numbers: readonly number[]): Promise<void> =>
  page.evaluate((wanted) => {
    const { workerHooks } = globalThis as WithHooks
    workerHooks.kills = 0
    workerHooks.doomed = wanted.map((number) => workerHooks.parts + number)
  }, numbers)

export const countParts = (page: Page): Promise<{ parts: number; open: number; kills: number }> =>
  page.evaluate(() => {
    const { parts, open, kills } = (globalThis as WithHooks).workerHooks
    return { parts, open, kills }
  })
