import { useTranslation } from 'react-i18next'
import { useApp } from '../kit/use-app'
import styles from './library-panel.module.css'

/** Pictures in colour, newest first; one opens where it is made. */
export const PictureList = () => {
  const { t } = useTranslation('library')
  const composites = useApp((state) => state.library.composites)
  const { open, openPicture } = useApp((state) => state.pictures)
  const panels = useApp((state) => state.panels)
  if (composites.length === 0) return null
  return (
    <section className={styles['stacks']} aria-label={t('pictures')}>
      <h2>{t('pictures')}</h2>
      {composites.toReversed().map(({ id, name, labels }) => (
        <button
          key={id}
          type="button"
          className={styles['stack']}
          aria-pressed={panels.panel === 'colour' && open === id}
          title={name}
          onClick={() => {
            openPicture(id)
            panels.open('colour')
          }}
        >
          <span className={styles['name']} style={{ gridColumn: '1 / -1' }}>
            {name}
            <small>{labels.map(({ filter, name: frame }) => filter ?? frame).join(' + ')}</small>
          </span>
        </button>
      ))}
    </section>
  )
}
