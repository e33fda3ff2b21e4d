import { useVirtualizer } from '@tanstack/react-virtual'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CardValue, HeaderCard } from '../../core/header'
import styles from './header-panel.module.css'

export interface HeaderPanelProps {
  readonly cards: readonly HeaderCard[]
}

const ROW = 44
const BEYOND = 12

const holds = (card: HeaderCard, wanted: string): boolean =>
  `${card.keyword} ${String(card.value ?? '')} ${card.comment} ${card.raw}`.toLowerCase().includes(wanted)

/** As FITS writes it: T and F for truth. */
const printValue = (value: CardValue): string =>
  value === null ? '' : typeof value === 'boolean' ? (value ? 'T' : 'F') : String(value)

/** All cards of a header in their order, with a search; only the rows in sight exist. */
export const HeaderPanel = ({ cards }: HeaderPanelProps) => {
  const { t } = useTranslation('viewer')
  const [search, setSearch] = useState('')
  const [copied, setCopied] = useState<'copied' | 'copyFailed' | null>(null)
  const wanted = useDeferredValue(search.trim().toLowerCase())
  const found = useMemo(
    () => (wanted === '' ? cards : cards.filter((card) => holds(card, wanted))),
    [cards, wanted],
  )
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: BEYOND,
    initialRect: { width: 300, height: 400 },
  })
  // In a dialog that is about to open all rows measure nothing: growing to their heights must not carry the list away from its top.
  rows.shouldAdjustScrollPositionOnItemSizeChange = (_item, _delta, { scrollDirection }) =>
    scrollDirection === 'backward'
  const copyFound = async () => {
    try {
      await navigator.clipboard.writeText(found.map((card) => card.raw.trimEnd()).join('\n'))
      setCopied('copied')
    } catch {
      setCopied('copyFailed')
    }
    setTimeout(() => setCopied(null), 1600)
  }
  if (cards.length === 0) return <p className={styles['nothing']}>{t('header.empty')}</p>
  return (
    <section className={styles['panel']}>
      <div className={styles['bar']}>
        <input
          type="search"
          className={styles['search']}
          value={search}
          aria-label={t('header.search')}
          placeholder={t('header.placeholder')}
          onChange={(event) => setSearch(event.target.value)}
        />
        <button type="button" className={styles['copy']} onClick={() => void copyFound()}>
          {t(`header.${copied ?? 'copy'}`)}
        </button>
      </div>
      <output className={styles['count']}>
        {found.length === 0
          ? t('header.none', { wanted: search.trim() })
          : t('header.count', { count: found.length, total: cards.length })}
      </output>
      <div ref={scroller} className={styles['scroller']}>
        <ul className={styles['all']} aria-label={t('header.list')} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((item) => {
            const card = found[item.index]
            if (card === undefined) return null
            return (
              <li
                key={item.key}
                ref={rows.measureElement}
                data-index={item.index}
                className={styles['card']}
                aria-setsize={found.length}
                aria-posinset={item.index + 1}
                style={{ transform: `translateY(${item.start}px)` }}
                title={card.raw.trimEnd()}
              >
                <span className={styles['keyword']}>{card.keyword}</span>
                <span className={styles['value']}>{printValue(card.value)}</span>
                {card.comment !== '' && <span className={styles['comment']}>{card.comment}</span>}
                {card.flaw !== undefined && (
                  <span className={styles['flaw']}>
                    {t('header.flaw')}: {card.flaw}
                  </span>
                )}
              </li>
            )
          })}
        </ul>
      </div>
    </section>
  )
}
