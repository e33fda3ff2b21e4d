import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Modal } from '../kit/modal'
import modal from '../kit/modal.module.css'

interface StackNameDialogProps {
  readonly name: string
  readonly onClose: () => void
  readonly onName: (name: string) => void
}

/** What a person calls a stack; files that are made of it have this name. */
export const StackNameDialog = ({ name, onClose, onName }: StackNameDialogProps) => {
  const { t } = useTranslation('stack')
  const [text, setText] = useState(name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') onName(text.trim())
  }
  return (
    <Modal open title={t('renameTitle')} onClose={onClose}>
      <form onSubmit={submit}>
        <label>
          {t('name')}
          <input
            type="text"
            required
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <div className={modal['buttons']}>
          <button type="button" className="ghost" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="do" disabled={text.trim() === ''}>
            {t('keep')}
          </button>
        </div>
      </form>
    </Modal>
  )
}
