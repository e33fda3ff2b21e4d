import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InstrumentProfile } from '../../ingest/instruments/profile-schema'
import { NUMBER_READERS, type NumberReader } from '../../ingest/instruments/profile-words'
import {
  addAlias,
  ALIAS_FIELDS,
  changeAlias,
  isNumberField,
  listAliasRows,
  removeAlias,
  type AliasField,
  type AliasRow,
} from './edit-draft'
import styles from './profile-editor.module.css'

interface RowsProps {
  readonly profile: InstrumentProfile
  readonly onChange: (profile: InstrumentProfile) => void
}

const Row = ({ profile, onChange, row }: RowsProps & { readonly row: AliasRow }) => {
  const { t } = useTranslation('instruments')
  const { entry, field } = row
  const label = t(`field.${field}`)
  const named = entry === null || entry === 'general' ? null : entry
  return (
    <div className={styles['row']} role="group" aria-label={label}>
      <span>{label}</span>
      {named === null ? (
        <span className={styles['quiet']}>{entry === null ? t('aliases.none') : t('aliases.general')}</span>
      ) : (
        <input
          type="text"
          className="mono"
          value={named.keyword}
          aria-label={t('aliases.keyword', { field: label })}
          onChange={(event) => onChange(changeAlias(profile, row, { ...named, keyword: event.target.value }))}
        />
      )}
      {named !== null && isNumberField(field) ? (
        <select
          value={named.read ?? ''}
          aria-label={t('aliases.read', { field: label })}
          onChange={(event) => {
            const { read: _former, ...rest } = named
            const read = event.target.value as NumberReader | ''
            onChange(changeAlias(profile, row, read === '' ? rest : { ...rest, read }))
          }}
        >
          <option value="">{t('aliases.usual')}</option>
          {NUMBER_READERS.map((read) => (
            <option key={read} value={read}>
              {t(`reader.${read}`)}
            </option>
          ))}
        </select>
      ) : (
        <span />
      )}
      <button
        type="button"
        className="ghost"
        aria-label={t('aliases.remove', { field: label })}
        onClick={() => onChange(removeAlias(profile, row))}
      >
        ×
      </button>
    </div>
  )
}

/** Which cards hold which field, where they are not the usual ones. */
export const AliasRows = ({ profile, onChange }: RowsProps) => {
  const { t } = useTranslation('instruments')
  const [field, setField] = useState<AliasField>('gain')
  const [keyword, setKeyword] = useState('')
  const rows = listAliasRows(profile)
  const add = () => {
    if (keyword.trim() === '') return
    onChange(addAlias(profile, field, keyword.trim()))
    setKeyword('')
  }
  return (
    <>
      {rows.length === 0 ? <p>{t('aliases.empty')}</p> : null}
      {rows.map((row) => (
        <Row key={`${row.field} ${row.index}`} profile={profile} onChange={onChange} row={row} />
      ))}
      <div className={styles['row']} role="group" aria-label={t('aliases.add')}>
        <select
          value={field}
          aria-label={t('aliases.field')}
          onChange={(event) => setField(event.target.value as AliasField)}
        >
          {ALIAS_FIELDS.map((each) => (
            <option key={each} value={each}>
              {t(`field.${each}`)}
            </option>
          ))}
        </select>
        <input
          type="text"
          className="mono"
          value={keyword}
          aria-label={t('keyword')}
          placeholder={t('keyword')}
          onChange={(event) => setKeyword(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add()
          }}
        />
        <button type="button" className="chip" disabled={keyword.trim() === ''} onClick={add}>
          {t('aliases.add')}
        </button>
      </div>
    </>
  )
}
