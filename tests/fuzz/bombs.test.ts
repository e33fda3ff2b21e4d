import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { ingestInput, type IngestSink } from '../../web/ingest'
import { makeBombs } from './bombs'

const sink: IngestSink = { has: () => Promise.resolve(null), save: () => Promise.resolve() }

describe('a bomb is refused in words and does not go off', () => {
  it.each(makeBombs())('$name', { timeout: 60_000 }, async ({ name, bytes }) => {
    const { frames, tables, rejected } = await ingestInput(
      { path: name, blob: new Blob([bytes]), batch: 'b' },
      sink,
      idleTask(),
    )
    expect(frames).toEqual([])
    // Cells that point outside are empty, with a warning, and the rest of the table is there.
    if (name === 'everywhere.fits') expect(tables).toHaveLength(1)
    else expect(rejected.length).toBeGreaterThan(0)
    for (const { code, reason } of rejected) {
      expect(code).not.toBe('unexpected')
      expect(reason.length).toBeGreaterThan(20)
    }
  })
})
