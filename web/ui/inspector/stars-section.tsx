import { useTranslation } from 'react-i18next'
import { describeFlags } from '../../core/flags'
import type { StarInspection } from '../../pipeline/inspect/star'
import { Term } from '../kit/term'
import { useApp } from '../kit/use-app'
import { Card, Facts, Section } from './card'
import { PositionField } from './position-field'

interface StarsSectionProps {
  /** The target on the frame that is shown; null until it is picked or measured. */
  readonly star: StarInspection | null
  readonly radius: number
  readonly annulus: readonly [number, number]
  readonly pixelScale: number | null
  /** True once frames are registered: only then does a position hold for all of them. */
  readonly ready: boolean
  /** Where the header says that the telescope pointed. */
  readonly pointing: { readonly ra: number; readonly dec: number } | null
  /** What the header says that was looked at; empty where it does not. */
  readonly object: string
}

/** The target and its comparisons: what is picked, what it measures here, and what to do next. */
export const StarsSection = (props: StarsSectionProps) => {
  const { star, radius, annulus, pixelScale, ready, pointing, object } = props
  const { t, i18n } = useTranslation('inspector')
  const stars = useApp((state) => state.stars)
  const number = (value: number, digits = 1) =>
    value.toLocaleString(i18n.language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  if (!ready) return null
  const { target, comparisons, picking } = stars
  const unit = star === null ? '' : t(`unit.${star.unit}`)
  return (
    <Section title={t('stars')}>
      <div className="chips">
        <button
          type="button"
          className="chip"
          aria-pressed={picking === 'target'}
          onClick={() => stars.setPicking(picking === 'target' ? null : 'target')}
        >
          {target === null ? t('pickTarget') : t('pickOther')}
        </button>
        <button
          type="button"
          className="chip"
          disabled={target === null}
          aria-pressed={picking === 'comparison'}
          onClick={() => stars.setPicking(picking === 'comparison' ? null : 'comparison')}
        >
          {t('addComparison')}
        </button>
        {comparisons.length > 0 ? (
          <button type="button" className="chip" onClick={() => stars.setComparisons([])}>
            {t('letAppPropose')}
          </button>
        ) : null}
      </div>
      {picking === null ? null : (
        <Card tone="hint" title={picking === 'target' ? t('clickTarget') : t('clickComparison')}>
          <p>{t('clickHow')}</p>
        </Card>
      )}
      {target === null ? null : (
        <Card>
          <p>
            {comparisons.length === 0 ? t('appWillPropose') : t('chosenByYou', { count: comparisons.length })}
          </p>
        </Card>
      )}
      {star === null ? null : (
        <Facts
          facts={[
            {
              label: <Term id="aperture">{t('aperture')}</Term>,
              value: `${number(radius)} px${pixelScale === null ? '' : ` · ${number(radius * pixelScale)}″`}`,
            },
            {
              label: <Term id="annulus">{t('annulus')}</Term>,
              value: `${number(annulus[0])} – ${number(annulus[1])} px`,
            },
            { label: t('netFlux'), value: `${number(star.flux, 0)} ± ${number(star.error, 0)} ${unit}` },
            {
              label: <Term id="snr">{t('signalToNoise')}</Term>,
              value: star.error > 0 ? number(star.flux / star.error, 0) : '–',
            },
            { label: t('sky'), value: `${number(star.sky)} ± ${number(star.skySigma)} ${unit}` },
            { label: <Term id="fwhm">{t('width')}</Term>, value: `${number(star.fwhm, 2)} px` },
            {
              label: <Term id="saturation">{t('peak')}</Term>,
              value:
                star.saturation === null
                  ? `${number(star.peak, 0)} ADU`
                  : t('peakOf', { peak: number(star.peak, 0), limit: number(star.saturation, 0) }),
            },
          ]}
        />
      )}
      {star === null || star.flags === 0 ? null : (
        <Card tone="warn" title={t('flags')}>
          {describeFlags(star.flags).map((flag) => (
            <p key={flag}>{t(`flag.${flag}`)}</p>
          ))}
        </Card>
      )}
      <PositionField
        value={stars.position}
        pointing={pointing}
        object={object}
        onChange={stars.setPosition}
      />
    </Section>
  )
}
