import { useMemo, useState } from 'react'
import type { PlateSolutionRecord } from '../../core/plate-solution'
import { degrees } from '../../core/units'
import { formatDeclination, formatRightAscension } from '../../science/astrometry/sexagesimal'
import { VirtualTable } from '../kit/virtual-table'
import { listMatchedRows, MATCHED_COLUMNS, type MatchedColumn, type MatchedRow } from './list-matched-rows'
import { useSkyWords, type SkyWords } from './use-sky-words'

interface MatchedTableProps {
  readonly solution: PlateSolutionRecord
  readonly selected: number | null
  readonly onPick: (star: number) => void
}

const showCell = (row: MatchedRow | undefined, column: MatchedColumn, { fixed }: SkyWords): string => {
  if (row === undefined) return ''
  if (column === 'rightAscension') return formatRightAscension(degrees(row.rightAscension), 2)
  if (column === 'declination') return formatDeclination(degrees(row.declination), 1)
  return fixed(row[column], column === 'x' || column === 'y' || column === 'magnitude' ? 2 : 3)
}

/** Every star that was found where the catalogue has it, to be sorted; a row shows its star in the plots. */
export const MatchedTable = ({ solution, selected, onPick }: MatchedTableProps) => {
  const words = useSkyWords()
  const { t } = words
  const [order, setOrder] = useState<{ column: MatchedColumn; descending: boolean }>({
    column: 'distance',
    descending: true,
  })
  const rows = useMemo(() => listMatchedRows(solution, order.column, order.descending), [solution, order])
  const at = rows.findIndex(({ star }) => star === selected)
  return (
    <VirtualTable
      label={t('table.label')}
      count={rows.length}
      columns={MATCHED_COLUMNS.map((column) => ({
        name: column,
        sorted: order.column !== column ? 'none' : order.descending ? 'descending' : 'ascending',
        head: (
          <button
            type="button"
            title={t(`table.help.${column}`)}
            onClick={() =>
              setOrder((before) => ({
                column,
                descending: before.column === column ? !before.descending : column === 'distance',
              }))
            }
          >
            {t(`table.${column}`)}
            {order.column === column ? (order.descending ? ' ↓' : ' ↑') : ''}
          </button>
        ),
        value: (index) => showCell(rows[index], column, words),
      }))}
      selected={at < 0 ? null : at}
      onPick={(index) => {
        const row = rows[index]
        if (row !== undefined) onPick(row.star)
      }}
    />
  )
}
