import type { CameraReportRecord } from '../../core/camera-report'
import type { PlotAxis } from '../plots/plot-types'
import { drawLine, type LabPlotData } from './lab-plot-data'
import type { LabWords } from './use-lab-words'

type NameFrame = (id: string) => string

const zero = (x: readonly number[]): Float64Array => new Float64Array(x.length)

/** The photon-transfer curve: variance against level, with its line and what is left of it. On two logarithmic axes if wanted. */
export const plotTransfer = (
  { transfer, readNoise }: CameraReportRecord,
  logarithmic: boolean,
  words: LabWords,
  nameOf: NameFrame,
): LabPlotData | null => {
  if (transfer === null) return null
  const { t, number } = words
  const { points, floor, slope, bend } = transfer
  const scale = logarithmic ? Math.log10 : (value: number) => value
  const format = (value: number) => number(logarithmic ? 10 ** value : value, 4)
  const levels = points.map(({ level }) => level)
  const top = 1.04 * Math.max(...levels)
  const low = logarithmic ? Math.max(1, 0.5 * Math.min(...levels)) : 0
  const model = (level: number): number =>
    (floor?.value ?? NaN) + (slope?.value ?? NaN) * level + (bend?.value ?? 0) * level * level
  const x: PlotAxis = { label: t(logarithmic ? 'axis.logLevel' : 'axis.level'), format }
  const line = drawLine('line', [scale(low), scale(top)], (at) => scale(model(logarithmic ? 10 ** at : at)))
  const dark =
    readNoise === null || logarithmic
      ? []
      : [
          {
            id: 'bias',
            name: 'bias',
            role: 'check' as const,
            x: Float64Array.of(0),
            y: Float64Array.of(readNoise.value ** 2),
          },
        ]
  const used = (index: number) => points[index]?.leftOut == null
  return {
    id: 'photon-transfer',
    title: t('plot.transfer'),
    text: t('plot.transferText'),
    x,
    y: { label: t(logarithmic ? 'axis.logVariance' : 'axis.variance'), format },
    series: [
      {
        id: 'pairs',
        name: 'pairs',
        role: 'target',
        x: Float64Array.from(levels, scale),
        y: Float64Array.from(points, ({ variance }) => scale(variance)),
        error: logarithmic ? zero(levels) : Float64Array.from(points, ({ varianceError }) => varianceError),
        marked: (index) => !used(index),
      },
      line,
      ...dark,
    ],
    residuals: {
      y: { label: t('axis.varianceLeft'), format: (value) => number(value, 3) },
      series: [
        {
          id: 'residuals',
          name: 'residuals',
          role: 'target',
          x: Float64Array.from(levels, scale),
          y: Float64Array.from(points, ({ residual }, index) => (used(index) ? residual : NaN)),
          error: Float64Array.from(points, ({ varianceError }) => varianceError),
        },
        drawLine('zero', [scale(low), scale(top)], () => 0, 1),
      ],
    },
    frames: points.map(({ frames }) => frames[0]),
    rows: points.map((point) => ({
      first: nameOf(point.frames[0]),
      second: nameOf(point.frames[1]),
      filter: point.filter,
      exposure_s: point.exposure,
      level_adu: point.level,
      level_error_adu: point.levelError,
      variance_adu2: point.variance,
      variance_error_adu2: point.varianceError,
      residual_adu2: point.residual,
      ratio: point.ratio,
      saturated_fraction: point.saturated,
      left_out: point.leftOut,
    })),
  }
}

/** Level against exposure: how far each flat is from the line. */
export const plotLinearity = (
  { linearity }: CameraReportRecord,
  { t, number }: LabWords,
  nameOf: NameFrame,
): LabPlotData | null => {
  if (linearity === null) return null
  const { points } = linearity
  const levels = points.map(({ level }) => level)
  return {
    id: 'linearity',
    title: t('plot.linearity'),
    text: t('plot.linearityText'),
    x: { label: t('axis.level'), format: (value) => number(value, 4) },
    y: { label: t('axis.percentOfLevel'), format: (value) => number(value, 3) },
    series: [
      {
        id: 'flats',
        name: 'flats',
        role: 'target',
        x: Float64Array.from(levels),
        y: Float64Array.from(points, ({ residual }) => residual),
        error: Float64Array.from(points, ({ error, level }) => (100 * error) / level),
      },
      drawLine('zero', [0, 1.04 * Math.max(...levels)], () => 0, 1),
    ],
    frames: points.map(({ frame }) => frame),
    rows: points.map(({ frame, exposure, level, error, residual }) => ({
      frame: nameOf(frame),
      exposure_s: exposure,
      level_adu: level,
      level_error_adu: error,
      residual_percent: residual,
    })),
  }
}
