import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { LightCurveRecord } from '../../core/light-curve'
import { toHours } from '../light-curve/curve-axes'
import type { PlotAxis, PlotSeries } from '../plots/plot-types'

interface CurvePlot {
  readonly series: readonly PlotSeries[]
  readonly x: PlotAxis
  readonly y: PlotAxis
  readonly label: string
  readonly selected: number | null
  readonly shade: readonly [number, number] | null
}

/** A curve as the small plot under the picture. */
export const useCurvePlot = (curve: LightCurveRecord, frame: string | null): CurvePlot => {
  const { t, i18n } = useTranslation('light-curve')
  return useMemo(() => {
    const { hours, zero, scale } = toHours(curve)
    const number = (value: number, digits: number) =>
      value.toLocaleString(i18n.language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
    const selected = curve.columns.frame.indexOf(frame ?? '')
    const { detrended, flux_error, flags } = curve.columns
    return {
      series: [
        {
          id: 'flux',
          name: t('flux'),
          role: 'target',
          x: hours,
          y: detrended,
          error: flux_error,
          marked: (index) => (flags[index] ?? 0) !== 0,
        },
      ],
      x: {
        label: t('timeAxis', { scale, zero: zero.toFixed(4) }),
        format: (value) => t('hours', { value: number(value, 2) }),
      },
      y: { label: t('detrendedFlux'), format: (value) => number(value, 3) },
      label: t('title', { name: curve.name }),
      selected: selected < 0 ? null : selected,
      shade: curve.dip === null ? null : [24 * (curve.dip.start - zero), 24 * (curve.dip.end - zero)],
    }
  }, [curve, frame, t, i18n.language])
}
