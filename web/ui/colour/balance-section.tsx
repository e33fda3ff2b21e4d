import { useTranslation } from 'react-i18next'
import type { PictureInMaking } from './use-picture'
import styles from './colour-panel.module.css'

interface BalanceSectionProps {
  readonly picture: PictureInMaking
  readonly picking: boolean
  readonly onPicking: (picking: boolean) => void
}

/** How the colours were brought together: by which stars, with what error, or by hand. */
export const BalanceSection = ({ picture, picking, onPicking }: BalanceSectionProps) => {
  const { t, i18n } = useTranslation('colour-picture')
  const { preview, choice, change } = picture
  if (preview === null || choice === null) return null
  const { fit } = preview.measures
  const { balance, look } = choice
  const setGains = (control: 'stars' | 'none', gains: readonly number[]): void =>
    change('balance', (before) => ({
      balance: control === 'none' ? 'none' : (fit?.method ?? 'none'),
      look: {
        ...before.look,
        inputs: before.look.inputs.map((input, index) => ({ ...input, gain: gains[index] ?? 1 })),
      },
    }))
  const number = (value: number, digits: number): string =>
    value.toLocaleString(i18n.language, { maximumFractionDigits: digits, minimumFractionDigits: digits })
  return (
    <section className={styles['section']} aria-label={t('balance')}>
      <header>
        <h3>{t('balance')}</h3>
      </header>
      <div className={styles['buttons']}>
        <button
          type="button"
          className="chip"
          disabled={fit === null}
          aria-pressed={balance === 'stars' || balance === 'catalogue'}
          onClick={() => setGains('stars', fit?.gains ?? [])}
        >
          {t('balanceStars')}
        </button>
        <button
          type="button"
          className="chip"
          aria-pressed={balance === 'none'}
          onClick={() => setGains('none', [])}
        >
          {t('balanceNone')}
        </button>
        <button type="button" className="chip" aria-pressed={picking} onClick={() => onPicking(!picking)}>
          {t('balancePick')}
        </button>
      </div>
      {picking ? <p role="status">{t('pickNow')}</p> : null}
      <p className={styles['note']} data-balance={balance}>
        {t(`balanceDone.${balance}`, { count: fit?.used ?? 0, measured: fit?.measured ?? 0 })}
      </p>
      {fit === null ? (
        <p className={styles['note']}>{t('noStars')}</p>
      ) : (
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('frame')}</th>
              <th scope="col">{t('factorByStars')}</th>
              <th scope="col">{t('factorNow')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.labels.map(({ filter, name }, index) => (
              <tr key={`${name}-${String(index)}`}>
                <th scope="row">{filter ?? name}</th>
                <td>
                  {number(fit.gains[index] ?? 1, 3)} ± {number(fit.errors[index] ?? 0, 3)}
                </td>
                <td>{number(look.inputs[index]?.gain ?? 1, 3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
