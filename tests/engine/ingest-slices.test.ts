import { describe, expect, it } from 'vitest'
import type { Progress } from '../../web/core/task'
import type { IngestReport } from '../../web/core/work-order'
import { ingestSlices } from '../../web/engine/ingest-slices'

/** Takes each input for a table, or for a file that cannot be read. */
const takeAll = (slice: readonly number[]): IngestReport => ({
  batch: 'b',
  frames: [],
  tables: slice
    .filter((input) => input % 10 !== 0)
    .map((input) => ({ id: `t${input}`, name: '', format: 'csv', rows: 1, columns: 2, warnings: [] })),
  rejected: slice
    .filter((input) => input % 10 === 0)
    .map((input) => ({ name: String(input), code: 'not-fits', reason: 'no' })),
})

describe('files that are handed over in slices', () => {
  it('are one intake: whatever came of each is in the one report', async () => {
    const inputs = Array.from({ length: 95 }, (_, index) => index)
    const counted: Progress[] = []
    const report = await ingestSlices(
      inputs,
      (slice, onProgress) => {
        onProgress({ label: '', done: slice.length, total: slice.length })
        return Promise.resolve(takeAll(slice))
      },
      { batch: 'b', onProgress: (progress) => counted.push(progress) },
    )
    expect(report).toEqual(takeAll(inputs))
    expect(counted.at(-1)).toMatchObject({ done: 95, total: 95 })
  })
})
