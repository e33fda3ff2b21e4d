import { useState } from 'react'
import type { PredictionRecord } from '../../core/camera-report'
import type { LabWords } from './use-lab-words'
import styles from './camera-lab.module.css'

/** First what the noise of a master should be; what it is comes when it is asked for. */
export const Predictions = (props: {
  readonly predictions: readonly PredictionRecord[]
  readonly words: LabWords
}) => {
  const { predictions, words } = props
  const { t, number, measured, degrees } = words
  const [shown, setShown] = useState(false)
  const describe = ({ kind, exposure, filter, temperature, frames }: PredictionRecord): string =>
    [
      t(`kind.${kind}`, { count: frames.length }),
      filter,
      exposure === null ? null : `${number(exposure)} s`,
      kind === 'flat' ? null : degrees(temperature),
    ]
      .filter((part) => part !== null && part !== '')
      .join(' · ')
  return (
    <article className={styles['plot']} aria-label={t('predictions')} data-plot="predictions">
      <header>
        <h3>{t('predictions')}</h3>
        <button type="button" className="chip" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {t('showMeasured')}
        </button>
      </header>
      <p>{t('predictionsText')}</p>
      <ul className={styles['predictions']}>
        {predictions.map((prediction) => (
          <li key={prediction.frames.join(' ')}>
            <b>{describe(prediction)}</b>
            <span>
              {t('shouldBe', { predicted: measured(prediction.predicted) })}{' '}
              {shown
                ? t('is', {
                    measured: measured(prediction.measured),
                    deviation: number(prediction.deviation, 4),
                  })
                : null}
            </span>
          </li>
        ))}
      </ul>
    </article>
  )
}
