import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Progress } from '../../core/task'
import type { WorkspaceCheck } from '../../core/workspace-care'
import { formatBytes } from '../kit/format-bytes'
import { useApp, useStudio } from '../kit/use-app'
import styles from './admin-tab.module.css'

const MOST_SHOWN = 100

/** Looks for what contradicts itself, says it in words and what would mend it, and mends it when asked. */
export const CheckSection = () => {
  const { t, i18n } = useTranslation('admin')
  const studio = useStudio()
  const canWrite = useApp((state) => state.library.canWrite)
  const notices = useApp((state) => state.notices)
  const [check, setCheck] = useState<WorkspaceCheck | null>(null)
  const [progress, setProgress] = useState<Progress | null>(null)
  const control = useRef<AbortController | null>(null)
  const run = async (thorough: boolean) => {
    control.current = new AbortController()
    setProgress({ label: '', done: 0, total: 1 })
    try {
      setCheck(await studio.care.check({ thorough, signal: control.current.signal, onProgress: setProgress }))
    } catch (error) {
      notices.tellError(error)
    } finally {
      setProgress(null)
    }
  }
  const repair = async () => {
    if (check === null) return
    try {
      const freed = await studio.care.repair(check.faults)
      notices.tell({ key: 'repaired', values: { size: formatBytes(freed, i18n.language) }, tone: 'good' })
      // What was taken out may leave others without what they were made from: told of next.
      await run(false)
    } catch (error) {
      notices.tellError(error)
    }
  }
  const mendable = check?.faults.filter(({ repair: way }) => way !== 'none').length ?? 0
  return (
    <section aria-label={t('check.title')}>
      <h3>{t('check.title')}</h3>
      <p>{t('check.text')}</p>
      {progress === null ? (
        <div className={styles['row']}>
          <button type="button" className="btn" onClick={() => void run(false)}>
            {t('check.quick')}
          </button>
          <button
            type="button"
            className="btn"
            onClick={() => void run(true)}
            title={t('check.thoroughText')}
          >
            {t('check.thorough')}
          </button>
        </div>
      ) : (
        <div className={styles['row']}>
          <progress max={Math.max(1, progress.total)} value={progress.done} aria-label={t('check.title')} />
          <span>{t('check.progress', { done: progress.done, total: progress.total })}</span>
          <button type="button" className="chip" onClick={() => control.current?.abort()}>
            {t('check.cancel')}
          </button>
        </div>
      )}
      {check === null || progress !== null ? null : (
        <div role="status">
          {check.faults.length === 0 ? (
            <p className={styles['sound']}>
              {t('check.sound', {
                records: check.records.toLocaleString(i18n.language),
                files: check.files.toLocaleString(i18n.language),
                seconds: check.seconds.toLocaleString(i18n.language, { maximumFractionDigits: 1 }),
              })}
            </p>
          ) : (
            <>
              <p>{t('check.found', { count: check.faults.length })}</p>
              <ul className={styles['faults']}>
                {check.faults
                  .slice(0, MOST_SHOWN)
                  .map(({ code, store, id, name, misses, repair: way, bytes }) => (
                    <li key={`${code} ${store} ${id}`}>
                      {t(`fault.${code}`, { name, misses: misses ?? '', store: t(`names.${store}`) })}{' '}
                      <small>{t(`repair.${way}`, { name, size: formatBytes(bytes, i18n.language) })}</small>
                    </li>
                  ))}
              </ul>
              {check.faults.length > MOST_SHOWN ? (
                <p>{t('check.more', { count: check.faults.length - MOST_SHOWN })}</p>
              ) : null}
              {mendable === 0 ? null : (
                <button type="button" className="do" disabled={!canWrite} onClick={() => void repair()}>
                  {t('check.repair', { count: mendable })}
                </button>
              )}
            </>
          )}
        </div>
      )}
    </section>
  )
}
