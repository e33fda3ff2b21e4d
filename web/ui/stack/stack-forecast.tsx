import { useTranslation } from 'react-i18next'
import type { StackForecast, StackRemark } from '../../pipeline/stack/foresee-stack'
import styles from './stack-panel.module.css'

/** What the order will do, in the order in which it does it, and what speaks against it. */
export const StackForecastList = ({ forecast }: { readonly forecast: StackForecast }) => {
  const { t, i18n } = useTranslation('stack')
  const show = ({ values }: StackRemark) =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        key,
        typeof value === 'number' && key !== 'count'
          ? value.toLocaleString(i18n.language, { maximumFractionDigits: 2 })
          : value,
      ]),
    )
  return (
    <>
      {forecast.traps.map((trap) => (
        <p key={trap.code} className={styles['trap']} data-trap={trap.code}>
          {t(`trap.${trap.code}`, show(trap))}
        </p>
      ))}
      <ol className={styles['forecast']} aria-label={t('panel.willDo')}>
        {forecast.steps.map((step) => (
          <li key={step.code}>{t(`does.${step.code}`, show(step))}</li>
        ))}
      </ol>
    </>
  )
}
