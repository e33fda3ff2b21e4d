import { useTranslation } from 'react-i18next'
import type { QueriedColumn } from '../../core/table-query'
import { PopoverPanel } from '../kit/popover-panel'
import styles from './column-chooser.module.css'

interface ColumnChooserProps {
  readonly columns: readonly QueriedColumn[]
  /** Names in the order in which they are shown. */
  readonly shown: readonly string[]
  readonly onChange: (shown: readonly string[]) => void
  /** Back to what a new visitor sees. */
  readonly onReset: () => void
}

const swap = (names: readonly string[], at: number, by: number): string[] => {
  const moved = [...names]
  const [name] = moved.splice(at, 1)
  if (name !== undefined) moved.splice(Math.max(0, at + by), 0, name)
  return moved
}

/** Which columns are shown, and in what order. */
export const ColumnChooser = ({ columns, shown, onChange, onReset }: ColumnChooserProps) => {
  const { t } = useTranslation('explore')
  const hidden = columns.filter(({ name }) => !shown.includes(name))
  const known = new Map(columns.map((column) => [column.name, column]))
  return (
    <PopoverPanel
      label={t('columns.title')}
      button={t('columns.button', { shown: shown.length, all: columns.length })}
    >
      {() => (
        <>
          <div className={styles['head']}>
            <b>{t('columns.title')}</b>
            <button type="button" className="chip" onClick={onReset}>
              {t('columns.reset')}
            </button>
            <button type="button" className="chip" onClick={() => onChange(columns.map(({ name }) => name))}>
              {t('columns.all')}
            </button>
          </div>
          <ul className={styles['list']}>
            {shown.map((name, index) => (
              <li key={name}>
                <label title={known.get(name)?.description}>
                  <input
                    type="checkbox"
                    checked
                    disabled={shown.length === 1}
                    onChange={() => onChange(shown.filter((other) => other !== name))}
                  />
                  {name}
                </label>
                <button
                  type="button"
                  aria-label={t('columns.left', { name })}
                  disabled={index === 0}
                  onClick={() => onChange(swap(shown, index, -1))}
                >
                  ↑
                </button>
                <button
                  type="button"
                  aria-label={t('columns.right', { name })}
                  disabled={index === shown.length - 1}
                  onClick={() => onChange(swap(shown, index, 1))}
                >
                  ↓
                </button>
              </li>
            ))}
            {hidden.map(({ name, description }) => (
              <li key={name}>
                <label title={description}>
                  <input type="checkbox" checked={false} onChange={() => onChange([...shown, name])} />
                  {name}
                </label>
              </li>
            ))}
          </ul>
        </>
      )}
    </PopoverPanel>
  )
}
