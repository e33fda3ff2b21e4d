import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../kit/format-bytes'
import { saveFile } from '../kit/save-file'
import { useApp } from '../kit/use-app'
import { ImportSummary } from './import-summary'
import { canPickFile, pickZip } from './pick-handles'
import styles from './projects-io.module.css'

const nameZip = (): string => `asterism-${new Date().toISOString().slice(0, 10)}.zip`

/** The whole workspace out as one zip, and in again. */
export const ProjectSection = () => {
  const { t, i18n } = useTranslation('projects-io')
  const { work, report, save, sortOut, cancel, putAway } = useApp((state) => state.project)
  const notices = useApp((state) => state.notices)
  const ingest = useApp((state) => state.intake.ingest)
  const canWrite = useApp((state) => state.library.canWrite)
  const empty = useApp((state) => state.library.exposures.length === 0)
  const file = useRef<HTMLInputElement>(null)

  const saveProject = async () => {
    try {
      const name = nameZip()
      if (!canPickFile()) {
        const blob = await save(null)
        if (blob !== null) saveFile(name, blob)
        return
      }
      const chosen = await pickZip(name, t('zipFile'))
      if (chosen !== null) await save(chosen)
    } catch (error) {
      notices.tellError(error)
    }
  }
  const open = async (chosen: File | undefined) => {
    if (file.current !== null) file.current.value = ''
    if (chosen === undefined) return
    const rest = await sortOut([{ path: chosen.name, blob: chosen }])
    if (rest.length > 0) await ingest(rest)
  }
  return (
    <fieldset>
      <legend>{t('project')}</legend>
      <p>{t('projectText')}</p>
      <div className={styles['work']}>
        <button
          type="button"
          className="btn"
          disabled={work !== null || empty}
          onClick={() => void saveProject()}
        >
          {t('save')}
        </button>
        <button
          type="button"
          className="btn"
          disabled={work !== null || !canWrite}
          onClick={() => file.current?.click()}
        >
          {t('open')}
        </button>
        <input
          ref={file}
          type="file"
          accept="application/zip,.zip"
          hidden
          data-testid="project-file"
          aria-label={t('open')}
          onChange={(event) => void open(event.target.files?.[0])}
        />
      </div>
      {work === null ? null : (
        <div className={styles['work']}>
          <progress
            max={Math.max(1, work.progress.total)}
            value={work.progress.done}
            aria-label={t(`working.${work.kind}`)}
          />
          <button type="button" className="chip" onClick={cancel}>
            {t('cancel')}
          </button>
          <span className={`${styles['path'] ?? ''} mono`}>
            {work.kind === 'save' && work.progress.total > 1
              ? `${formatBytes(work.progress.done, i18n.language)} / ${formatBytes(work.progress.total, i18n.language)} · `
              : ''}
            {work.progress.label}
          </span>
        </div>
      )}
      {report === null ? null : <ImportSummary report={report} onClose={putAway} />}
    </fieldset>
  )
}
