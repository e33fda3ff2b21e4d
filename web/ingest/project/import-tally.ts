import { isAbortError, toAsterismError } from '../../core/errors'
import { NOTHING_IMPORTED, type ImportReport } from '../../core/import-report'
import type { StoreName } from '../../storage/schema'

/** Which number of the report a store counts for. */
const COUNTED: Partial<Record<StoreName, keyof typeof NOTHING_IMPORTED>> = {
  exposures: 'frames',
  masters: 'masters',
  reduced: 'reduced',
  stacks: 'stacks',
  sources: 'sources',
  photometry_tables: 'photometry',
  lightcurves: 'lightcurves',
  work_orders: 'orders',
}

/** A report of a hundred thousand lines helps nobody. */
const MOST_LINES = 1000

export interface ImportTally {
  count(store: StoreName, records: number): void
  skip(records: number): void
  conflict(store: StoreName, id: string, name: string): void
  /** Notes why something was left out; a cancel goes on as what it is. */
  reject(name: string, thrown: unknown): void
  report(): ImportReport
}

export const createImportTally = (): ImportTally => {
  const counts: Record<keyof typeof NOTHING_IMPORTED, number> = { ...NOTHING_IMPORTED }
  let skipped = 0
  const conflicts: ImportReport['conflicts'][number][] = []
  const rejected: ImportReport['rejected'][number][] = []
  return {
    count: (store, records) => {
      counts[COUNTED[store] ?? 'others'] += records
    },
    skip: (records) => {
      skipped += records
    },
    conflict: (store, id, name) => {
      if (conflicts.length < MOST_LINES) conflicts.push({ store, id, name })
    },
    reject: (name, thrown) => {
      if (isAbortError(thrown)) throw thrown
      const { code, message } = toAsterismError(thrown)
      // A full disk concerns all that is still to come.
      if (code === 'quota' || code === 'storage') throw thrown
      if (rejected.length < MOST_LINES) rejected.push({ name, code, reason: message })
    },
    report: () => ({ kind: 'project', ...counts, skipped, conflicts, rejected }),
  }
}
