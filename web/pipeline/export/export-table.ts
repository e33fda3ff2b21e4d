import { AsterismError } from '../../core/errors'
import type { OpenFileTable } from '../../core/file-table'
import type { PhotometryTableRecord } from '../../core/photometry'
import type { Table } from '../../core/table'
import type { TableFormat } from '../../core/table-format'
import { TABLE_NAMES } from '../../core/work-order'
import { queryTable } from '../../storage/query'
import type { Workspace } from '../../storage/workspace'
import { listLightCurveRows } from './light-curve-rows'
import { tabulateRows } from './tabulate-rows'
import { writeTableFile } from './write-table-file'

const describePhotometry = (table: PhotometryTableRecord): string[] => [
  `photometry table ${table.id} of work order ${table.order}`,
  `positions of ${table.stars.length} stars on the reference frame ${table.reference}, 0-based pixels`,
  `aperture radii ${table.radii.join(', ')} px, sky annulus ${table.annulus.join(' to ')} px`,
  `times at mid-exposure: jd_utc_mid Julian date UTC at the site, bjd_tdb_mid barycentric Julian date TDB`,
  `gain ${table.gain ?? 'unknown'} electron/adu, read noise ${table.readNoise ?? 'unknown'} electron`,
]

const findTable = async (
  workspace: Workspace,
  id: string,
  openFileTable: OpenFileTable | null,
): Promise<Table> => {
  const curve = await workspace.lightcurves.get(id)
  if (curve !== undefined) return tabulateRows(listLightCurveRows(curve))
  const photometry = await workspace.photometryTables.get(id)
  if (photometry !== undefined)
    return tabulateRows({
      rows: await queryTable(workspace, 'photometry', { table: id }),
      table: 'photometry',
      name: 'photometry',
      notes: describePhotometry(photometry),
    })
  const sources = await workspace.sources.get(id)
  if (sources !== undefined)
    return tabulateRows({
      rows: await queryTable(workspace, 'sources', { list: id }),
      table: 'sources',
      name: 'sources',
      notes: [`stars found on ${sources.frame}, the brightest first; positions in 0-based pixels`],
    })
  const file = await workspace.fileTables.get(id)
  if (file !== undefined && openFileTable !== null)
    return openFileTable(file, await workspace.pixels.read(file.bytesId))
  const name = TABLE_NAMES.find((known) => known === id)
  if (name !== undefined) return tabulateRows({ rows: await queryTable(workspace, name), table: name, name })
  throw new AsterismError('not-found', 'There is no table with this id in the workspace.', { table: id })
}

/** Comment lines are for a light curve only: whoever reads the other tables as CSV expects the names in the first line. */
const withoutNotes = ({ notes: _notes, ...table }: Table): Table => table

/**
 * A light curve, photometry table, list of sources, or table that came with a file by its id, or a whole table of the workspace by its
 * name, as a file.
 */
export const exportTableFile = async (
  workspace: Workspace,
  id: string,
  format: TableFormat,
  openFileTable: OpenFileTable | null = null,
): Promise<Uint8Array<ArrayBuffer>> => {
  const table = await findTable(workspace, id, openFileTable)
  const curve = format === 'csv' && (await workspace.lightcurves.get(id)) !== undefined
  return writeTableFile(format === 'csv' && !curve ? withoutNotes(table) : table, format)
}
