import { useTranslation } from 'react-i18next'
import { useApp } from '../kit/use-app'
import { FolderStatus } from './folder-status'
import { canPickFolder, pickFolder } from './pick-handles'
import styles from './projects-io.module.css'

/** Frames come in as the camera writes them: the live mode at the telescope. */
export const WatchSection = () => {
  const { t } = useTranslation('projects-io')
  const watch = useApp((state) => state.project.watch)
  const withFolder = useApp((state) => state.project.withFolder)
  const canWrite = useApp((state) => state.library.canWrite)
  const choose = () =>
    withFolder(async (studio) => {
      const folder = await pickFolder('asterism-watch', 'read')
      if (folder !== null) await studio.watch.choose(folder)
    })
  if (!canPickFolder())
    return (
      <fieldset>
        <legend>{t('watch.title')}</legend>
        <p>{t('noFolders')}</p>
      </fieldset>
    )
  return (
    <fieldset>
      <legend>{t('watch.title')}</legend>
      <p>{t('watch.text')}</p>
      <FolderStatus state={watch} kind="watch">
        {watch.status === 'off' ? null : (
          <p>
            {[
              t('watch.taken', { count: watch.taken }),
              watch.refused > 0 ? t('watch.refused', { count: watch.refused }) : null,
              watch.waiting.length > 0 ? t('watch.waiting', { count: watch.waiting.length }) : null,
              watch.lastOrder === null
                ? null
                : t('watch.ordered', { request: t(`orders:request.${watch.lastOrder}`) }),
            ]
              .filter((part) => part !== null)
              .join(' · ')}
          </p>
        )}
      </FolderStatus>
      <label className={styles['switch']}>
        <input
          type="checkbox"
          checked={watch.reduce}
          onChange={(event) => {
            const { checked } = event.target
            void withFolder((studio) => studio.watch.setReduce(checked))
          }}
        />
        {t('watch.reduce')}
      </label>
      <p>{t('watch.reduceText')}</p>
      <div className={styles['work']}>
        {watch.status === 'waiting-for-permission' ? (
          <button
            type="button"
            className="do"
            onClick={() => void withFolder((studio) => studio.watch.resume())}
          >
            {t('watch.goOn')}
          </button>
        ) : null}
        <button type="button" className="btn" disabled={!canWrite} onClick={() => void choose()}>
          {t(watch.folder === null ? 'watch.choose' : 'chooseOther')}
        </button>
        {watch.folder === null ? null : (
          <button
            type="button"
            className="btn"
            onClick={() => void withFolder((studio) => studio.watch.stop())}
          >
            {t('watch.stop')}
          </button>
        )}
      </div>
    </fieldset>
  )
}
