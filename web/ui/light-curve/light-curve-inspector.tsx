import { useTranslation } from 'react-i18next'
import { describeFlags } from '../../core/flags'
import type { ComparisonVerdict, LightCurveRecord } from '../../core/light-curve'
import { Term } from '../kit/term'
import { Card, Facts, Section } from '../inspector/card'
import { RadiusScan } from './radius-scan'
import styles from './light-curve-inspector.module.css'

export interface LightCurveInspectorProps {
  readonly curve: LightCurveRecord
  readonly selectedFrame: string | null
  readonly frameName: (frame: string) => string
  readonly onOpenFrame: (frame: string) => void
  /** Of the whole curve, or of the point of one frame; null while the curve is not stored. */
  readonly onProvenance: ((frame: string | null) => void) | null
  readonly onRadius: (radius: number | 'best') => void
  readonly onDetrend: (names: readonly string[]) => void
  /** Takes a star of the verdicts into the ensemble, or out of it. */
  readonly onComparison: (verdict: ComparisonVerdict, use: boolean) => void
}

const DETREND = ['airmass', 'fwhm', 'sky', 'x', 'y', 'time'] as const
const PARTS = ['photon', 'sky', 'read', 'comparisons'] as const

/** What the curve means: how good it is, what limits one point, which stars it leans on, and what can be tried. */
export const LightCurveInspector = (props: LightCurveInspectorProps) => {
  const { curve, selectedFrame, frameName, onOpenFrame, onProvenance, onRadius, onDetrend, onComparison } =
    props
  const { t, i18n } = useTranslation('light-curve')
  const number = (value: number, digits: number) =>
    value.toLocaleString(i18n.language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  const percent = (value: number, digits = 2) =>
    Number.isFinite(value) ? `${number(100 * value, digits)} %` : t('unknown')
  const at = curve.columns.frame.indexOf(selectedFrame ?? '')
  const measured = curve.columns.flux.filter(Number.isFinite).length
  const words = (verdict: ComparisonVerdict): string => {
    const values = Object.fromEntries(
      Object.entries(verdict.values).map(([name, value]) => [
        name,
        ['scatter', 'expected', 'floor'].includes(name)
          ? percent(value)
          : number(value, name === 'ratio' || name === 'brightness' ? 2 : 0),
      ]),
    )
    return t(`verdict.${verdict.code}`, { ...values, defaultValue: verdict.code })
  }
  const shownVerdicts = [...curve.verdicts]
    .filter(({ code }) => code !== 'target')
    .sort((a, b) => Number(b.chosen) - Number(a.chosen))
  return (
    <>
      <Section title={t('result')}>
        <div className={styles['stats']}>
          <div>
            <span>
              <Term id="rms">{t('scatter')}</Term>
            </span>
            <b>{percent(curve.rms)}</b>
            <small>{t('expected', { value: percent(curve.expectedRms) })}</small>
          </div>
          <div>
            <span>{t('depth')}</span>
            <b>{curve.dip === null ? '–' : percent(curve.dip.depth)}</b>
            <small>{curve.dip === null ? t('noDip') : `± ${percent(curve.dip.depthError)}`}</small>
          </div>
          <div>
            <span>{t('points')}</span>
            <b>{measured}</b>
            <small>{t('ofFrames', { count: curve.columns.frame.length })}</small>
          </div>
          <div>
            <span>
              <Term id="aperture">{t('aperture')}</Term>
            </span>
            <b>{number(curve.radius, 1)} px</b>
            <small>{curve.radiusChosen ? t('leastScatter') : t('byHand')}</small>
          </div>
        </div>
        <Card>
          <p>{curve.rms > 2 * curve.expectedRms ? t('limitedByNight') : t('limitedByLight')}</p>
          {curve.dip === null ? null : <p>{t('boxText')}</p>}
          <p>{curve.timeScale === 'bjd_tdb_mid' ? t('timesBjd') : t('timesUtc')}</p>
        </Card>
        {onProvenance === null ? null : (
          <div className="chips">
            <button type="button" className="chip" onClick={() => onProvenance(null)}>
              {t('provenance:show')}
            </button>
          </div>
        )}
      </Section>
      {at < 0 ? null : (
        <Section title={t('onePoint')}>
          <Facts
            facts={[
              { label: t('frame'), value: frameName(selectedFrame ?? '') },
              {
                label:
                  curve.timeScale === 'bjd_tdb_mid' ? (
                    <Term id="bjd">{curve.timeScale}</Term>
                  ) : (
                    curve.timeScale
                  ),
                value: (curve.columns[curve.timeScale][at] ?? NaN).toFixed(6),
              },
              {
                label: t('relativeFlux'),
                value: `${number(curve.columns.flux[at] ?? NaN, 4)} ± ${number(curve.columns.flux_error[at] ?? NaN, 4)}`,
              },
              ...PARTS.map((part) => ({
                label:
                  part === 'comparisons' ? <Term id="ensemble">{t(`part.${part}`)}</Term> : t(`part.${part}`),
                value: percent(curve.errors[part][at] ?? NaN),
              })),
            ]}
          />
          {describeFlags(curve.columns.flags[at] ?? 0).map((flag) => (
            <Card key={flag} tone="warn">
              <p>{t(`flag.${flag}`)}</p>
            </Card>
          ))}
          <div className="chips">
            <button type="button" className="chip" onClick={() => onOpenFrame(selectedFrame ?? '')}>
              {t('openFrame')}
            </button>
            {onProvenance === null ? null : (
              <button type="button" className="chip" onClick={() => onProvenance(selectedFrame)}>
                {t('provenance:why')}
              </button>
            )}
          </div>
        </Section>
      )}
      <Section title={t('try')}>
        <div className={styles['scan']}>
          <RadiusScan curve={curve} onRadius={onRadius} />
        </div>
        {curve.radiusChosen ? null : (
          <div className="chips">
            <button type="button" className="chip" onClick={() => onRadius('best')}>
              {t('bestRadius')}
            </button>
          </div>
        )}
        <fieldset className={styles['detrend']}>
          <legend>
            <Term id="detrend">{t('detrendIn')}</Term>
          </legend>
          {DETREND.map((name) => (
            <label key={name}>
              <input
                type="checkbox"
                checked={curve.detrend.includes(name)}
                onChange={(event) =>
                  onDetrend(
                    DETREND.filter((other) =>
                      other === name ? event.target.checked : curve.detrend.includes(other),
                    ),
                  )
                }
              />
              {t(`trendName.${name}`)}
            </label>
          ))}
        </fieldset>
      </Section>
      <Section title={t('comparisons', { count: curve.comparisons.length })}>
        <ul className={styles['verdicts']}>
          {shownVerdicts.slice(0, 60).map((verdict) => (
            <li key={verdict.star}>
              <label>
                <input
                  type="checkbox"
                  checked={verdict.chosen}
                  onChange={(event) => onComparison(verdict, event.target.checked)}
                />
                <b>{verdict.name}</b>
              </label>
              <span>{words(verdict)}</span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}
