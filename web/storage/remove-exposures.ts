import { listKeptBytes } from '../core/reduced'
import { askEach, inTransaction, type Connection } from './record-store'
import type { PixelStore } from './pixels'
import type { RecordOf } from './schema'
import type { StoredExposure } from './stores/exposures'
import type { StoredFileTable } from './stores/file-tables'
import type { SettingRecord } from './stores/settings'

/** Ids of bytes whose records are gone but which may still lie there, should the tab be killed in between. */
export const UNUSED_BYTES_SETTING = 'unused-bytes'

const changeExposures = (
  connection: Connection,
  ids: readonly string[],
  change: (exposure: StoredExposure) => StoredExposure,
): Promise<void> =>
  inTransaction(connection, ['exposures'], 'The frames', async (store) => {
    const exposures = store('exposures')
    const found = await askEach(ids, (id) => exposures.get(id) as Promise<StoredExposure | undefined>)
    await askEach(
      found.filter((exposure) => exposure !== undefined),
      (exposure) => exposures.put(change(exposure)),
    )
  })

const changeFileTables = (
  connection: Connection,
  ids: readonly string[],
  change: (table: StoredFileTable) => StoredFileTable,
): Promise<void> =>
  inTransaction(connection, ['file_tables'], 'The tables', async (store) => {
    const tables = store('file_tables')
    const found = await askEach(ids, (id) => tables.get(id) as Promise<StoredFileTable | undefined>)
    await askEach(
      found.filter((table) => table !== undefined),
      (table) => tables.put(change(table)),
    )
  })

/** Hides tables that came with files, as frames are hidden: they can come back until they are purged. */
export const removeFileTables = (connection: Connection, ids: readonly string[]): Promise<void> => {
  const now = Date.now()
  return changeFileTables(connection, ids, (table) => ({ ...table, removedAt: table.removedAt ?? now }))
}

export const restoreFileTables = (connection: Connection, ids: readonly string[]): Promise<void> =>
  changeFileTables(connection, ids, ({ removedAt: _removedAt, ...table }) => table)

/** Hides exposures from every list; they can come back until they are purged. */
export const removeExposures = (connection: Connection, ids: readonly string[]): Promise<void> => {
  const now = Date.now()
  return changeExposures(connection, ids, (exposure) => ({
    ...exposure,
    removedAt: exposure.removedAt ?? now,
  }))
}

export const restoreExposures = (connection: Connection, ids: readonly string[]): Promise<void> =>
  changeExposures(connection, ids, ({ removedAt: _removedAt, ...exposure }) => exposure)

/** Removes what hangs on one exposure alone; a table or a curve has other frames too and stays. */
const PURGED_WITH_EXPOSURE = ['reduced', 'sources', 'plate_solutions'] as const

/**
 * Names bytes that are about to be written before their records are: should the tab be killed before those are there, the next purge
 * takes them. Give the ids again with `settled` when the records are kept.
 */
export const noteUnusedBytes = (
  connection: Connection,
  ids: readonly string[],
  settled = false,
): Promise<void> =>
  inTransaction(connection, ['settings'], 'The list of unused bytes', async (store) => {
    const noted = (await store('settings').get(UNUSED_BYTES_SETTING)) as SettingRecord | undefined
    const before = (noted?.value ?? []) as string[]
    const these = new Set(ids)
    const value = settled ? before.filter((id) => !these.has(id)) : [...new Set([...before, ...ids])]
    if (value.length === 0) await store('settings').delete(UNUSED_BYTES_SETTING)
    else await store('settings').put({ id: UNUSED_BYTES_SETTING, value } satisfies SettingRecord)
  })

/** Takes the records out and notes the bytes that nothing uses any more, all in one transaction. */
const purgeRecords = (connection: Connection): Promise<{ purged: number; unused: string[] }> =>
  inTransaction(
    connection,
    [
      'exposures',
      'headers',
      'frame_statistics',
      'masters',
      'stacks',
      'file_tables',
      'row_flags',
      'settings',
      ...PURGED_WITH_EXPOSURE,
    ],
    'The removed frames',
    async (store) => {
      const exposures = (await store('exposures').getAll()) as StoredExposure[]
      const masters = (await store('masters').getAll()) as RecordOf<'masters'>[]
      const stacks = (await store('stacks').getAll()) as RecordOf<'stacks'>[]
      const tables = (await store('file_tables').getAll()) as StoredFileTable[]
      const reduced = (await store('reduced').getAll()) as RecordOf<'reduced'>[]
      const noted = (await store('settings').get(UNUSED_BYTES_SETTING)) as SettingRecord | undefined
      const gone = exposures.filter((exposure) => exposure.removedAt !== undefined)
      const goneTables = tables.filter(({ removedAt }) => removedAt !== undefined)
      const used = new Set([
        ...exposures
          .filter((exposure) => exposure.removedAt === undefined)
          .map((exposure) => exposure.pixels.bytesId),
        ...masters.map((master) => master.bytesId),
        ...stacks.map((stack) => stack.bytesId),
        ...tables.filter(({ removedAt }) => removedAt === undefined).map(({ bytesId }) => bytesId),
        // Of frames that stay; those of the others are added below, after this was asked.
        ...reduced.flatMap(({ calibration }) => listKeptBytes(calibration).map(({ id }) => id)),
      ])
      const candidates = [
        ...((noted?.value ?? []) as string[]),
        ...gone.map((exposure) => exposure.pixels.bytesId),
        ...goneTables.map(({ bytesId }) => bytesId),
      ]
      const unused = [...new Set(candidates)].filter((id) => !used.has(id))
      const keptOf = new Map(reduced.map(({ id, calibration }) => [id, listKeptBytes(calibration)]))
      for (const { id } of gone) {
        for (const name of PURGED_WITH_EXPOSURE) {
          const keys = await store(name).index('exposure').getAllKeys(id)
          if (name === 'reduced')
            unused.push(
              ...(keys as string[]).flatMap((key) => (keptOf.get(key) ?? []).map((kept) => kept.id)),
            )
          await askEach(keys, (key) => store(name).delete(key))
        }
        await askEach(['exposures', 'headers', 'frame_statistics'], (name) => store(name).delete(id))
      }
      for (const { id } of goneTables) {
        const flags = await store('row_flags').index('table').getAllKeys(`file:${id}`)
        await askEach(flags, (key) => store('row_flags').delete(key))
        await askEach(['file_tables', 'headers'], (name) => store(name).delete(id))
      }
      await store('settings').put({ id: UNUSED_BYTES_SETTING, value: unused } satisfies SettingRecord)
      return { purged: gone.length, unused }
    },
  )

export interface PurgeReport {
  readonly exposures: number
  /** Files whose bytes were deleted. */
  readonly files: number
}

/**
 * Deletes removed exposures and tables of files for good, and their bytes where no other record uses them (a file with several images gives
 * several exposures). Records go first: what a kill in between leaves behind is taken by the next purge.
 */
export const purgeRemoved = async (connection: Connection, pixels: PixelStore): Promise<PurgeReport> => {
  const { purged, unused } = await purgeRecords(connection)
  for (const id of unused) await pixels.delete(id)
  await inTransaction(connection, ['settings'], 'The removed frames', (store) =>
    store('settings').delete(UNUSED_BYTES_SETTING),
  )
  return { exposures: purged, files: unused.length }
}
