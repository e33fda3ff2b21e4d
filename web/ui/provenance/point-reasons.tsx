import { useTranslation } from 'react-i18next'
import type { ProvenanceGraph, ProvenanceNode } from '../../core/provenance'
import { Card, Facts, Section } from '../inspector/card'
import { ThingReasons } from './thing-reasons'
import type { GraphWords } from './use-words'

interface PointReasonsProps {
  readonly point: ProvenanceNode
  readonly graph: ProvenanceGraph
  readonly words: GraphWords
}

const PARTS = ['photon', 'sky', 'read', 'comparisons'] as const

interface PointDetails {
  readonly exposure: string
  readonly flux: number | null
  readonly flux_error: number | null
  readonly trend: number | null
  readonly detrended: number | null
  readonly x: number | null
  readonly y: number | null
  readonly radius: number
  readonly radiusChosen: boolean
  readonly annulus: readonly [number, number]
  readonly detrend: readonly string[]
  readonly comparisons: readonly { readonly name: string; readonly weight: number }[]
  readonly errors: Readonly<Record<(typeof PARTS)[number], number | null>>
}

/** Why this point is so: its frame, its circle, what it is compared with, what was done to the frame, and what its error is made of. */
export const PointReasons = ({ point, graph, words }: PointReasonsProps) => {
  const { t, i18n } = useTranslation('provenance')
  const details = point.details as unknown as PointDetails
  const number = (value: number | null, digits: number) =>
    value === null
      ? t('light-curve:unknown')
      : value.toLocaleString(i18n.language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  const percent = (value: number | null) =>
    value === null ? t('light-curve:unknown') : `${number(100 * value, 2)} %`
  const own = (kind: ProvenanceNode['kind']) =>
    graph.nodes.find((node) => node.kind === kind && node.details['exposure'] === details.exposure)
  const registered = own('registered')
  const calibrated = own('calibrated')
  return (
    <>
      <Section title={t('why')}>
        <Facts
          facts={[
            { label: t('light-curve:frame'), value: words.nameOf(point) },
            {
              label: t('light-curve:relativeFlux'),
              value: `${number(details.flux, 4)} ± ${number(details.flux_error, 4)}`,
            },
            {
              label:
                details.detrend.length === 0
                  ? t('noTrend')
                  : t('trend', { names: details.detrend.join(', ') }),
              value: number(details.trend, 4),
            },
            { label: t('light-curve:detrended'), value: number(details.detrended, 4) },
            {
              label: t('light-curve:aperture'),
              value: `${number(details.radius, 1)} px, ${details.radiusChosen ? t('light-curve:leastScatter') : t('light-curve:byHand')}`,
            },
            {
              label: t('inspector:annulus'),
              value: `${number(details.annulus[0], 1)} – ${number(details.annulus[1], 1)} px`,
            },
            { label: t('place'), value: `${number(details.x, 2)}, ${number(details.y, 2)}` },
          ]}
        />
        {point.flags.map((flag) => (
          <Card key={flag} tone="warn">
            <p>{t(`light-curve:flag.${flag}`, { defaultValue: flag })}</p>
          </Card>
        ))}
      </Section>
      <Section title={t('errorParts')}>
        <Facts
          facts={PARTS.map((part) => ({
            label: t(`light-curve:part.${part}`),
            value: percent(details.errors[part]),
          }))}
        />
      </Section>
      <Section title={t('light-curve:comparisons', { count: details.comparisons.length })}>
        <Facts
          facts={details.comparisons.map(({ name, weight }) => ({
            label: name,
            value: t('weight', { value: percent(weight) }),
          }))}
        />
      </Section>
      {registered === undefined ? null : <ThingReasons node={registered} graph={graph} />}
      {calibrated === undefined ? null : <ThingReasons node={calibrated} graph={graph} />}
    </>
  )
}
