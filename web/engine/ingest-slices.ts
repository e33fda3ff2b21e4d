import { createAbortError } from '../core/errors'
import type { Progress } from '../core/task'
import type { IngestReport } from '../core/work-order'

/**
 * Files are handed to the worker so many at a time: each costs the page's own thread a fifth of a millisecond to hand over, and a
 * thousand at once would hold it up for a quarter of a second.
 */
const SLICE = 40

/** Takes in all inputs, slice after slice, as one intake: one report, one count that goes on. A cancel ends it between slices too. */
export const ingestSlices = async <Input>(
  inputs: readonly Input[],
  ingest: (slice: readonly Input[], onProgress: (progress: Progress) => void) => Promise<IngestReport>,
  options: {
    readonly batch: string
    readonly signal?: AbortSignal
    readonly onProgress?: ((progress: Progress) => void) | undefined
  },
): Promise<IngestReport> => {
  const reports: IngestReport[] = []
  let before = 0
  for (let start = 0; start < inputs.length; start += SLICE) {
    if (options.signal?.aborted) throw createAbortError()
    const slice = inputs.slice(start, start + SLICE)
    const waiting = inputs.length - start - slice.length
    let size = slice.length
    reports.push(
      await ingest(slice, ({ label, done, total }) => {
        // An archive counts as many files as it holds, once it is open.
        size = total
        options.onProgress?.({ label, done: before + done, total: before + total + waiting })
      }),
    )
    before += size
  }
  return {
    batch: options.batch,
    frames: reports.flatMap(({ frames }) => frames),
    tables: reports.flatMap(({ tables = [] }) => tables),
    rejected: reports.flatMap(({ rejected }) => rejected),
  }
}
