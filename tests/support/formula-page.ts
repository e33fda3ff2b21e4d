import type { Page } from '@playwright/test'
import type { WorkOrder } from '../../web/core/work-order'
import { makeFormulaFrame, type FormulaFrames, type FormulaWish } from './formula-frames'

type WithFormula = typeof globalThis & { makeFormulaFrame: (wish: FormulaWish) => Uint8Array<ArrayBuffer> }

/** Has formula frames made in every page that is loaded from now on. */
export const bringFormula = (page: Page): Promise<unknown> =>
  page.addInitScript(`globalThis.makeFormulaFrame = ${makeFormulaFrame.toString()}`)

/** Pages that are loaded from now on make no pictures to be looked at: what is asked of those workers stays unheard. */
export const blindPage = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const Plain = globalThis.Worker
    globalThis.Worker = class extends Plain {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options)
        if (options?.name === 'inspection') this.postMessage = () => undefined
      }
    }
  })

/** Makes frames in the page and takes them in, one at a time, so that no two of them are held. Gives their ids. */
export const ingestFormula = (page: Page, frames: FormulaFrames, count: number): Promise<string[]> =>
  page.evaluate(
    async ({ spec, total }) => {
      const ids: string[] = []
      for (let frame = 0; frame < total; frame++) {
        const bytes = (globalThis as WithFormula).makeFormulaFrame({ ...spec, frame, at: null })
        const file = new File([bytes], `formula-${String(frame).padStart(4, '0')}.fits`)
        const report = await window.asterism!.ingest([file], { batch: 'formula' })
        const [refused] = report.rejected
        if (refused !== undefined) throw new Error(`${refused.name}: ${refused.reason}`)
        ids.push(...report.frames.map(({ id }) => id))
      }
      return ids
    },
    { spec: frames, total: count },
  )

/** Sets the memory limit as the settings panel does; a page that is loaded afterwards has it from its start. */
export const limitMemory = (page: Page, bytes: number): Promise<void> =>
  page.evaluate(
    (value) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('asterism')
        opening.onerror = () => reject(opening.error!)
        opening.onsuccess = () => {
          const database = opening.result
          const transaction = database.transaction('settings', 'readwrite')
          transaction.objectStore('settings').put({ id: 'memory-limit-bytes', value })
          transaction.oncomplete = () => {
            database.close()
            resolve()
          }
          transaction.onerror = () => reject(transaction.error!)
        }
      }),
    bytes,
  )

/** What an order came to, as far as it can be sent out of the page. */
export interface OrderEnd {
  readonly status: string
  readonly frame: string
  readonly seconds: number
  readonly failures: readonly { readonly step: string; readonly reason: string }[]
}

export const submitOrder = (page: Page, order: WorkOrder): Promise<OrderEnd> =>
  page.evaluate(async (wanted) => {
    const { status, result, seconds, failures } = await window.asterism!.submit(wanted)
    return { status, frame: String((result as { frame?: string }).frame), seconds, failures }
  }, order)

/** SHA-256 of a plane of a frame, bit by bit, and the values of some of its pixels. */
export const readPlane = (
  page: Page,
  wanted: { frame: string; plane: 'data' | 'uncertainty'; at: readonly number[] },
): Promise<{ digest: string; values: number[] }> =>
  page.evaluate(async ({ frame, plane, at }) => {
    const { data } = await window.asterism!.pixels(frame, plane)
    const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength)
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    const digest = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
    return { digest, values: at.map((pixel) => data[pixel] ?? Number.NaN) }
  }, wanted)
