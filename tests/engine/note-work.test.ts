import { describe, expect, it } from 'vitest'
import { AsterismError, createAbortError } from '../../web/core/errors'
import type { FrameSummary } from '../../web/core/frame'
import type { NoteForLog } from '../../web/engine/keep-log'
import { noteIntake, noteOrder } from '../../web/engine/note-work'

const collect = () => {
  const lines: { message: string; level: string }[] = []
  const note: NoteForLog = (message, { level = 'info' } = {}) => {
    lines.push({ message, level })
    return Promise.resolve()
  }
  return { lines, note }
}

const frame = (name: string, duplicate: boolean) => ({ name, duplicate }) as FrameSummary

describe('the log', () => {
  it('says what came in and why a file did not', async () => {
    const { lines, note } = collect()
    await noteIntake(note, {
      batch: 'b',
      frames: [frame('a.fits', false), frame('b.fits', true), frame('c.fits', false)],
      rejected: [{ name: 'd.jpg', code: 'not-fits', reason: 'This is a picture.' }],
    })
    expect(lines).toEqual([
      { message: '2 frames taken in, 1 were here already', level: 'info' },
      { message: 'd.jpg was not taken in: This is a picture.', level: 'warning' },
    ])
  })

  it('stays short when a whole disk was dropped', async () => {
    const { lines, note } = collect()
    const rejected = Array.from({ length: 5000 }, (_, index) => ({
      name: `${index}.jpg`,
      code: 'not-fits',
      reason: 'This is a picture.',
    }))
    await noteIntake(note, { batch: 'b', frames: [], rejected })
    expect(lines).toHaveLength(21)
    expect(lines.at(-1)?.message).toBe('4980 more files were not taken in.')
  })

  it('tells a failed order from a cancelled one and a finished one', async () => {
    const { lines, note } = collect()
    const order = { request: 'detect' } as const
    await noteOrder(note, order, { id: 'o', error: new AsterismError('no-stars', 'No stars.') })
    await noteOrder(note, order, { id: 'o', error: createAbortError() })
    const report = { id: 'o', steps: [], frames: [], result: {}, failures: [], seconds: 1.23 }
    await noteOrder(note, order, {
      ...report,
      status: 'done',
      tables: [
        { id: 't', table: 'sources', rows: 3 },
        { id: 'u', table: 'sources', rows: 4 },
      ],
    })
    expect(lines).toEqual([
      { message: 'detect failed: No stars.', level: 'error' },
      { message: 'detect cancelled', level: 'warning' },
      { message: 'detect done in 1.2 s: 7 rows of sources', level: 'info' },
    ])
  })
})
