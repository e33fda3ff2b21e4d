import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { FrameFacts } from '../../core/frame'
import { degrees } from '../../core/units'
import { Modal } from '../kit/modal'
import styles from '../kit/modal.module.css'

interface EditDialogProps {
  readonly open: boolean
  readonly count: number
  readonly onClose: () => void
  readonly onApply: (changes: Partial<FrameFacts>) => void
}

export const RAW_KINDS = ['light', 'flat', 'dark', 'bias', 'arc', 'unknown'] as const

/** Fields that are chosen from a list. */
const CHOICES = {
  kind: RAW_KINDS,
  subtracted: ['none', 'bias', 'dark'],
} as const satisfies Partial<Record<keyof FrameFacts, readonly string[]>>

const FIELDS = [
  'kind',
  'filter',
  'object',
  'exposure',
  'night',
  'telescope',
  'instrument',
  'binning',
  'gain',
  'readNoise',
  'temperature',
  'saturation',
  'pedestal',
  'subtracted',
  'latitude',
  'longitude',
] as const
type Field = (typeof FIELDS)[number]

const NUMBERS: ReadonlySet<Field> = new Set<Field>([
  'exposure',
  'binning',
  'gain',
  'readNoise',
  'temperature',
  'saturation',
  'pedestal',
  'latitude',
  'longitude',
])
const SIGNED: ReadonlySet<Field> = new Set<Field>(['temperature', 'latitude', 'longitude'])

const EMPTY = Object.fromEntries(FIELDS.map((field) => [field, ''])) as Record<Field, string>

const toNumber = (text: string): number => Number(text.trim().replace(',', '.'))

const isWrong = (field: Field, text: string): boolean => {
  if (text.trim() === '') return false
  if (field === 'night') return !/^\d{4}-\d{2}-\d{2}\+\d{2}$/.test(text.trim())
  if (!NUMBERS.has(field)) return false
  const value = toNumber(text)
  return !Number.isFinite(value) || (value < 0 && !SIGNED.has(field))
}

/** Only fields that a person filled in are changed; the others keep what each frame says itself. A site needs both coordinates. */
const toChanges = (values: Record<Field, string>): Partial<FrameFacts> => {
  const { latitude, longitude, binning, ...plain } = values
  const filled = Object.entries(plain).filter(([, text]) => text.trim() !== '')
  const changes = Object.fromEntries(
    filled.map(([field, text]) => [field, NUMBERS.has(field as Field) ? toNumber(text) : text.trim()]),
  )
  const places = latitude.trim() !== '' && longitude.trim() !== ''
  return {
    ...changes,
    ...(binning.trim() === '' ? {} : { binning: [toNumber(binning), toNumber(binning)] as const }),
    ...(places
      ? {
          site: {
            latitude: degrees(toNumber(latitude)),
            longitude: degrees(toNumber(longitude)),
            elevation: 0,
            name: null,
          },
        }
      : {}),
  }
}

/** Corrects many frames at once. What is said here wins over the header. */
export const EditDialog = ({ open, count, onClose, onApply }: EditDialogProps) => {
  const { t } = useTranslation('library')
  const [values, setValues] = useState(EMPTY)
  const wrong = FIELDS.filter((field) => isWrong(field, values[field]))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (wrong.length > 0) return
    onApply(toChanges(values))
    setValues(EMPTY)
    onClose()
  }
  const set = (field: Field, value: string) => setValues((former) => ({ ...former, [field]: value }))
  return (
    <Modal open={open} title={t('editTitle', { count })} onClose={onClose}>
      <form onSubmit={submit}>
        <p>{t('editText')}</p>
        {FIELDS.map((field) => (
          <label key={field}>
            {t(`field.${field}`)}
            {field === 'kind' || field === 'subtracted' ? (
              <select value={values[field]} onChange={(event) => set(field, event.target.value)}>
                <option value="">{t('asItIs')}</option>
                {CHOICES[field].map((choice) => (
                  <option key={choice} value={choice}>
                    {t(`${field}.${choice}`)}
                  </option>
                ))}
              </select>
            ) : (
              <input
                type="text"
                inputMode={NUMBERS.has(field) ? 'decimal' : 'text'}
                placeholder={t('asItIs')}
                aria-invalid={wrong.includes(field)}
                value={values[field]}
                onChange={(event) => set(field, event.target.value)}
              />
            )}
          </label>
        ))}
        {wrong.length > 0 ? <p role="alert">{t('needsNumber')}</p> : null}
        <div className={styles['buttons']}>
          <button type="button" className="ghost" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="do">
            {t('apply')}
          </button>
        </div>
      </form>
    </Modal>
  )
}
