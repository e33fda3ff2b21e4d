import { AsterismError } from '../../core/errors'
import type { CatalogueStars } from '../../core/catalogue'
import type { OpenFileTable } from '../../core/file-table'
import { z } from '../../core/validation'
import type { Table } from '../../core/table'
import { guessColumns, type CatalogueColumns } from '../../science/catalogue/guess-columns'
import { tableToStars } from '../../science/catalogue/table-to-stars'
import type { Workspace } from '../../storage/workspace'

/** What a person said the columns of a table are. It belongs to the work: another who opens the project need not say it again. */
const SETTING = 'catalogue-columns'
const settingOf = (table: string): string => `${SETTING}/${table}`

const name = z.string().max(500)
const maybe = name.nullable()
const schema = z.object({
  rightAscension: name,
  declination: name,
  hours: z.boolean(),
  epoch: z.number().min(1800).max(2200),
  identifier: maybe,
  magnitudes: z.array(z.object({ name, magnitude: name, error: maybe })).max(60),
  colour: maybe,
  motion: z.object({ east: name, north: name, unit: z.enum(['mas', 'arcsec']) }).nullable(),
})

export interface DroppedCatalogue {
  readonly id: string
  readonly name: string
  readonly rows: number
  /** Names of all columns, to choose from. */
  readonly columns: readonly string[]
  /** What its columns were taken for, or what a person said; null where no place in the sky was found. */
  readonly chosen: CatalogueColumns | null
  /** Whether a person has said so. */
  readonly confirmed: boolean
}

type Reads = Pick<Workspace, 'fileTables' | 'pixels' | 'settings'>

const openTable = async (
  workspace: Reads,
  id: string,
  open: OpenFileTable,
): Promise<{ readonly table: Table; readonly title: string }> => {
  const record = await workspace.fileTables.get(id)
  if (record === undefined || record.removedAt !== undefined)
    throw new AsterismError(
      'not-found',
      'The table of this catalogue is not in the workspace any more. Drop its file again.',
      { table: id },
    )
  return { table: open(record, await workspace.pixels.read(record.bytesId)), title: record.name }
}

const readChoice = async (
  workspace: Pick<Workspace, 'settings'>,
  id: string,
  table: Table,
): Promise<CatalogueColumns | null> => {
  const stored = schema.safeParse((await workspace.settings.get(settingOf(id)))?.value)
  if (!stored.success) return null
  const there = new Set(table.columns.map((column) => column.name))
  return there.has(stored.data.rightAscension) && there.has(stored.data.declination) ? stored.data : null
}

/** What a table that came with a file is as a catalogue: its columns and what they are taken for. */
export const describeCatalogue = async (
  workspace: Reads,
  id: string,
  open: OpenFileTable,
): Promise<DroppedCatalogue> => {
  const { table, title } = await openTable(workspace, id, open)
  const chosen = await readChoice(workspace, id, table)
  return {
    id,
    name: title,
    rows: table.rowCount,
    columns: table.columns.map((column) => column.name),
    chosen: chosen ?? guessColumns(table),
    confirmed: chosen !== null,
  }
}

/** Keeps what a person says the columns are; null leaves it to the names again. */
export const chooseColumns = async (
  workspace: Pick<Workspace, 'settings'>,
  id: string,
  columns: unknown,
): Promise<void> => {
  if (columns === null) {
    await workspace.settings.delete(settingOf(id))
    return
  }
  const read = schema.safeParse(columns)
  if (!read.success)
    throw new AsterismError(
      'bad-order',
      `These are no columns of a catalogue: ${read.error.issues[0]?.path.join('.') ?? ''}. Choose them anew.`,
    )
  await workspace.settings.put({ id: settingOf(id), value: read.data })
}

/** All stars of a table that came with a file. */
export const openCatalogue = async (
  workspace: Reads,
  id: string,
  open: OpenFileTable,
): Promise<{ readonly stars: CatalogueStars; readonly title: string; readonly notes: readonly string[] }> => {
  const { table, title } = await openTable(workspace, id, open)
  const columns = (await readChoice(workspace, id, table)) ?? guessColumns(table)
  if (columns === null)
    throw new AsterismError(
      'bad-catalogue',
      `${title} has no columns that look like right ascension and declination. Say in its catalogue dialog which they are.`,
      { table: id },
    )
  const { stars, left } = tableToStars(table, columns)
  if (stars.rightAscension.length === 0)
    throw new AsterismError(
      'bad-catalogue',
      `No row of ${title} has a place in the sky in the columns ${columns.rightAscension} and ${columns.declination}. Choose other columns.`,
      { table: id },
    )
  return {
    stars,
    title,
    notes: left === 0 ? [] : [`${left} rows of ${title} have no place in the sky and are left out.`],
  }
}
