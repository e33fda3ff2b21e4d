import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogRecord } from '../../core/work-order'
import { writeLog } from '../../pipeline/export/log-text'
import { ExportMenu } from '../kit/export-menu'
import { useApp, useStudio } from '../kit/use-app'
import styles from './log-section.module.css'

/** The page shows the newest; the files have all of it. */
const MOST_SHOWN = 100

/** What was done here, newest first, and all of it as a file. */
export const LogSection = () => {
  const { t, i18n } = useTranslation('orders')
  const studio = useStudio()
  const told = useApp((state) => state.orders.log)
  const orders = useApp((state) => state.orders.list)
  const frames = useApp((state) => state.library.exposures)
  const [lines, setLines] = useState<readonly LogRecord[]>([])
  useEffect(() => {
    let wanted = true
    studio.listLog().then(
      (list) => {
        if (wanted) setLines(list)
      },
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [studio, told, orders, frames])
  const makeFile = async (format: 'text' | 'jsonl') => {
    const all = await studio.listLog()
    const type = format === 'text' ? 'text/plain;charset=utf-8' : 'application/jsonl'
    return {
      name: format === 'text' ? 'asterism-log.txt' : 'asterism-log.jsonl',
      content: new Blob([writeLog(all, format)], { type }),
    }
  }
  return (
    <section className={styles['log']} aria-label={t('log.title')}>
      <header>
        <h3>{t('log.title')}</h3>
        <ExportMenu
          label={t('log.export')}
          disabled={lines.length === 0}
          makeFile={makeFile}
          choices={[
            { format: 'text', label: t('log.text'), hint: t('log.textHint') },
            { format: 'jsonl', label: t('log.lines'), hint: t('log.linesHint') },
          ]}
        />
      </header>
      {lines.length === 0 ? <p>{t('log.empty')}</p> : null}
      <ol>
        {lines
          .slice(-MOST_SHOWN)
          .toReversed()
          .map((line) => (
            <li key={line.id} data-level={line.level}>
              <time dateTime={new Date(line.time).toISOString()}>
                {new Date(line.time).toLocaleString(i18n.language)}
              </time>
              <span>{line.message}</span>
            </li>
          ))}
      </ol>
      {lines.length > MOST_SHOWN ? <p>{t('log.more', { count: lines.length - MOST_SHOWN })}</p> : null}
    </section>
  )
}
