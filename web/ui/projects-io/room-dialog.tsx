import { useTranslation } from 'react-i18next'
import { formatBytes } from '../kit/format-bytes'
import { Modal } from '../kit/modal'
import modal from '../kit/modal.module.css'
import { useApp } from '../kit/use-app'
import styles from './projects-io.module.css'

const MOST_NAMED = 200

/** Before files come in that do not all fit: which ones, and what can be done about it. */
export const RoomDialog = () => {
  const { t, i18n } = useTranslation('projects-io')
  const { question, answer } = useApp((state) => state.room)
  const size = (bytes: number) => formatBytes(bytes, i18n.language)
  return (
    <Modal open={question !== null} title={t('room.title')} onClose={() => answer('none')}>
      {question === null ? null : (
        <>
          <p>
            {t('room.text', {
              count: question.files,
              needed: size(question.neededBytes),
              free: size(question.freeBytes),
            })}
          </p>
          <details open={question.left.length <= 12}>
            <summary>{t('room.left', { count: question.left.length })}</summary>
            <ul className={styles['list']}>
              {question.left.slice(0, MOST_NAMED).map((path) => (
                <li key={path}>{path}</li>
              ))}
              {question.left.length > MOST_NAMED ? (
                <li>{t('room.more', { count: question.left.length - MOST_NAMED })}</li>
              ) : null}
            </ul>
          </details>
          <p>{t('room.advice')}</p>
          <div className={modal['buttons']}>
            <button type="button" className="ghost" onClick={() => answer('none')}>
              {t('room.none')}
            </button>
            <button type="button" className="ghost" onClick={() => answer('all')}>
              {t('room.all')}
            </button>
            {question.removed.frames + question.removed.tables === 0 ? null : (
              <button type="button" className="ghost" onClick={() => answer('purge')}>
                {question.removed.tables === 0
                  ? t('room.purge', { count: question.removed.frames, size: size(question.removed.bytes) })
                  : t('room.purgeAll', { size: size(question.removed.bytes) })}
              </button>
            )}
            {question.left.length < question.files ? (
              <button type="button" className="do" onClick={() => answer('those-that-fit')}>
                {t('room.fits', { count: question.files - question.left.length })}
              </button>
            ) : null}
          </div>
        </>
      )}
    </Modal>
  )
}
