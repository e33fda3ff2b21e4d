import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { queryOf } from '../../state/explore-slice'
import { useApp } from '../kit/use-app'
import { DataTab } from './data-tab'
import { FileTableBar } from './file-table-bar'
import { FilterField } from './filter-field'
import { PlotTab } from './plot-tab'
import { useMarkedRows } from './use-marked-rows'
import { useTableAnswer } from './use-table-answer'
import { useTableChoices } from './use-table-choices'
import styles from './explore-panel.module.css'

/** Which table is asked, and what: the rows that come back are shown as a table or as a plot. */
export const TableQuestions = () => {
  const { t, i18n } = useTranslation('explore')
  const explore = useApp((state) => state.explore)
  const query = useApp(useShallow((state) => queryOf(state.explore)))
  const state = useTableAnswer(query)
  const { own, ofFiles } = useTableChoices()
  const { answer, failure, busy } = state
  useMarkedRows(state.query)
  const total = answer?.total ?? null
  const { select } = explore
  // Places mean other rows when there are more or fewer of them.
  useEffect(() => select([]), [total, select])
  const ofFile = ofFiles.find(({ source }) => source === explore.source)
  const number = (value: number) => value.toLocaleString(i18n.language)
  return (
    <>
      <div className={styles['ask']}>
        <select
          value={explore.source}
          aria-label={t('table')}
          onChange={(event) => explore.openTable(event.target.value)}
        >
          {own.map(({ source, label }) => (
            <option key={source} value={source}>
              {label}
            </option>
          ))}
          {ofFiles.length === 0 ? null : (
            <optgroup label={t('ofFiles')}>
              {ofFiles.map(({ source, label }) => (
                <option key={source} value={source}>
                  {label}
                </option>
              ))}
            </optgroup>
          )}
        </select>
        <FilterField
          value={explore.filter}
          columns={answer?.columns ?? []}
          problem={answer?.problem ?? null}
          onChange={explore.setFilter}
        />
        <span className={styles['count']} aria-live="polite" aria-busy={busy}>
          {answer === null
            ? t('loading')
            : answer.count === answer.total
              ? t('rows', { count: answer.total, shown: number(answer.total) })
              : t('rowsOf', {
                  count: answer.total,
                  shown: number(answer.count),
                  total: number(answer.total),
                })}
        </span>
      </div>
      {ofFile === undefined ? null : <FileTableBar table={ofFile.table} />}
      {answer?.cut === true ? <p className={styles['empty']}>{t('cut', { count: answer.total })}</p> : null}
      {failure !== null ? (
        <p className={styles['empty']}>{failure}</p>
      ) : explore.tab === 'plot' ? (
        <PlotTab state={state} />
      ) : (
        <DataTab state={state} />
      )}
    </>
  )
}
