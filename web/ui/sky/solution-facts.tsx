import type { PlateSolutionRecord } from '../../core/plate-solution'
import { Facts } from '../inspector/card'
import { formatMeasured } from '../kit/format-measured'
import { Term } from '../kit/term'
import { useSkyWords } from './use-sky-words'

const Odds = ({ logOdds }: { readonly logOdds: number }) => {
  const { odds } = useSkyWords()
  const { text, power } = odds(logOdds)
  return (
    <span data-fact="odds">
      {text}
      {power === null ? null : <sup>{power}</sup>}
    </span>
  )
}

/** Where a frame is, how large, how it stands, and how sure that is. */
export const SolutionFacts = ({ solution }: { readonly solution: PlateSolutionRecord }) => {
  const { t, language, fixed, number, place, placeInDegrees, field } = useSkyWords()
  const { center, scale, rotation, errors, parity, matched, rmsPixels, rmsArcseconds, catalogue, hints } =
    solution
  /** A number with what it is uncertain by; solutions of older versions and of very few stars do not say it. */
  const measured = (value: number, error: number | undefined, digits: number): string =>
    error !== undefined && error > 0 ? formatMeasured({ value, error }, language) : fixed(value, digits)
  const missing = solution.unmatchedReferences.x.length
  return (
    <Facts
      facts={[
        {
          label: t('fact.center'),
          value: (
            <>
              <span data-fact="center">{place(center[0], center[1])}</span>
              <br />
              <small>{placeInDegrees(center[0], center[1])}</small>
              {errors !== undefined && errors.center > 0 ? (
                <small data-fact="center-error"> ± {number(errors.center, 2)}″</small>
              ) : null}
            </>
          ),
        },
        {
          label: <Term id="pixelScale">{t('fact.scale')}</Term>,
          value: `${measured(scale, errors?.scale, 4)} ″/px`,
        },
        {
          label: <Term id="rotation">{t('fact.rotation')}</Term>,
          value: `${measured(rotation, errors?.rotation, 3)}°`,
        },
        {
          label: <Term id="parity">{t('fact.parity')}</Term>,
          value: t(parity === -1 ? 'parity.plain' : 'parity.mirrored'),
        },
        { label: t('fact.field'), value: field(solution.width, solution.height, scale) },
        {
          label: t('fact.matched'),
          value: t('matchedOf', { matched: matched.x.length, all: matched.x.length + missing }),
        },
        {
          label: <Term id="rms">{t('fact.rms')}</Term>,
          value: `${fixed(rmsPixels, 3)} px · ${fixed(rmsArcseconds, 3)}″`,
        },
        { label: <Term id="odds">{t('fact.odds')}</Term>, value: <Odds logOdds={solution.logOdds} /> },
        {
          label: <Term id="sip">{t('fact.sip')}</Term>,
          value: solution.sipOrder < 2 ? t('sip.none') : t('sip.order', { order: solution.sipOrder }),
        },
        {
          label: t('fact.catalogue'),
          value: t(catalogue.moving ? 'catalogueLine' : 'catalogueLineStill', {
            name: catalogue.name,
            epoch: catalogue.epoch.toFixed(1),
          }),
        },
        { label: t('fact.hint'), value: t(`hintSource.${hints.source}`) },
        { label: t('fact.seconds'), value: `${fixed(solution.seconds, 2)} s` },
      ]}
    />
  )
}
