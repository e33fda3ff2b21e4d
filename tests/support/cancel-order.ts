import type { Page } from '@playwright/test'
import type { WorkOrder } from '../../web/core/work-order'

/** What became of an order that was cancelled. */
export interface Cancelled {
  /** From the wish to stop until the order was at rest, milliseconds; null when it was done before. */
  readonly rest: number | null
  /** What the store says about the order. */
  readonly status: string
  /** How long an order ran that nobody stopped in time, milliseconds. */
  readonly ran: number
}

/** Submits an order and cancels it after `delay` milliseconds; at rest is an order whose call has ended and whose record says so. */
export const cancelOrder = (page: Page, order: WorkOrder, delay: number): Promise<Cancelled> =>
  page.evaluate(
    async ({ wanted, wait }) => {
      const controller = new AbortController()
      const begin = performance.now()
      let stopped = Number.NaN
      const timer = setTimeout(() => {
        stopped = performance.now()
        controller.abort()
      }, wait)
      const outcome = await window.asterism!.submit(wanted, { signal: controller.signal }).then(
        () => null,
        (error: unknown) => error,
      )
      const end = performance.now()
      clearTimeout(timer)
      // An AbortError of the page's own is an Error and one of the browser's a DOMException; both say so by name.
      const name = (outcome as { name?: string } | null)?.name
      if (outcome !== null && name !== 'AbortError')
        throw new Error('The order ended otherwise.', { cause: outcome })
      const orders = await window.asterism!.query('work_orders', { id: wanted.id })
      return {
        rest: outcome === null ? null : end - stopped,
        status: String(orders[0]?.['status']),
        ran: end - begin,
      }
    },
    { wanted: order, wait: delay },
  )
