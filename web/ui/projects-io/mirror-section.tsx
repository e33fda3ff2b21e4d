import { useTranslation } from 'react-i18next'
import { useApp } from '../kit/use-app'
import { FolderStatus } from './folder-status'
import { canPickFolder, pickFolder } from './pick-handles'
import styles from './projects-io.module.css'

/** A folder on disk that follows the workspace. */
export const MirrorSection = () => {
  const { t, i18n } = useTranslation('projects-io')
  const mirror = useApp((state) => state.project.mirror)
  const withFolder = useApp((state) => state.project.withFolder)
  const canWrite = useApp((state) => state.library.canWrite)
  const choose = () =>
    withFolder(async (studio) => {
      const folder = await pickFolder('asterism-mirror', 'readwrite')
      if (folder !== null) await studio.mirror.choose(folder)
    })
  // The other section says that this browser has no such thing.
  if (!canPickFolder()) return null
  const { progress, written, writtenAt } = mirror
  return (
    <fieldset>
      <legend>{t('mirror.title')}</legend>
      <p>{t('mirror.text')}</p>
      <FolderStatus state={mirror} kind="mirror">
        {progress === null ? null : (
          <progress
            max={Math.max(1, progress.total)}
            value={progress.done}
            aria-label={t('mirror.writing')}
          />
        )}
        {progress !== null || written === null || writtenAt === null ? null : (
          <p>
            {t('mirror.written', {
              count: written,
              time: new Date(writtenAt).toLocaleTimeString(i18n.language),
            })}
          </p>
        )}
      </FolderStatus>
      <div className={styles['work']}>
        {mirror.status === 'waiting-for-permission' ? (
          <button
            type="button"
            className="do"
            onClick={() => void withFolder((studio) => studio.mirror.resume())}
          >
            {t('mirror.goOn')}
          </button>
        ) : null}
        {mirror.status === 'on' || mirror.status === 'error' ? (
          <button
            type="button"
            className="btn"
            disabled={progress !== null}
            onClick={() => void withFolder((studio) => studio.mirror.write())}
          >
            {t('mirror.now')}
          </button>
        ) : null}
        <button type="button" className="btn" disabled={!canWrite} onClick={() => void choose()}>
          {t(mirror.folder === null ? 'mirror.choose' : 'chooseOther')}
        </button>
        {mirror.folder === null ? null : (
          <button
            type="button"
            className="btn"
            onClick={() => void withFolder((studio) => studio.mirror.stop())}
          >
            {t('mirror.stop')}
          </button>
        )}
      </div>
    </fieldset>
  )
}
