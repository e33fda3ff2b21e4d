import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoreDescription } from '../../core/workspace-care'
import { formatBytes } from '../kit/format-bytes'
import { useApp, useStudio } from '../kit/use-app'
import { LogSection } from '../orders/log-section'
import { CheckSection } from './check-section'
import { CompactSection } from './compact-section'
import styles from './admin-tab.module.css'

/** How the workspace is: every store with what it holds, what contradicts itself, what can be let go, and what was done. */
export const AdminTab = () => {
  const { t, i18n } = useTranslation('admin')
  const studio = useStudio()
  const version = useApp((state) => state.explore.version)
  const storage = useApp((state) => state.library.storage)
  const refresh = useApp((state) => state.library.refresh)
  const openTable = useApp((state) => state.explore.openTable)
  const openTab = useApp((state) => state.explore.openTab)
  const tellError = useApp((state) => state.notices.tellError)
  const [stores, setStores] = useState<readonly StoreDescription[] | null>(null)
  useEffect(() => {
    let wanted = true
    studio.care.describe().then((list) => (wanted ? setStores(list) : undefined), tellError)
    return () => {
      wanted = false
    }
  }, [studio, version, tellError])
  const persist = useCallback(async () => {
    try {
      await navigator.storage.persist()
      await refresh()
    } catch (error) {
      tellError(error)
    }
  }, [refresh, tellError])
  const number = (value: number) => value.toLocaleString(i18n.language)
  return (
    <div className={styles['admin']}>
      <section aria-label={t('stores')}>
        <h3>{t('stores')}</h3>
        {storage === null ? null : (
          <div className={styles['room']}>
            <meter
              min={0}
              max={Math.max(1, storage.quotaBytes)}
              value={storage.usedBytes}
              aria-label={t('room')}
            />
            <span>
              {t('roomText', {
                used: formatBytes(storage.usedBytes, i18n.language),
                quota: formatBytes(storage.quotaBytes, i18n.language),
                backend: t(`backend.${storage.backend}`),
              })}
            </span>
            {storage.persisted ? (
              <span>{t('persisted')}</span>
            ) : (
              <button type="button" className="chip" onClick={() => void persist()}>
                {t('persist')}
              </button>
            )}
          </div>
        )}
        <table className={styles['stores']}>
          <thead>
            <tr>
              <th scope="col">{t('store')}</th>
              <th scope="col">{t('records')}</th>
              <th scope="col">{t('size')}</th>
              <th scope="col">{t('newest')}</th>
            </tr>
          </thead>
          <tbody>
            {(stores ?? []).map(({ store, records, bytes, estimated, newest }) => (
              <tr key={store} data-empty={records === 0}>
                <th scope="row">{t(`names.${store}`)}</th>
                <td>{number(records)}</td>
                <td>
                  {estimated ? t('about') : ''} {formatBytes(bytes, i18n.language)}
                </td>
                <td>{newest === null ? '–' : new Date(newest).toLocaleString(i18n.language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {stores === null ? <p>{t('weighing')}</p> : null}
      </section>
      <div>
        <CheckSection />
        <CompactSection />
        <LogSection />
        <button
          type="button"
          className="chip"
          onClick={() => {
            openTable('log')
            openTab('data')
          }}
        >
          {t('askLog')}
        </button>
      </div>
    </div>
  )
}
