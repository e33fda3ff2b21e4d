import { useTranslation } from 'react-i18next'
import { COMPOSITE_CURVES, type CompositeLook } from '../../core/composite'
import { levelOf } from '../../science/colour/level-of'
import { noiseOfLight } from '../../science/colour/propose-look'
import { SliderRow } from './slider-row'
import type { PictureInMaking } from './use-picture'
import styles from './colour-panel.module.css'

/** How light becomes brightness, and how strong colours are. */
export const LookSection = ({ picture }: { readonly picture: PictureInMaking }) => {
  const { t } = useTranslation('colour-picture')
  const { preview, choice, change } = picture
  if (preview === null || choice === null) return null
  const { look } = choice
  const noise = noiseOfLight(look.inputs, preview.measures.noise)
  const set = (control: string, values: Partial<CompositeLook>): void =>
    change(control, (before) => ({ ...before, look: { ...before.look, ...values } }))
  const shiftMinima = (sigmas: number): void =>
    change('sky', (before) => ({
      ...before,
      look: {
        ...before.look,
        inputs: before.look.inputs.map((input, index) => {
          const level = levelOf(preview.measures, index)
          return { ...input, minimum: level.sky + sigmas * level.noise }
        }),
      },
    }))
  const above = look.inputs.map(({ minimum }, index) => {
    const level = levelOf(preview.measures, index)
    return (minimum - level.sky) / level.noise
  })
  const sky = above.reduce((sum, each) => sum + each, 0) / above.length
  return (
    <section className={styles['section']} aria-label={t('look')}>
      <header>
        <h3>{t('look')}</h3>
        <label className={styles['inline']}>
          {t('curve')}
          <select
            value={look.curve}
            onChange={({ target }) => {
              const curve = COMPOSITE_CURVES.find((each) => each === target.value)
              if (curve !== undefined) set('curve', { curve })
            }}
          >
            {COMPOSITE_CURVES.map((curve) => (
              <option key={curve} value={curve}>
                {t(`curves.${curve}`)}
              </option>
            ))}
          </select>
        </label>
      </header>
      <SliderRow
        label={t('stretch')}
        hint={t('stretchHint')}
        value={look.stretch}
        least={noise}
        most={noise * 2e4}
        factors
        onChange={(stretch) => set('stretch', { stretch })}
      />
      {look.curve === 'lupton' ? (
        <SliderRow
          label={t('q')}
          hint={t('qHint')}
          value={look.q}
          least={0.1}
          most={100}
          factors
          onChange={(q) => set('q', { q })}
        />
      ) : null}
      <SliderRow
        label={t('sky')}
        hint={t('skyHint')}
        value={sky}
        least={-5}
        most={10}
        onChange={shiftMinima}
      />
      <SliderRow
        label={t('saturation')}
        value={look.saturation}
        least={0}
        most={3}
        onChange={(saturation) => set('saturation', { saturation: Math.min(5, Math.max(0, saturation)) })}
      />
      <SliderRow
        label={t('neutral')}
        hint={t('neutralHint')}
        value={look.neutral / noise}
        least={0}
        most={15}
        onChange={(sigmas) => set('neutral', { neutral: Math.max(0, sigmas * noise) })}
      />
    </section>
  )
}
