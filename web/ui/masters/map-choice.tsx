import { useTranslation } from 'react-i18next'
import { useMapChoice } from './use-map-choice'

/** Takes a map of bad pixels for the lights, or goes back to the rules. */
export const MapChoice = ({ map }: { readonly map: string }) => {
  const { t } = useTranslation('bad-pixels')
  const { isChosen, toggle } = useMapChoice(map)
  return (
    <div className="chips">
      <button type="button" className="chip" aria-pressed={isChosen} title={t('useHint')} onClick={toggle}>
        {t(isChosen ? 'used' : 'use')}
      </button>
    </div>
  )
}
