import { useTranslation } from 'react-i18next'
import { SKY_LAYERS, type SkyLayerName } from '../../state/sky-layers'
import { PopoverPanel } from '../kit/popover-panel'
import { useSkyLayers } from './use-sky-layers'
import styles from './layer-choices.module.css'

interface LayerChoicesProps {
  /** The frame's place was found by its stars, so that there are stars to show. */
  readonly solved: boolean
}

const OF_SOLUTIONS: ReadonlySet<SkyLayerName> = new Set(['matched', 'unmatched', 'missing', 'residuals'])

/** What lies over the picture, to be switched one by one. */
export const LayerChoices = ({ solved }: LayerChoicesProps) => {
  const { t } = useTranslation('sky')
  const { shown, layers, coordinates, toggle, toggleAll, write } = useSkyLayers()
  return (
    <PopoverPanel label={t('layers.title')} button={t('layers.button')}>
      {() => (
        <div className={styles['panel']}>
          <label className={styles['all']}>
            <input type="checkbox" role="switch" checked={shown} aria-checked={shown} onChange={toggleAll} />
            {t('layers.shown')}
            <kbd className="mono">O</kbd>
          </label>
          <fieldset disabled={!shown}>
            <legend className="visually-hidden">{t('layers.title')}</legend>
            {SKY_LAYERS.map((layer) => (
              <label key={layer} title={t(`layers.help.${layer}`)} data-layer={layer}>
                <input
                  type="checkbox"
                  checked={layers.includes(layer)}
                  disabled={!solved && OF_SOLUTIONS.has(layer)}
                  onChange={() => toggle(layer)}
                />
                <i className={styles['sign']} data-sign={layer} aria-hidden="true" />
                {t(`layers.${layer}`)}
                {layer === 'grid' ? <kbd className="mono">G</kbd> : null}
              </label>
            ))}
          </fieldset>
          <label className={styles['style']}>
            {t('layers.coordinates')}
            <select
              value={coordinates}
              onChange={({ target }) => write(target.value === 'degrees' ? 'degrees' : 'sexagesimal')}
            >
              <option value="sexagesimal">{t('layers.sexagesimal')}</option>
              <option value="degrees">{t('layers.degrees')}</option>
            </select>
          </label>
        </div>
      )}
    </PopoverPanel>
  )
}
