import { useCallback } from 'react'
import type { TableQuery } from '../../core/table-query'
import type { Row } from '../../core/work-order'
import { openProvenance } from '../../state/open-provenance'
import { openRow, thingOfRow } from '../../state/open-row'
import { useApp, useAppStore, useStudio } from '../kit/use-app'

/** What can be done with rows that were chosen, each with its way back. */
export const useRowActions = (query: TableQuery) => {
  const studio = useStudio()
  const store = useAppStore()
  const selected = useApp((state) => state.explore.selected)
  const notices = useApp((state) => state.notices)
  const { source } = query

  const flag = useCallback(
    async (flags: readonly string[], note: string) => {
      try {
        const numbers = Uint32Array.from(selected)
        const former = await studio.tables.flagRows(query, numbers, { flags, note })
        const undo = () => void studio.tables.restoreFlags(source, former).catch(notices.tellError)
        const key = flags.length === 0 && note === '' ? 'unflagged' : 'flagged'
        notices.tell({
          key,
          values: { count: numbers.length, flags: [...flags, note].join(' ').trim() },
          undo,
        })
      } catch (error) {
        notices.tellError(error)
      }
    },
    [studio, query, source, selected, notices],
  )
  const exclude = useCallback(
    async (excluded: boolean) => {
      try {
        const rows = await studio.tables.pick(query, Uint32Array.from(selected))
        await store.getState().library.setExcluded(
          rows.map((row) => String(row['id'])),
          excluded,
        )
      } catch (error) {
        notices.tellError(error)
      }
    },
    [studio, store, query, selected, notices],
  )
  const open = useCallback(
    (row: Row) => {
      if (!openRow(store, source, row)) notices.tell({ key: 'nothingToOpen' })
    },
    [store, source, notices],
  )
  const showOrigin = useCallback(
    (row: Row) => {
      const thing = thingOfRow(source, row)
      if (thing !== null) openProvenance(store, thing)
    },
    [store, source],
  )
  return { flag, exclude, open, showOrigin }
}
