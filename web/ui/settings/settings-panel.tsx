import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ServicesSection } from '../catalogues/services-section'
import { Modal } from '../kit/modal'
import modal from '../kit/modal.module.css'
import { useApp, useStudio } from '../kit/use-app'
import { formatBytes } from '../kit/format-bytes'
import { MirrorSection } from '../projects-io/mirror-section'
import { ProjectSection } from '../projects-io/project-section'
import { WatchSection } from '../projects-io/watch-section'
import { MemoryChoice } from './memory-choice'
import styles from './settings-panel.module.css'

const THEMES = ['system', 'dark', 'light', 'night'] as const
const LANGUAGE_NAMES = { system: null, en: 'English', de: 'Deutsch' } as const

/** Choices that stay: looks, language, and what the browser keeps. */
export const SettingsPanel = () => {
  const { t, i18n } = useTranslation('settings')
  const settings = useApp((state) => state.settings)
  const storage = useApp((state) => state.library.storage)
  const { refresh } = useApp((state) => state.library)
  const notices = useApp((state) => state.notices)
  const panels = useApp((state) => state.panels)
  const studio = useStudio()
  const [asking, setAsking] = useState(false)
  const reset = async () => {
    setAsking(false)
    try {
      await studio.reset()
      notices.tell({ key: 'emptied', tone: 'good' })
      await refresh()
    } catch (error) {
      notices.tellError(error)
    }
  }
  return (
    <section className={styles['panel']} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <fieldset>
        <legend>{t('theme')}</legend>
        <div className={styles['choices']}>
          {THEMES.map((theme) => (
            <button
              key={theme}
              type="button"
              className="chip"
              aria-pressed={settings.theme === theme}
              onClick={() => settings.change({ theme })}
            >
              {t(`themes.${theme}`)}
            </button>
          ))}
        </div>
        <p>{t('themeText')}</p>
      </fieldset>
      <fieldset>
        <legend>{t('language')}</legend>
        <div className={styles['choices']}>
          {(['system', 'en', 'de'] as const).map((language) => (
            <button
              key={language}
              type="button"
              className="chip"
              aria-pressed={settings.language === language}
              onClick={() => settings.change({ language })}
            >
              {LANGUAGE_NAMES[language] ?? t('languageSystem')}
            </button>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{t('instruments')}</legend>
        <p>{t('instrumentsText')}</p>
        <div className={styles['choices']}>
          <button type="button" className="btn" onClick={() => panels.open('instruments')}>
            {t('instrumentsOpen')}
          </button>
          <button type="button" className="btn" onClick={() => panels.open('camera')}>
            {t('cameraOpen')}
          </button>
        </div>
      </fieldset>
      <ServicesSection />
      <MemoryChoice />
      <fieldset>
        <legend>{t('storage')}</legend>
        <p>
          {storage === null
            ? ''
            : t('storageText', {
                used: formatBytes(storage.usedBytes, i18n.language),
                quota: formatBytes(storage.quotaBytes, i18n.language),
              })}{' '}
          {storage?.persisted ? t('persisted') : t('notPersisted')}
        </p>
        {storage === null || storage.quotaBytes === 0 ? null : (
          <meter min={0} max={storage.quotaBytes} value={storage.usedBytes} aria-label={t('storage')} />
        )}
        <div className={styles['choices']}>
          <button
            type="button"
            className="btn"
            onClick={() => void navigator.storage?.persist?.().then(() => refresh())}
          >
            {t('persist')}
          </button>
          <button
            type="button"
            className="btn"
            onClick={() => void studio.purgeRemoved().then(() => refresh(), notices.tellError)}
          >
            {t('purge')}
          </button>
          <button type="button" className="btn" onClick={() => setAsking(true)}>
            {t('reset')}
          </button>
        </div>
      </fieldset>
      <ProjectSection />
      <WatchSection />
      <MirrorSection />
      <Modal open={asking} title={t('resetTitle')} onClose={() => setAsking(false)}>
        <p>{t('resetText')}</p>
        <div className={modal['buttons']}>
          <button type="button" className="ghost" onClick={() => setAsking(false)}>
            {t('keep')}
          </button>
          <button type="button" className="do" onClick={() => void reset()}>
            {t('resetYes')}
          </button>
        </div>
      </Modal>
    </section>
  )
}
