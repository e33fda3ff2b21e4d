import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InstrumentProfile } from '../../ingest/instruments/profile-schema'
import { RAW_KINDS } from '../../ingest/instruments/profile-words'
import { formatPairs, parsePairs, writeDate, writeFilters, writeKinds } from './edit-draft'
import styles from './profile-editor.module.css'

interface RowsProps {
  readonly profile: InstrumentProfile
  readonly onChange: (profile: InstrumentProfile) => void
}

type Kind = (typeof RAW_KINDS)[number]

/** When the cards of time are unusual: which, of what moment, in which zone. */
export const DateRows = ({ profile, onChange }: RowsProps) => {
  const { t } = useTranslation('instruments')
  const { date } = profile
  const write = (change: Parameters<typeof writeDate>[1]) => onChange(writeDate(profile, change))
  return (
    <>
      <label className={styles['line']}>
        {t('date.keywords')}
        <input
          type="text"
          className="mono"
          value={date?.keywords.join(' ') ?? ''}
          placeholder={t('date.usual')}
          onChange={(event) => write({ keywords: event.target.value.split(/[\s,]+/).filter(Boolean) })}
        />
      </label>
      <label className={styles['line']}>
        {t('date.stamp')}
        <select
          value={date?.stamp ?? 'start'}
          disabled={date === undefined}
          onChange={(event) => write({ stamp: event.target.value as 'start' | 'middle' | 'end' })}
        >
          {(['start', 'middle', 'end'] as const).map((stamp) => (
            <option key={stamp} value={stamp}>
              {t(`date.${stamp}`)}
            </option>
          ))}
        </select>
      </label>
      <label className={styles['line']}>
        {t('date.zone')}
        <input
          type="text"
          value={date?.zone ?? ''}
          disabled={date === undefined}
          placeholder={t('date.zoneExample')}
          onChange={(event) => write({ zone: event.target.value.trim() })}
        />
      </label>
    </>
  )
}

/** Words of kinds and filters, a line each. */
export const WordRows = ({ profile, onChange }: RowsProps) => {
  const { t } = useTranslation('instruments')
  const [kinds, setKinds] = useState(formatPairs(profile.kinds?.words))
  const [notes, setNotes] = useState(profile.notes.join('\n'))
  const [filters, setFilters] = useState(formatPairs(profile.filters))
  return (
    <>
      <label className={styles['line']}>
        {t('kinds.default')}
        <select
          value={profile.kinds?.default ?? ''}
          onChange={(event) => {
            const chosen = RAW_KINDS.find((kind) => kind === event.target.value)
            onChange(writeKinds(profile, { default: chosen }))
          }}
        >
          <option value="">{t('kinds.ask')}</option>
          {RAW_KINDS.filter((kind) => kind !== 'unknown').map((kind) => (
            <option key={kind} value={kind}>
              {t(`inspector:kind.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      <label className={styles['area']}>
        {t('kinds.words')}
        <textarea
          rows={3}
          value={kinds}
          placeholder={t('kinds.example')}
          onChange={(event) => {
            setKinds(event.target.value)
            onChange(writeKinds(profile, { words: parsePairs(event.target.value) as Record<string, Kind> }))
          }}
        />
      </label>
      <label className={styles['area']}>
        {t('filters')}
        <textarea
          rows={3}
          value={filters}
          placeholder={t('filterExample')}
          onChange={(event) => {
            setFilters(event.target.value)
            onChange(writeFilters(profile, parsePairs(event.target.value)))
          }}
        />
      </label>
      <label className={styles['area']}>
        {t('notes')}
        <textarea
          rows={4}
          value={notes}
          onChange={(event) => {
            setNotes(event.target.value)
            const lines = event.target.value.split('\n').map((line) => line.trim())
            onChange({ ...profile, notes: lines.filter((line) => line !== '') })
          }}
        />
      </label>
    </>
  )
}
