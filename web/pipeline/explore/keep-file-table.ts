import { AsterismError } from '../../core/errors'
import type { OpenFileTable } from '../../core/file-table'
import type { Table } from '../../core/table'
import type { Workspace } from '../../storage/workspace'

const missing = (id: string): AsterismError =>
  new AsterismError('not-found', 'This table is not in the workspace any more. Drop its file again.', {
    table: id,
  })

/**
 * Opens tables that came with files, by their ids. The last one stays open, bytes and all: a file never changes, and what people say of its
 * rows is kept elsewhere. One that was removed in the meantime is not found.
 */
export const keepFileTable = (
  workspace: Pick<Workspace, 'fileTables' | 'pixels'>,
  open: OpenFileTable,
): ((id: string) => Promise<Table>) => {
  let kept: { readonly id: string; readonly table: Table } | null = null
  return async (id) => {
    const record = await workspace.fileTables.get(id)
    if (record === undefined || record.removedAt !== undefined) throw missing(id)
    if (kept?.id === id) return kept.table
    // The former one's bytes can go before these are read.
    kept = null
    const table = open(record, await workspace.pixels.read(record.bytesId))
    const named = { ...table, name: table.name ?? record.name }
    kept = { id, table: named }
    return named
  }
}
