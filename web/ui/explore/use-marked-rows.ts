import { useEffect } from 'react'
import type { TableQuery } from '../../core/table-query'
import { spotOfRow } from '../../state/open-row'
import { useApp, useStudio } from '../kit/use-app'

/** So many places are marked at most: more would be the picture. */
const MOST_MARKED = 500

/** Rows of stars that are chosen, in the table or in the plot, are marked on their frames too. */
export const useMarkedRows = (query: TableQuery | null): void => {
  const studio = useStudio()
  const selected = useApp((state) => state.explore.selected)
  const markSpots = useApp((state) => state.selection.markSpots)
  useEffect(() => {
    if (query === null) return undefined
    let wanted = true
    const numbers = Uint32Array.from([...selected].slice(0, MOST_MARKED))
    const mark = async () => {
      const rows = numbers.length === 0 ? [] : await studio.tables.pick(query, numbers)
      if (wanted) markSpots(rows.flatMap((row) => spotOfRow(query.source, row) ?? []))
    }
    mark().catch(() => undefined)
    return () => {
      wanted = false
    }
  }, [studio, query, selected, markSpots])
}
