import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueriedColumn, QueryProblem } from '../../core/table-query'
import { FUNCTION_NAMES } from '../../science/query/filter-functions'
import styles from './filter-field.module.css'

interface FilterFieldProps {
  readonly value: string
  readonly columns: readonly QueriedColumn[]
  readonly problem: QueryProblem | null
  readonly onChange: (filter: string) => void
}

const MOST_OFFERED = 8
const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u

interface Offer {
  readonly text: string
  readonly note: string
}

/** The word that is being typed, up to the caret. */
const wordBefore = (text: string, caret: number): string =>
  /[\p{L}\p{N}_]+$/u.exec(text.slice(0, caret))?.[0] ?? ''

const listOffers = (word: string, columns: readonly QueriedColumn[]): Offer[] => {
  if (word.length === 0) return []
  const start = word.toLowerCase()
  const names = columns.map(({ name, description }) => ({
    text: PLAIN.test(name) ? name : `[${name}]`,
    note: description,
  }))
  const functions = FUNCTION_NAMES.map((name) => ({ text: `${name}(`, note: 'f(x)' }))
  return [...names, ...functions]
    .filter(({ text }) => text.replace('[', '').toLowerCase().startsWith(start) && text !== word)
    .slice(0, MOST_OFFERED)
}

/** Where rows are asked for: words or an expression, with the names of columns offered and what is wrong said under it. */
export const FilterField = ({ value, columns, problem, onChange }: FilterFieldProps) => {
  const { t } = useTranslation('explore')
  const field = useRef<HTMLInputElement>(null)
  const [word, setWord] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const offers = listOffers(word, columns)
  const take = (offer: Offer) => {
    const caret = field.current?.selectionStart ?? value.length
    const before = value.slice(0, caret - word.length) + offer.text
    onChange(before + value.slice(caret))
    setWord('')
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(before.length, before.length)
    })
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && offers.length > 0) setWord('')
    else if (event.key === 'ArrowDown' && offers.length > 0) setAt((at + 1) % offers.length)
    else if (event.key === 'ArrowUp' && offers.length > 0) setAt((at - 1 + offers.length) % offers.length)
    else if ((event.key === 'Tab' || event.key === 'Enter') && offers[at] !== undefined) take(offers[at])
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={styles['field']}>
      <input
        ref={field}
        type="search"
        role="combobox"
        aria-expanded={offers.length > 0}
        aria-controls={`${id}-offers`}
        aria-activedescendant={offers.length > 0 ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        aria-invalid={problem !== null}
        aria-describedby={`${id}-help`}
        aria-label={t('filter')}
        placeholder={t('filterExample')}
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => {
          onChange(event.target.value)
          setWord(wordBefore(event.target.value, event.target.selectionStart ?? 0))
          setAt(0)
        }}
        onBlur={() => setWord('')}
        onKeyDown={press}
      />
      <div
        id={`${id}-offers`}
        role="listbox"
        aria-label={t('offers')}
        className={styles['offers']}
        hidden={offers.length === 0}
      >
        {offers.map((offer, index) => (
          <div
            key={offer.text}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onPointerDown={(event) => {
              event.preventDefault()
              take(offer)
            }}
          >
            <b>{offer.text}</b> <small>{offer.note}</small>
          </div>
        ))}
      </div>
      <p id={`${id}-help`} className={styles['help']} data-problem={problem !== null} aria-live="polite">
        {problem === null
          ? t('filterHelp')
          : t(`problem.${problem.code}`, { text: problem.text, place: problem.at + 1 })}
      </p>
    </div>
  )
}
