import { useTranslation } from 'react-i18next'
import type { LightCurveRecord } from '../../core/light-curve'
import { SeriesPlot } from '../plots/series-plot'

interface RadiusScanProps {
  readonly curve: LightCurveRecord
  readonly onRadius: (radius: number) => void
}

/** Scatter against aperture radius: the least is chosen, and a click takes another. */
export const RadiusScan = ({ curve, onRadius }: RadiusScanProps) => {
  const { t, i18n } = useTranslation('light-curve')
  const { radiusScan } = curve
  if (radiusScan.length < 2) return null
  const number = (value: number, digits: number) =>
    value.toLocaleString(i18n.language, { maximumFractionDigits: digits })
  const selected = radiusScan.findIndex(({ radius }) => Math.abs(radius - curve.radius) < 1e-6)
  return (
    <SeriesPlot
      series={[
        {
          id: 'scan',
          name: t('scan'),
          role: 'comparison',
          x: Float64Array.from(radiusScan, ({ radius }) => radius),
          y: Float64Array.from(radiusScan, ({ scatter }) => 100 * scatter),
        },
      ]}
      x={{ label: t('radiusAxis'), format: (value) => `${number(value, 1)} px` }}
      y={{ label: t('scatterAxis'), format: (value) => number(value, 2) }}
      height={170}
      label={t('scan')}
      selected={selected < 0 ? null : selected}
      onPick={(index) => {
        const radius = radiusScan[index]?.radius
        if (radius !== undefined) onRadius(radius)
      }}
    />
  )
}
