import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GroupedRows, GroupSummary, TableQuery } from '../../core/table-query'
import { useApp, useStudio } from '../kit/use-app'
import { VirtualTable } from '../kit/virtual-table'
import { formatCell } from './format-cell'

interface GroupTableProps {
  readonly query: TableQuery
  readonly by: string
  /** Columns that are shown, of which those of numbers are summed up. */
  readonly columns: readonly string[]
  /** Names of columns say nothing of what is in them. */
  readonly ofFile: boolean
  /** Shows the rows of one group. */
  readonly onOpen: (value: unknown) => void
}

const STATISTICS = [
  'mean',
  'median',
  'deviation',
  'min',
  'max',
] as const satisfies readonly (keyof GroupSummary)[]

/** Rows put together by a column, with how many there are and what their numbers are like. */
export const GroupTable = ({ query, by, columns, ofFile, onOpen }: GroupTableProps) => {
  const { t, i18n } = useTranslation('explore')
  const studio = useStudio()
  const tellError = useApp((state) => state.notices.tellError)
  const [grouped, setGrouped] = useState<GroupedRows | null>(null)
  const [statistic, setStatistic] = useState<(typeof STATISTICS)[number]>('median')
  useEffect(() => {
    let wanted = true
    studio.tables.group(query, by).then((answer) => (wanted ? setGrouped(answer) : undefined), tellError)
    return () => {
      wanted = false
    }
  }, [studio, query, by, tellError])
  if (grouped === null) return <p>{t('loading')}</p>
  const { groups, cut } = grouped
  const format = (value: unknown, column: string): string =>
    formatCell(value, ofFile ? null : column, i18n.language)
  const summed = grouped.columns.flatMap((name, index) => (columns.includes(name) ? [{ name, index }] : []))
  return (
    <>
      <label>
        {t('statistic')}{' '}
        <select
          value={statistic}
          onChange={(event) => setStatistic(event.target.value as (typeof STATISTICS)[number])}
        >
          {STATISTICS.map((name) => (
            <option key={name} value={name}>
              {t(`statistics.${name}`)}
            </option>
          ))}
        </select>
      </label>
      {cut ? <p>{t('groupsCut', { count: groups.length })}</p> : null}
      <VirtualTable
        label={t('groups', { column: by })}
        count={groups.length}
        onPick={(index) => onOpen(groups[index]?.value)}
        columns={[
          { name: by, value: (index) => format(groups[index]?.value, by) || '–' },
          { name: t('rowsHead'), value: (index) => String(groups[index]?.rows ?? '') },
          ...summed.map(({ name, index: at }) => ({
            name,
            value: (index: number) => format(groups[index]?.summaries[at]?.[statistic], name),
          })),
        ]}
      />
    </>
  )
}
