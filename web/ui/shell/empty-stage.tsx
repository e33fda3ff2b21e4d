import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../kit/use-app'
import { takePicked, type DroppedFile } from './collect-files'
import styles from './empty-stage.module.css'

interface EmptyStageProps {
  readonly onFiles: (files: DroppedFile[]) => void
  readonly onAddress: () => void
  readonly onDemonstration: () => void
  readonly over: boolean
}

const directoryAttributes = { webkitdirectory: '' }

/** What a person sees first: one place to drop a night, and a night that needs no download. */
export const EmptyStage = ({ onFiles, onAddress, onDemonstration, over }: EmptyStageProps) => {
  const { t } = useTranslation('shell')
  const intake = useApp((state) => state.intake.progress)
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  if (intake !== null) {
    return (
      <section className={styles['empty']}>
        <h2>{t('empty.taking')}</h2>
        <progress max={Math.max(1, intake.total)} value={intake.done} aria-label={t('empty.taking')} />
        <p>{t('empty.takingText', { done: intake.done, total: intake.total })}</p>
      </section>
    )
  }
  return (
    <section className={styles['empty']}>
      <div className={styles['drop']} data-over={over}>
        <svg
          width="56"
          height="56"
          viewBox="0 0 24 24"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.2"
          aria-hidden="true"
        >
          <circle cx="5" cy="17" r="1.6" />
          <circle cx="10" cy="9" r="2" />
          <circle cx="16" cy="13" r="1.4" />
          <circle cx="20" cy="5" r="1.6" />
          <path d="M5 17l5-8 6 4 4-8" />
        </svg>
        <h2>{over ? t('empty.letGo') : t('empty.title')}</h2>
        <p>{t('empty.text')}</p>
        <div className={styles['row']}>
          <button type="button" className="do" onClick={() => files.current?.click()}>
            {t('empty.files')}
          </button>
          <button type="button" className="ghost" onClick={() => folder.current?.click()}>
            {t('empty.folder')}
          </button>
          <button type="button" className="ghost" onClick={onAddress}>
            {t('empty.address')}
          </button>
        </div>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label={t('empty.files')}
          onChange={(event) => onFiles(takePicked(event.target))}
        />
        <input
          ref={folder}
          type="file"
          multiple
          hidden
          aria-label={t('empty.folder')}
          {...directoryAttributes}
          onChange={(event) => onFiles(takePicked(event.target))}
        />
      </div>
      <p>{t('empty.orSimulate')}</p>
      <div className={styles['row']}>
        <button type="button" className="btn" onClick={onDemonstration}>
          {t('empty.transit')}
        </button>
      </div>
      <p className={styles['small']}>{t('empty.transitText')}</p>
    </section>
  )
}
