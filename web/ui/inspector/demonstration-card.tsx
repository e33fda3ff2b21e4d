import { useTranslation } from 'react-i18next'
import type { StopId } from '../../state/derive-road'
import { useApp } from '../kit/use-app'
import { Card } from './card'

/** What the demonstration is doing now and why, and the way to take it over. */
export const DemonstrationCard = ({ stop }: { readonly stop: StopId }) => {
  const { t } = useTranslation('inspector')
  const { demonstration, setDemonstration } = useApp((state) => state.panels)
  if (demonstration === 'none') return null
  const step = demonstration === 'road' ? stop : demonstration
  return (
    <Card tone="hint" title={t(`demo.${step}.title`)}>
      <p>{t(`demo.${step}.text`)}</p>
      {demonstration === 'done' ? (
        <button type="button" className="chip" onClick={() => setDemonstration('none')}>
          {t('demo.close')}
        </button>
      ) : (
        <button type="button" className="chip" onClick={() => setDemonstration('none')}>
          {t('demo.takeOver')}
        </button>
      )}
    </Card>
  )
}
