import { useTranslation } from 'react-i18next'
import { useApp } from '../kit/use-app'
import styles from './library-panel.module.css'

interface SelectionToolsProps {
  /** Ids of the frames in the list. */
  readonly shown: readonly string[]
  readonly searching: boolean
  /** A click selects one more instead of opening it: for fingers, which have no Ctrl. */
  readonly several: boolean
  readonly onSeveral: (several: boolean) => void
}

/** All that is listed is selected by one click, a few by switching over to selecting several. */
export const SelectionTools = ({ shown, searching, several, onSeveral }: SelectionToolsProps) => {
  const { t } = useTranslation('library')
  const { selected, select } = useApp((state) => state.selection)
  const chosen = new Set(selected)
  const all = shown.length > 0 && shown.every((id) => chosen.has(id))
  if (shown.length === 0) return searching ? <p role="status">{t('noneFound')}</p> : null
  return (
    <div className={styles['tools']}>
      <button type="button" className="chip" onClick={() => select(all ? [] : shown)}>
        {all ? t('selectNone') : t('selectAll', { count: shown.length })}
      </button>
      <button type="button" className="chip" aria-pressed={several} onClick={() => onSeveral(!several)}>
        {t('several')}
      </button>
    </div>
  )
}
