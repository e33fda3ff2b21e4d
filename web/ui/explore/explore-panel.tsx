import { useEffect, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { queryOf, type ExploreTab } from '../../state/explore-slice'
import { useApp } from '../kit/use-app'
import { DataTab } from './data-tab'
import { FilterField } from './filter-field'
import { useMarkedRows } from './use-marked-rows'
import { useTableAnswer } from './use-table-answer'
import { useTableChoices } from './use-table-choices'
import styles from './explore-panel.module.css'

const TABS: readonly ExploreTab[] = ['data']

/** Every table of the workspace, to be asked: as rows, as a plot, and how the stores that hold them are. */
export const ExplorePanel = () => {
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
  const steer = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (by === undefined) return
    const next = TABS[(TABS.indexOf(explore.tab) + by + TABS.length) % TABS.length]
    if (next !== undefined) explore.openTab(next)
    event.preventDefault()
  }
  const number = (value: number) => value.toLocaleString(i18n.language)
  return (
    <section className={styles['panel']} aria-label={t('title')}>
      <header className={styles['head']}>
        <h2>{t('title')}</h2>
        <div role="tablist" aria-label={t('title')} className={styles['tabs']}>
          {TABS.map((tab) => (
            <button
              key={tab}
              type="button"
              role="tab"
              id={`explore-tab-${tab}`}
              aria-selected={explore.tab === tab}
              aria-controls="explore-tab"
              tabIndex={explore.tab === tab ? 0 : -1}
              onKeyDown={steer}
              onClick={() => explore.openTab(tab)}
            >
              {t(`tab.${tab}`)}
            </button>
          ))}
        </div>
      </header>
      <div
        id="explore-tab"
        role="tabpanel"
        aria-labelledby={`explore-tab-${explore.tab}`}
        className={styles['body']}
      >
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
        {answer?.cut === true ? <p className={styles['empty']}>{t('cut', { count: answer.total })}</p> : null}
        {failure === null ? <DataTab state={state} /> : <p className={styles['empty']}>{failure}</p>}
      </div>
    </section>
  )
}
