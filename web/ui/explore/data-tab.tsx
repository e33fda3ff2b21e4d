import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueriedColumn } from '../../core/table-query'
import { TableExportMenu } from '../kit/table-export-menu'
import { useApp, useStudio } from '../kit/use-app'
import { keepColumns } from './choose-columns'
import { ChosenRows } from './chosen-rows'
import { ColumnChooser } from './column-chooser'
import { DataGrid } from './data-grid'
import { GroupTable } from './group-table'
import { nameTableFile } from './name-table-file'
import type { TableAnswer } from './use-table-answer'
import { useRowActions } from './use-row-actions'
import { useRowBlocks } from './use-row-blocks'
import styles from './explore-panel.module.css'

const NO_COLUMNS: readonly QueriedColumn[] = []

/** A filter that finds the rows of one group. */
const filterFor = (column: string, value: unknown): string => {
  const name = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(column) ? column : `[${column}]`
  if (value === null || value === undefined) return `${name} is null`
  if (typeof value === 'number' || typeof value === 'bigint') return `${name} = ${value}`
  if (typeof value === 'boolean') return value ? name : `not ${name}`
  return `${name} = '${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll("'", "''")}'`
}

/** The rows themselves: choose columns, sort, group, choose rows and say something of them. */
export const DataTab = ({ state }: { readonly state: TableAnswer }) => {
  const { t } = useTranslation('explore')
  const studio = useStudio()
  const explore = useApp((app) => app.explore)
  const canWrite = useApp((app) => app.library.canWrite)
  const { tables: chosenColumns, change } = useApp((app) => app.settings)
  const [at, setAt] = useState(0)
  const { query, answer } = state
  const { source, sort, groupBy, selected } = explore
  const columns = answer?.columns ?? NO_COLUMNS
  const count = answer?.count ?? 0
  const rowAt = useRowBlocks(query)
  const ofFile = source.startsWith('file:')
  const shown = useMemo(
    () => keepColumns(columns, chosenColumns[source], ofFile),
    [columns, chosenColumns, source, ofFile],
  )
  const shownColumns = useMemo(() => {
    const known = new Map(columns.map((column) => [column.name, column]))
    return shown.flatMap((name) => known.get(name) ?? [])
  }, [columns, shown])
  const wanted = useMemo(() => query ?? { source, version: 0, filter: '', sort: [] }, [query, source])
  const { flag, open } = useRowActions(wanted)
  useEffect(() => setAt(0), [source, count])

  const choose = useCallback(
    (index: number, how: 'alone' | 'toggle' | 'range') => {
      const chooseRange = async () => {
        const [from, to] = [Math.min(at, index), Math.max(at, index)]
        const { numbers } = await studio.tables.slice(wanted, from, to + 1)
        explore.select([...selected, ...numbers])
      }
      if (how === 'range') {
        void chooseRange()
        return
      }
      const number = rowAt(index)?.number
      if (number === undefined) return
      if (how === 'alone') explore.select([number])
      else
        explore.select(
          selected.has(number) ? [...selected].filter((each) => each !== number) : [...selected, number],
        )
    },
    [at, studio, wanted, rowAt, explore, selected],
  )
  const sortBy = (column: string, more: boolean) => {
    const known = sort.find((key) => key.column === column)
    const key = { column, down: known === undefined ? false : !known.down }
    // A third press takes the order back.
    const gone = known?.down === true
    const others = more ? sort.filter((each) => each.column !== column) : []
    explore.setSort(gone ? others : [...others, key])
  }
  return (
    <>
      <div className={styles['tools']}>
        <label>
          {t('groupBy')}{' '}
          <select value={groupBy ?? ''} onChange={(event) => explore.setGroupBy(event.target.value || null)}>
            <option value="">{t('noGroups')}</option>
            {columns
              .filter(({ type }) => type !== 'list')
              .map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
          </select>
        </label>
        <ColumnChooser
          columns={columns}
          shown={shown}
          onChange={(names) => change({ tables: { ...chosenColumns, [source]: [...names] } })}
          onReset={() => change({ tables: { ...chosenColumns, [source]: [] } })}
        />
        <TableExportMenu
          name={nameTableFile(source)}
          disabled={count === 0}
          onExport={(format) => studio.tables.write(wanted, { columns: shown, format })}
        />
      </div>
      <ChosenRows query={wanted} columns={shown} />
      <div className={styles['table']}>
        {answer !== null && answer.total === 0 ? (
          <p className={styles['empty']}>{t(`nothing.${source}`, { defaultValue: t('nothing.any') })}</p>
        ) : groupBy !== null && query !== null ? (
          <GroupTable
            query={query}
            by={groupBy}
            columns={shown}
            ofFile={ofFile}
            onOpen={(value) => {
              explore.setGroupBy(null)
              explore.setFilter(filterFor(groupBy, value))
            }}
          />
        ) : (
          <DataGrid
            label={t('gridLabel')}
            columns={shownColumns}
            ofFile={ofFile}
            count={count}
            rowAt={rowAt}
            sort={sort}
            onSort={sortBy}
            selected={selected}
            at={Math.min(at, Math.max(0, count - 1))}
            onAt={setAt}
            onChoose={choose}
            onOpen={open}
            onKey={(key) => {
              if (key !== 'f' || selected.size === 0 || !canWrite) return false
              void flag(['bad'], '')
              return true
            }}
          />
        )}
      </div>
    </>
  )
}
