import { useTranslation } from 'react-i18next'
import type { Condition } from '../../ingest/instruments/condition'
import type { InstrumentProfile } from '../../ingest/instruments/profile-schema'
import { listConditions, makeCondition, testOf, TESTS, writeConditions, type Test } from './edit-draft'
import styles from './profile-editor.module.css'

interface RowsProps {
  readonly profile: InstrumentProfile
  readonly onChange: (profile: InstrumentProfile) => void
}

const textOf = (row: Condition): string => {
  const value = row[testOf(row)]
  return value === undefined ? '' : String(value)
}

/** How the instrument is known: a line for each card that is looked at. */
export const ConditionRows = ({ profile, onChange }: RowsProps) => {
  const { t } = useTranslation('instruments')
  const listed = listConditions(profile.recognise)
  if (listed === null) return <p>{t('recognise.nested')}</p>
  const { join, rows } = listed
  const write = (next: readonly Condition[], by = join) => onChange(writeConditions(profile, by, next))
  const change = (index: number, row: Condition) =>
    write(rows.map((former, at) => (at === index ? row : former)))
  return (
    <>
      <label className={styles['line']}>
        {t('recognise.join')}
        <select value={join} onChange={(event) => write(rows, event.target.value as 'all' | 'any')}>
          <option value="all">{t('recognise.all')}</option>
          <option value="any">{t('recognise.any')}</option>
        </select>
      </label>
      {rows.map((row, index) => {
        const test = testOf(row)
        const keyword = row.keyword ?? ''
        return (
          <div
            key={index}
            className={styles['row']}
            role="group"
            aria-label={t('recognise.row', { number: index + 1 })}
          >
            <input
              type="text"
              className="mono"
              value={keyword}
              aria-label={t('keyword')}
              onChange={(event) => change(index, makeCondition(event.target.value, test, textOf(row)))}
            />
            <select
              value={test}
              aria-label={t('recognise.test')}
              onChange={(event) =>
                change(index, makeCondition(keyword, event.target.value as Test, textOf(row)))
              }
            >
              {TESTS.map((each) => (
                <option key={each} value={each}>
                  {t(`test.${each}`)}
                </option>
              ))}
            </select>
            {test === 'present' ? (
              <select
                value={textOf(row)}
                aria-label={t('recognise.value')}
                onChange={(event) => change(index, makeCondition(keyword, test, event.target.value))}
              >
                <option value="true">{t('inspector:yes')}</option>
                <option value="false">{t('inspector:no')}</option>
              </select>
            ) : (
              <input
                type="text"
                value={textOf(row)}
                aria-label={t('recognise.value')}
                onChange={(event) => change(index, makeCondition(keyword, test, event.target.value))}
              />
            )}
            <button
              type="button"
              className="ghost"
              aria-label={t('recognise.remove', { keyword })}
              onClick={() => write(rows.filter((_, at) => at !== index))}
            >
              ×
            </button>
          </div>
        )
      })}
      <button
        type="button"
        className="chip"
        onClick={() => write([...rows, { keyword: 'INSTRUME', is: '' }])}
      >
        {t('recognise.add')}
      </button>
    </>
  )
}
