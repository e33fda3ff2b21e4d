import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TABLE_NAMES, type Row, type TableName } from '../../core/work-order'
import { exportRowsCsv, formatField } from '../../pipeline/export/rows-csv'
import { saveFile } from '../kit/save-file'
import { useApp, useStudio } from '../kit/use-app'
import { VirtualTable } from '../kit/virtual-table'
import styles from './explore-panel.module.css'

const SHOWN: readonly TableName[] = TABLE_NAMES.filter(
  (name) => !['cmds', 'polarimetry', 'spectra', 'projects', 'targets'].includes(name),
)

const showValue = (value: unknown, language: string): string =>
  typeof value === 'number' && !Number.isInteger(value)
    ? value.toLocaleString(language, {
        maximumSignificantDigits: Math.abs(value) > 2_400_000 ? 13 : 6,
        useGrouping: false,
      })
    : formatField(value)

/** Any table of the workspace: choose, filter by words, sort by a column, take away as CSV. */
export const ExplorePanel = () => {
  const { t, i18n } = useTranslation('explore')
  const studio = useStudio()
  const exposures = useApp((state) => state.library.exposures)
  const curves = useApp((state) => state.library.curves)
  const [table, setTable] = useState<TableName>('exposures')
  const [rows, setRows] = useState<readonly Row[] | null>(null)
  const [filter, setFilter] = useState('')
  const [sort, setSort] = useState<{ column: string; down: boolean } | null>(null)
  useEffect(() => {
    let wanted = true
    setRows(null)
    void studio.query(table).then((answer) => {
      if (wanted) setRows(answer)
    })
    return () => {
      wanted = false
    }
  }, [studio, table, exposures, curves])
  const columns = useMemo(
    () => [...new Set((rows ?? []).slice(0, 50).flatMap((row) => Object.keys(row)))],
    [rows],
  )
  const shown = useMemo(() => {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
    const kept = (rows ?? []).filter((row) => {
      if (words.length === 0) return true
      const text = Object.values(row).map(formatField).join(' ').toLowerCase()
      return words.every((word) => text.includes(word))
    })
    if (sort === null) return kept
    const sign = sort.down ? -1 : 1
    return kept.toSorted((a, b) => {
      const [first, second] = [a[sort.column], b[sort.column]]
      if (typeof first === 'number' && typeof second === 'number') return sign * (first - second)
      return sign * formatField(first).localeCompare(formatField(second))
    })
  }, [rows, filter, sort])
  return (
    <section className={styles['panel']} aria-label={t('title')}>
      <header className={styles['head']}>
        <h2>{t('title')}</h2>
        <select
          value={table}
          aria-label={t('table')}
          onChange={(event) => setTable(event.target.value as TableName)}
        >
          {SHOWN.map((name) => (
            <option key={name} value={name}>
              {t(`tables.${name}`)}
            </option>
          ))}
        </select>
        <input
          type="search"
          value={filter}
          placeholder={t('filter')}
          aria-label={t('filter')}
          onChange={(event) => setFilter(event.target.value)}
        />
        <span aria-live="polite">{rows === null ? t('loading') : t('rows', { count: shown.length })}</span>
        <button
          type="button"
          className="ghost"
          disabled={shown.length === 0}
          onClick={() => saveFile(`asterism-${table}.csv`, exportRowsCsv(shown), 'text/csv')}
        >
          {t('csv')}
        </button>
      </header>
      {rows !== null && rows.length === 0 ? (
        <p className={styles['empty']}>{t(`nothing.${table}`, { defaultValue: t('nothing.any') })}</p>
      ) : null}
      <div className={styles['table']}>
        <VirtualTable
          label={t(`tables.${table}`)}
          count={shown.length}
          columns={columns.map((column) => ({
            name: column,
            sorted: sort?.column === column ? (sort.down ? 'descending' : 'ascending') : 'none',
            head: (
              <button
                type="button"
                onClick={() =>
                  setSort((former) => ({ column, down: former?.column === column && !former.down }))
                }
              >
                {column}
              </button>
            ),
            value: (index) => showValue(shown[index]?.[column], i18n.language),
          }))}
        />
      </div>
    </section>
  )
}
