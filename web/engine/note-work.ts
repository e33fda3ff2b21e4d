import { isAbortError, toAsterismError } from '../core/errors'
import type { IngestReport, WorkOrder, WorkOrderReport } from '../core/work-order'
import type { NoteForLog } from './keep-log'

/** Files named in one line at most; the rest is counted. */
const MOST_NAMED = 20

const joinNames = (names: readonly string[]): string =>
  names.slice(0, MOST_NAMED).join(', ') +
  (names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '')

/** A line for what came in, and one for each file that did not. */
export const noteIntake = async (note: NoteForLog, report: IngestReport): Promise<void> => {
  const fresh = report.frames.filter((frame) => frame.duplicate !== true)
  const duplicates = report.frames.length - fresh.length
  if (report.frames.length > 0)
    await note(
      `${fresh.length} frames taken in` + (duplicates > 0 ? `, ${duplicates} were here already` : ''),
      { context: { batch: report.batch, names: joinNames(fresh.map(({ name }) => name)) } },
    )
  const tables = (report.tables ?? []).filter((table) => table.duplicate !== true)
  if (tables.length > 0)
    await note(`${tables.length} tables taken in`, {
      context: { batch: report.batch, names: joinNames(tables.map(({ name }) => name)) },
    })
  for (const { name, code, reason } of report.rejected.slice(0, MOST_NAMED))
    await note(`${name} was not taken in: ${reason}`, {
      level: 'warning',
      context: { batch: report.batch, code },
    })
  if (report.rejected.length > MOST_NAMED)
    await note(`${report.rejected.length - MOST_NAMED} more files were not taken in.`, {
      level: 'warning',
      context: { batch: report.batch },
    })
}

/** A line for how an order ended. */
export const noteOrder = async (
  note: NoteForLog,
  { request }: WorkOrder,
  end: WorkOrderReport | { readonly id: string | null; readonly error: unknown },
): Promise<void> => {
  const order = end.id === null ? {} : { order: end.id }
  if ('error' in end) {
    const { code, message } = toAsterismError(end.error)
    if (isAbortError(end.error)) await note(`${request} cancelled`, { ...order, level: 'warning' })
    else await note(`${request} failed: ${message}`, { ...order, level: 'error', context: { code } })
    return
  }
  const counts = new Map<string, number>()
  for (const { table, rows } of end.tables) counts.set(table, (counts.get(table) ?? 0) + rows)
  const made = [...counts].map(([table, rows]) => `${rows} rows of ${table}`).join(', ')
  await note(
    `${request} ${end.status} in ${end.seconds.toFixed(1)} s` +
      (end.failures.length > 0 ? `, ${end.failures.length} failures` : '') +
      (made === '' ? '' : `: ${made}`),
    { ...order, level: end.status === 'done' ? 'info' : 'warning' },
  )
}
