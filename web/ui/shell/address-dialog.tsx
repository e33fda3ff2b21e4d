import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Modal } from '../kit/modal'
import styles from '../kit/modal.module.css'

interface AddressDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onSubmit: (addresses: string[]) => void
}

/** Addresses of files or archives, one a line; they are fetched by the browser itself, and what that means is said. */
export const AddressDialog = ({ open, onClose, onSubmit }: AddressDialogProps) => {
  const { t } = useTranslation('shell')
  const [text, setText] = useState('')
  const addresses = text.split(/\s+/).filter((line) => line !== '')
  const wrong = addresses.find((address) => !/^https?:\/\//i.test(address))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (addresses.length === 0 || wrong !== undefined) return
    onSubmit(addresses)
    setText('')
    onClose()
  }
  return (
    <Modal open={open} title={t('address.title')} onClose={onClose}>
      <form onSubmit={submit}>
        <p>{t('address.text')}</p>
        <label data-stacked>
          {t('address.label')}
          <textarea
            rows={4}
            value={text}
            onChange={(event) => setText(event.target.value)}
            spellCheck={false}
            placeholder="https://"
          />
        </label>
        {wrong === undefined ? null : <p role="alert">{t('address.wrong', { address: wrong })}</p>}
        <div className={styles['buttons']}>
          <button type="button" className="ghost" onClick={onClose}>
            {t('address.cancel')}
          </button>
          <button type="submit" className="do" disabled={addresses.length === 0 || wrong !== undefined}>
            {t('address.fetch')}
          </button>
        </div>
      </form>
    </Modal>
  )
}
