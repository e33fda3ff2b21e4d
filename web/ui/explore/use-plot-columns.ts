import { useEffect, useState } from 'react'
import type { TableQuery } from '../../core/table-query'
import type { PlotChoice } from '../../state/settings-slice'
import { useApp, useStudio } from '../kit/use-app'
import type { PlotColumns } from './make-plot'

interface Fetched extends PlotColumns {
  readonly source: string
  /** What it was fetched for. */
  readonly choice: PlotChoice
}

/** The columns of all rows that are asked for; until others come, those before stay, with what they were chosen for. */
export const usePlotColumns = (
  query: TableQuery | null,
  choice: PlotChoice | null,
  needed: readonly string[],
): Fetched | null => {
  const studio = useStudio()
  const tellError = useApp((state) => state.notices.tellError)
  const [fetched, setFetched] = useState<Fetched | null>(null)
  const key = JSON.stringify(needed)
  const hasChoice = choice !== null
  useEffect(() => {
    if (query === null || !hasChoice) return undefined
    let wanted = true
    const names = JSON.parse(key) as string[]
    studio.tables.columns(query, names).then(
      ({ numbers, columns }) => {
        if (!wanted) return
        const byName = new Map(columns.map((column, index) => [names[index] ?? '', column]))
        setFetched({ source: query.source, choice, numbers, columns: byName })
      },
      (error: unknown) => {
        if (wanted) tellError(error)
      },
    )
    return () => {
      wanted = false
    }
    // What is chosen beside the columns, such as a logarithm, needs no other columns.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [studio, query, key, hasChoice, tellError])
  return fetched !== null && fetched.source === query?.source ? fetched : null
}
