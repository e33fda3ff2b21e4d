import { useTranslation } from 'react-i18next'
import { formatBytes } from '../kit/format-bytes'
import { Modal } from '../kit/modal'
import modal from '../kit/modal.module.css'
import { useApp } from '../kit/use-app'
import styles from './projects-io.module.css'

/** A zip that was dropped is a whole project: it is said what is in it, and asked. */
export const OfferDialog = () => {
  const { t, i18n } = useTranslation('projects-io')
  const { offered, accept, decline } = useApp((state) => state.project)
  const open = useApp((state) => state.panels.open)
  const empty = useApp((state) => state.library.exposures.length === 0)
  const take = () => {
    open('settings')
    void accept()
  }
  return (
    <Modal open={offered !== null} title={t('offer.title')} onClose={decline}>
      {offered === null ? null : (
        <>
          <p>
            {t('offer.text', {
              name: offered.name,
              when: new Date(offered.summary.createdAt).toLocaleString(i18n.language),
            })}
          </p>
          <dl className={styles['numbers']}>
            {(['frames', 'masters', 'lightcurves'] as const).map((name) => (
              <div key={name}>
                <dt>{t(`report.${name}`)}</dt>
                <dd>{offered.summary[name]}</dd>
              </div>
            ))}
            <div>
              <dt>{t('offer.size')}</dt>
              <dd>{formatBytes(offered.summary.bytes, i18n.language)}</dd>
            </div>
          </dl>
          <p>{t(empty ? 'offer.intoEmpty' : 'offer.intoFull')}</p>
          <div className={modal['buttons']}>
            <button type="button" className="ghost" onClick={decline}>
              {t('offer.no')}
            </button>
            <button type="button" className="do" onClick={take}>
              {t('offer.yes')}
            </button>
          </div>
        </>
      )}
    </Modal>
  )
}
