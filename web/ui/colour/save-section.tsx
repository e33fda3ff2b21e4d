import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PICTURE_FILES, PICTURE_FORMATS, type PictureFormat } from '../../core/picture-format'
import { ExportMenu } from '../kit/export-menu'
import { useApp, useStudio } from '../kit/use-app'
import { writePictureOrder } from './picture-order'
import type { PictureInMaking } from './use-picture'
import styles from './colour-panel.module.css'

const PosterDialog = lazy(async () => ({ default: (await import('./poster-dialog')).PosterDialog }))

const fileName = (name: string): string =>
  name.replaceAll(/[^\p{L}\p{N}._+-]+/gu, '-').replace(/^-+|-+$/g, '') || 'picture'

/** Keeps the picture, and gives it away as a file or a poster. What is given away is kept first, so that it can say how it was made. */
export const SaveSection = ({ picture }: { readonly picture: PictureInMaking }) => {
  const { t } = useTranslation('colour-picture')
  const studio = useStudio()
  const openPicture = useApp((state) => state.pictures.openPicture)
  const refresh = useApp((state) => state.library.refresh)
  const notices = useApp((state) => state.notices)
  const canWrite = useApp((state) => state.library.canWrite)
  const { preview, choice, channels, kept } = picture
  const proposed =
    kept?.name ??
    [preview?.object, preview?.labels.flatMap(({ filter }) => filter ?? []).join(' + ')]
      .filter((part) => part != null && part !== '')
      .join(' · ')
  const [typed, setTyped] = useState<{ readonly of: string | null; readonly text: string } | null>(null)
  const [credit, setCredit] = useState('')
  const [busy, setBusy] = useState(false)
  const [poster, setPoster] = useState<string | null>(null)
  if (preview === null || choice === null) return null
  // A name belongs to the picture that it was typed for.
  const title = typed !== null && typed.of === (kept?.id ?? null) ? typed.text : proposed
  const keep = async (): Promise<string> => {
    const report = await studio.submit(writePictureOrder(channels, choice, title))
    const [failure] = report.failures
    const id = report.result['frame']
    if (typeof id !== 'string') throw new Error(failure?.reason ?? t('notKept'))
    await refresh()
    openPicture(id)
    return id
  }
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      notices.tellError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className={styles['section']} aria-label={t('save')}>
      <header>
        <h3>{t('save')}</h3>
      </header>
      <label className="field">
        {t('name')}
        <input
          type="text"
          maxLength={200}
          value={title}
          onChange={({ target }) => setTyped({ of: kept?.id ?? null, text: target.value })}
        />
      </label>
      <label className="field">
        {t('credit')}
        <input
          type="text"
          maxLength={200}
          value={credit}
          placeholder={t('creditHint')}
          onChange={({ target }) => setCredit(target.value)}
        />
      </label>
      <div className={styles['buttons']}>
        <button
          type="button"
          className="btn"
          disabled={busy || !canWrite}
          onClick={() =>
            void attempt(async () => {
              await keep()
              notices.tell({ key: 'pictureKept' })
            })
          }
        >
          {busy ? t('keeping') : t('keep')}
        </button>
        <ExportMenu<PictureFormat>
          label={t('export')}
          disabled={busy || !canWrite}
          choices={PICTURE_FORMATS.map((format) => ({
            format,
            label: t(`format.${format}`),
            hint: t(`formatHint.${format}`),
          }))}
          makeFile={async (format) => ({
            name: `${fileName(title)}.${PICTURE_FILES[format].extension}`,
            content: await studio.exportPicture(await keep(), { format, title, credit }),
          })}
        />
        <button
          type="button"
          className="chip"
          disabled={busy || !canWrite}
          onClick={() => void attempt(async () => setPoster(await keep()))}
        >
          {t('poster')}
        </button>
      </div>
      {poster === null ? null : (
        <Suspense fallback={null}>
          <PosterDialog
            picture={poster}
            preview={preview}
            title={title}
            credit={credit}
            onClose={() => setPoster(null)}
          />
        </Suspense>
      )}
    </section>
  )
}
