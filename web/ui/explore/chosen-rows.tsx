import { useEffect, useState } from 'react'
import type { TableQuery } from '../../core/table-query'
import type { Row } from '../../core/work-order'
import { thingOfRow } from '../../state/open-row'
import { saveFile } from '../kit/save-file'
import { useApp, useStudio } from '../kit/use-app'
import { nameTableFile } from './name-table-file'
import { SelectionBar } from './selection-bar'
import { useRowActions } from './use-row-actions'

interface ChosenRowsProps {
  readonly query: TableQuery
  /** Those that a file of the rows gets. */
  readonly columns: readonly string[]
}

/** The row that is chosen, where it is the only one. */
const useOnlyRow = (query: TableQuery): Row | null => {
  const studio = useStudio()
  const selected = useApp((state) => state.explore.selected)
  const [only, setOnly] = useState<{ readonly number: number; readonly row: Row } | null>(null)
  const [number] = selected.size === 1 ? selected : []
  useEffect(() => {
    if (number === undefined) return undefined
    let wanted = true
    studio.tables.pick(query, Uint32Array.of(number)).then(
      ([row]) => {
        if (wanted && row !== undefined) setOnly({ number, row })
      },
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [studio, query, number])
  return only !== null && only.number === number ? only.row : null
}

/** What can be done with the rows that are chosen, in the table or in the plot. */
export const ChosenRows = ({ query, columns }: ChosenRowsProps) => {
  const studio = useStudio()
  const { source, selected, select } = useApp((state) => state.explore)
  const canWrite = useApp((state) => state.library.canWrite)
  const tellError = useApp((state) => state.notices.tellError)
  const { flag, exclude, open, showOrigin } = useRowActions(query)
  const only = useOnlyRow(query)
  const save = () => {
    const numbers = Uint32Array.from(selected).sort()
    studio.tables
      .write(query, { columns, format: 'csv', numbers })
      .then((file) => saveFile(`${nameTableFile(source)}-chosen.csv`, file), tellError)
  }
  if (selected.size === 0) return null
  return (
    <SelectionBar
      count={selected.size}
      canWrite={canWrite}
      onFlag={(flags, note) => void flag(flags, note)}
      onOpen={only === null || source.startsWith('file:') ? null : () => open(only)}
      onOrigin={only === null || thingOfRow(source, only) === null ? null : () => showOrigin(only)}
      onExclude={source === 'exposures' ? (excluded) => void exclude(excluded) : null}
      onSave={save}
      onClear={() => select([])}
    />
  )
}
