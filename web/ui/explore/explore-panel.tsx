import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExploreTab } from '../../state/explore-slice'
import { useApp } from '../kit/use-app'
import { AdminTab } from './admin-tab'
import { TableQuestions } from './table-questions'
import styles from './explore-panel.module.css'

const TABS: readonly ExploreTab[] = ['data', 'plot', 'admin']

/** Every table of the workspace, to be asked: as rows, as a plot, and how the stores that hold them are. */
export const ExplorePanel = () => {
  const { t } = useTranslation('explore')
  const explore = useApp((state) => state.explore)
  const steer = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (by === undefined) return
    const next = TABS[(TABS.indexOf(explore.tab) + by + TABS.length) % TABS.length]
    if (next !== undefined) explore.openTab(next)
    event.preventDefault()
  }
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
        {explore.tab === 'admin' ? <AdminTab /> : <TableQuestions />}
      </div>
    </section>
  )
}
