import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { FrameFacts, RawFrameKind } from '../../core/frame'
import { Modal } from '../kit/modal'
import styles from '../kit/modal.module.css'

interface EditDialogProps {
  readonly open: boolean
  readonly count: number
  readonly onClose: () => void
  readonly onApply: (changes: Partial<FrameFacts>) => void
}

const KINDS: readonly RawFrameKind[] = ['light', 'flat', 'dark', 'bias', 'arc', 'unknown']

const FIELDS = ['kind', 'filter', 'object', 'exposure', 'gain', 'readNoise', 'saturation'] as const
type Field = (typeof FIELDS)[number]

const NUMBERS: ReadonlySet<Field> = new Set<Field>(['exposure', 'gain', 'readNoise', 'saturation'])

const EMPTY = Object.fromEntries(FIELDS.map((field) => [field, ''])) as Record<Field, string>

/** Only fields that a person filled in are changed; the others keep what each frame says itself. */
const toChanges = (values: Record<Field, string>): Partial<FrameFacts> => {
  const filled = FIELDS.filter((field) => values[field].trim() !== '')
  return Object.fromEntries(
    filled.map((field) => [
      field,
      NUMBERS.has(field) ? Number(values[field].replace(',', '.')) : values[field].trim(),
    ]),
  ) as Partial<FrameFacts>
}

/** Corrects many frames at once. What is said here wins over the header. */
export const EditDialog = ({ open, count, onClose, onApply }: EditDialogProps) => {
  const { t } = useTranslation('library')
  const [values, setValues] = useState(EMPTY)
  const wrong = FIELDS.filter(
    (field) => NUMBERS.has(field) && values[field] !== '' && !(Number(values[field].replace(',', '.')) >= 0),
  )
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
            {field === 'kind' ? (
              <select value={values.kind} onChange={(event) => set('kind', event.target.value)}>
                <option value="">{t('asItIs')}</option>
                {KINDS.map((kind) => (
                  <option key={kind} value={kind}>
                    {t(`kind.${kind}`)}
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
