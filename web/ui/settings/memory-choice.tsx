import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../kit/format-bytes'
import { useApp, useStudio } from '../kit/use-app'
import styles from './settings-panel.module.css'

const GIBIBYTE = 1024 * 1024 * 1024
const CHOICES = [GIBIBYTE / 2, GIBIBYTE, 2 * GIBIBYTE, 4 * GIBIBYTE]

/** How much memory stacking may take: work that does not fit is done in strips. */
export const MemoryChoice = () => {
  const { t, i18n } = useTranslation('settings')
  const studio = useStudio()
  const notices = useApp((state) => state.notices)
  const [limit, setLimit] = useState<number | null>(null)
  useEffect(() => {
    void studio.memoryLimit().then(setLimit, notices.tellError)
  }, [studio, notices])
  const choose = async (bytes: number) => {
    try {
      await studio.setMemoryLimit(bytes)
      setLimit(bytes)
    } catch (error) {
      notices.tellError(error)
    }
  }
  return (
    <fieldset>
      <legend>{t('memory')}</legend>
      <div className={styles['choices']}>
        {CHOICES.map((bytes) => (
          <button
            key={bytes}
            type="button"
            className="chip"
            aria-pressed={limit === bytes}
            onClick={() => void choose(bytes)}
          >
            {formatBytes(bytes, i18n.language)}
          </button>
        ))}
      </div>
      <p>{t('memoryText')}</p>
    </fieldset>
  )
}
