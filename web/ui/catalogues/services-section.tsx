import { useEffect, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { DEFAULT_SERVICES, SKY_SERVICES, type SkyService, type SkyServices } from '../../core/sky-services'
import { useApp, useStudio } from '../kit/use-app'
import styles from './catalogues.module.css'

/** Which services on the net may be asked, and where they are. */
export const ServicesSection = () => {
  const { t } = useTranslation('catalogues')
  const studio = useStudio()
  const canWrite = useApp((state) => state.library.canWrite)
  const { tellError } = useApp((state) => state.notices)
  const [services, setServices] = useState<SkyServices | null>(null)
  const [kept, setKept] = useState(false)
  useEffect(() => {
    studio.sky.services().then(setServices, tellError)
  }, [studio, tellError])
  const change = (name: keyof SkyServices, part: Partial<SkyService>) => {
    setKept(false)
    setServices((now) => (now === null ? now : { ...now, [name]: { ...now[name], ...part } }))
  }
  const keep = async (wanted: SkyServices) => {
    try {
      setServices(await studio.sky.keepServices(wanted))
      setKept(true)
    } catch (error) {
      tellError(error)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (services !== null) void keep(services)
  }
  return (
    <fieldset>
      <legend>{t('services')}</legend>
      <p>{t('servicesText')}</p>
      {services === null ? null : (
        <form onSubmit={submit} noValidate>
          {SKY_SERVICES.map((name) => (
            <div key={name} className={styles['service']}>
              <span>{t(`serviceNames.${name}`)}</span>
              <label>
                <input
                  type="checkbox"
                  aria-label={`${t(`serviceNames.${name}`)}: ${t('allowed')}`}
                  checked={services[name].on}
                  onChange={(event) => change(name, { on: event.target.checked })}
                />
                {t('allowed')}
              </label>
              <input
                type="url"
                aria-label={t('address', { name: t(`serviceNames.${name}`) })}
                value={services[name].address}
                maxLength={500}
                spellCheck={false}
                onChange={(event) => change(name, { address: event.target.value })}
              />
            </div>
          ))}
          <div className={styles['actions']}>
            <button type="submit" className="btn" disabled={!canWrite}>
              {t('keep')}
            </button>
            <button
              type="button"
              className="btn"
              disabled={!canWrite}
              onClick={() => void keep(DEFAULT_SERVICES)}
            >
              {t('usual')}
            </button>
            <span role="status">{kept ? t('kept') : ''}</span>
          </div>
        </form>
      )}
    </fieldset>
  )
}
