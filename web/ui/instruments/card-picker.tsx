import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeaderCard } from '../../core/header'
import { useStudio } from '../kit/use-app'
import { ALIAS_FIELDS, type AliasField } from './edit-draft'
import styles from './profile-editor.module.css'

interface CardPickerProps {
  readonly frame: string
  readonly onRecognise: (keyword: string, value: string) => void
  readonly onUse: (field: AliasField, keyword: string) => void
}

/** What is no fact of the instrument: remarks, and how the pixels lie. */
const SILENT = /^(?:COMMENT|HISTORY|SIMPLE|BITPIX|NAXIS\d*|EXTEND|BSCALE|BZERO|END|)$/

const useCards = (frame: string): readonly HeaderCard[] => {
  const studio = useStudio()
  const [cards, setCards] = useState<readonly HeaderCard[]>([])
  useEffect(() => {
    let wanted = true
    void studio.cards(frame).then(
      (found) => {
        if (wanted) setCards(found.filter(({ keyword, value }) => value !== null && !SILENT.test(keyword)))
      },
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [studio, frame])
  return cards
}

/** The cards of the frame: one is chosen, and then it recognises the instrument or holds a field. */
export const CardPicker = ({ frame, onRecognise, onUse }: CardPickerProps) => {
  const { t } = useTranslation('instruments')
  const cards = useCards(frame)
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<HeaderCard | null>(null)
  const wanted = useDeferredValue(search.trim().toLowerCase())
  const found = useMemo(
    () =>
      cards.filter(({ keyword, value, comment }) =>
        `${keyword} ${String(value)} ${comment}`.toLowerCase().includes(wanted),
      ),
    [cards, wanted],
  )
  return (
    <section className={styles['cards']} aria-label={t('cards.title')}>
      <h3>{t('cards.title')}</h3>
      <input
        type="search"
        value={search}
        aria-label={t('cards.search')}
        placeholder={t('cards.search')}
        onChange={(event) => setSearch(event.target.value)}
      />
      <ul>
        {found.map((card, index) => (
          <li key={`${card.keyword} ${index}`}>
            <button
              type="button"
              aria-pressed={card === chosen}
              title={card.comment}
              onClick={() => setChosen(card === chosen ? null : card)}
            >
              <b>{card.keyword}</b>
              <span>{String(card.value)}</span>
            </button>
            {card === chosen ? (
              <div className={styles['use']}>
                <button
                  type="button"
                  className="chip"
                  onClick={() => onRecognise(card.keyword, String(card.value).trim())}
                >
                  {t('cards.recognise')}
                </button>
                <select
                  value=""
                  aria-label={t('cards.use', { keyword: card.keyword })}
                  onChange={(event) => onUse(event.target.value as AliasField, card.keyword)}
                >
                  <option value="">{t('cards.useFor')}</option>
                  {ALIAS_FIELDS.map((field) => (
                    <option key={field} value={field}>
                      {t(`field.${field}`)}
                    </option>
                  ))}
                </select>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
