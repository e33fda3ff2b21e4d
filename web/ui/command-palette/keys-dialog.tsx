import { useTranslation } from 'react-i18next'
import { Modal } from '../kit/modal'
import styles from './keys-dialog.module.css'

const KEYS = [
  'palette',
  'help',
  'next',
  'step',
  'blink',
  'zoom',
  'fit',
  'mask',
  'sky',
  'colour',
  'pixels',
  'quantity',
  'tool',
  'aperture',
  'remove',
  'panels',
] as const

/** The keys, in words. */
export const KeysDialog = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => {
  const { t } = useTranslation('palette')
  return (
    <Modal open={open} title={t('keysTitle')} onClose={onClose}>
      <dl className={styles['keys']}>
        {KEYS.map((key) => (
          <div key={key}>
            <dt className="mono">{t(`keys.${key}.press`)}</dt>
            <dd>{t(`keys.${key}.does`)}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="ghost" onClick={onClose}>
        {t('close')}
      </button>
    </Modal>
  )
}
