import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './rail.module.css'

export interface RailItem {
  readonly id: string
  readonly icon: ReactNode
  readonly disabled?: boolean
}

interface RailProps {
  readonly items: readonly RailItem[]
  readonly last: readonly RailItem[]
  /** On a small screen the two sides are sheets over the picture, called from here. */
  readonly sheets: readonly RailItem[]
  readonly sheet: string
  readonly current: string
  readonly onOpen: (id: string) => void
  readonly onSheet: (id: string) => void
}

const Item = ({
  item,
  current,
  onOpen,
}: {
  item: RailItem
  current: string
  onOpen: (id: string) => void
}) => {
  const { t } = useTranslation('shell')
  return (
    <button
      type="button"
      aria-current={item.id === current ? 'page' : undefined}
      disabled={item.disabled ?? false}
      onClick={() => onOpen(item.id)}
    >
      {item.icon}
      {t(`rail.${item.id}`)}
    </button>
  )
}

/** The panels, one above the other; at the bottom on a small screen. */
export const Rail = ({ items, last, sheets, sheet, current, onOpen, onSheet }: RailProps) => {
  const { t } = useTranslation('shell')
  return (
    <nav className={styles['rail']} aria-label={t('rail.label')}>
      {items.map((item) => (
        <Item key={item.id} item={item} current={current} onOpen={onOpen} />
      ))}
      {sheets.map((item) => (
        <button
          key={item.id}
          type="button"
          className={styles['sheet']}
          aria-expanded={sheet === item.id}
          onClick={() => onSheet(item.id)}
        >
          {item.icon}
          {t(`rail.${item.id}`)}
        </button>
      ))}
      <span className={styles['space']} />
      {last.map((item) => (
        <Item key={item.id} item={item} current={current} onOpen={onOpen} />
      ))}
    </nav>
  )
}
