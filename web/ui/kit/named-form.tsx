import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Modal } from './modal'
import modal from './modal.module.css'

interface NamedFormProps {
  readonly title: string
  readonly name: string
  readonly onName: (name: string) => void
  /** Left out where the thing has none. */
  readonly note?: { readonly text: string; readonly onChange: (text: string) => void }
  /** Fields between name and note. */
  readonly children?: ReactNode
  /** What comes after the note. */
  readonly below?: ReactNode
  /** What is typed makes sense so far. */
  readonly valid?: boolean
  readonly onClose: () => void
  /** Only called where there is a name and all is valid. */
  readonly onKeep: (named: { readonly name: string; readonly note: string }) => void
}

/** A dialog for a thing that has a name: the name, what else there is to say, a note, and the buttons to keep it or not. */
export const NamedForm = (props: NamedFormProps) => {
  const { title, name, onName, note, children, below, valid = true, onClose, onKeep } = props
  const { t } = useTranslation('named-form')
  const ready = valid && name.trim() !== ''
  const keep = (event: FormEvent) => {
    event.preventDefault()
    if (ready) onKeep({ name: name.trim(), note: note?.text.trim() ?? '' })
  }
  return (
    <Modal open title={title} onClose={onClose}>
      <form onSubmit={keep}>
        <label>
          {t('name')}
          <input
            type="text"
            required
            maxLength={200}
            value={name}
            onChange={(event) => onName(event.target.value)}
          />
        </label>
        {children}
        {note === undefined ? null : (
          <label data-stacked>
            {t('note')}
            <textarea rows={3} value={note.text} onChange={(event) => note.onChange(event.target.value)} />
          </label>
        )}
        {below}
        <div className={modal['buttons']}>
          <button type="button" className="ghost" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="do" disabled={!ready}>
            {t('keep')}
          </button>
        </div>
      </form>
    </Modal>
  )
}
