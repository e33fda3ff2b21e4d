import type { Progress } from '../core/task'
import type { IngestReport } from '../core/work-order'
import type { IngestInput, Studio } from '../engine/studio'
import type { LibrarySlice } from './library-slice'
import type { NoticesSlice } from './notices-slice'
import type { SliceAccess } from './slice-access'

/** Files on their way in. Apart from the library, since how far they are changes ten times a second. */
export interface IntakeSlice {
  /** How far the intake is; null when nothing comes in. */
  readonly progress: Progress | null
  /** Files that were not taken in, from the latest drops, until dismissed. */
  readonly rejected: IngestReport['rejected']
  /** An intake has begun with the drop, also while it is still looked at what was dropped. */
  readonly whileLooking: <Result>(look: () => Promise<Result>) => Promise<Result>
  /** `after`: what goes before, such as a first look at a file. */
  readonly ingest: (inputs: readonly IngestInput[], after?: Promise<void>) => Promise<IngestReport | null>
  /** Makes planes of a cube, 0-based, frames of their own; `leaveOut`: orders leave the cube itself out from then on. */
  readonly takePlanes: (cube: string, planes: readonly number[], leaveOut: boolean) => Promise<void>
  readonly simulate: () => Promise<IngestReport | null>
  readonly cancel: () => void
  readonly dismissRejected: () => void
}

/** While frames come in the new ones are shown this often, and how far the intake is this often. Milliseconds. */
const ARRIVALS_INTERVAL = 1500
const COUNT_INTERVAL = 100

const BEGUN: Progress = { label: '', done: 0, total: 1 }

/** Does something at most once in an interval: true when the time has come. */
const createPace = (interval: number): (() => boolean) => {
  let last = 0
  return () => {
    const now = Date.now()
    if (now - last < interval) return false
    last = now
    return true
  }
}

export const createIntakeSlice = (
  { set }: SliceAccess<IntakeSlice>,
  studio: Studio,
  others: {
    readonly notices: () => NoticesSlice
    readonly library: () => Pick<LibrarySlice, 'refresh' | 'showArrivals' | 'setExcluded'>
    /** Leads to a table that came in. */
    readonly openFileTable: (id: string) => void
  },
): IntakeSlice => {
  const { notices, library, openFileTable } = others
  const isTimeToShow = createPace(ARRIVALS_INTERVAL)
  const isTimeToCount = createPace(COUNT_INTERVAL)
  let control: AbortController | null = null

  const tellTables = (tables: NonNullable<IngestReport['tables']>): void => {
    const first = tables.find(({ duplicate }) => duplicate !== true) ?? tables[0]
    if (first === undefined) return
    const fresh = tables.filter(({ duplicate }) => duplicate !== true).length
    notices().tell({
      key: fresh > 0 ? 'tablesTakenIn' : 'tablesTwice',
      values: { count: fresh > 0 ? fresh : tables.length, name: first.name, rows: first.rows },
      tone: 'good',
      link: { key: 'exploreTable', open: () => openFileTable(first.id) },
    })
  }

  const tellReport = (report: IngestReport): void => {
    const { tables = [] } = report
    const fresh = report.frames.filter((frame) => frame.duplicate !== true).length
    const duplicates = report.frames.length - fresh
    // A file of tables alone says nothing of frames.
    if (report.frames.length > 0 || tables.length === 0)
      notices().tell({
        key: duplicates > 0 ? 'takenInTwice' : 'takenIn',
        values: { count: fresh, duplicates },
        tone: 'good',
      })
    tellTables(tables)
    if (report.rejected.length > 0)
      notices().tell({ key: 'rejected', values: { count: report.rejected.length }, tone: 'bad' })
  }

  const takeIn = async <Report extends IngestReport>(
    work: (options: { signal: AbortSignal; onProgress: (progress: Progress) => void }) => Promise<Report>,
  ): Promise<Report | null> => {
    control = new AbortController()
    set({ progress: BEGUN })
    try {
      const report = await work({
        signal: control.signal,
        onProgress: (progress) => {
          if (isTimeToCount() || progress.done === progress.total) set({ progress })
          if (isTimeToShow()) void library().showArrivals()
        },
      })
      set(({ rejected }) => ({ rejected: [...rejected, ...report.rejected] }))
      tellReport(report)
      return report
    } catch (error) {
      notices().tellError(error)
      return null
    } finally {
      control = null
      set({ progress: null })
      await library().refresh()
    }
  }

  return {
    progress: null,
    rejected: [],
    whileLooking: async (look) => {
      if (control === null) set({ progress: BEGUN })
      try {
        return await look()
      } finally {
        // Another drop may be coming in meanwhile.
        if (control === null) set({ progress: null })
      }
    },
    ingest: (inputs, after) =>
      takeIn(async (options) => {
        await after
        return studio.ingest(inputs, options)
      }),
    takePlanes: async (cube, planes, leaveOut) => {
      const report = await takeIn((options) => studio.takePlanes(cube, planes, options))
      if (report !== null && leaveOut) await library().setExcluded([cube], true)
    },
    simulate: () => takeIn((options) => studio.simulateNight(options)),
    cancel: () => control?.abort(),
    dismissRejected: () => set({ rejected: [] }),
  }
}
