import type { BiasFrameRecord, BiasPairRecord, CameraReportRecord } from '../../core/camera-report'
import type { PlotAxis } from '../plots/plot-types'
import type { LabPlotData } from './lab-plot-data'
import type { LabWords } from './use-lab-words'

const HOURS = 24
/** Days over which nights are told by day, hours over which by hour; below it is minutes. */
const DAYS_FROM = 2
const HOURS_FROM = 2 / 24

/** Time since the first frame, in the unit that suits; frames without a time stand in their order. */
const layTime = (
  records: readonly (BiasFrameRecord | BiasPairRecord)[],
  { t, language }: LabWords,
): { readonly axis: PlotAxis; readonly x: Float64Array } => {
  const times = records.flatMap(({ time }) => time ?? [])
  const first = Math.min(...times)
  if (times.length < records.length || records.length === 0) {
    const axis = { label: t('axis.order'), format: (value: number) => String(Math.round(value)) }
    return { axis, x: Float64Array.from(records, (_, index) => index + 1) }
  }
  const span = Math.max(...times) - first
  const [unit, perDay] =
    span > DAYS_FROM
      ? (['days', 1] as const)
      : span > HOURS_FROM
        ? (['hours', HOURS] as const)
        : (['minutes', 60 * HOURS] as const)
  const toDate = (value: number) => new Date((first + value / perDay - 2_440_587.5) * 86_400_000)
  return {
    axis: {
      label: t(`axis.${unit}`, { from: toDate(0).toISOString().slice(0, 16).replace('T', ' ') }),
      format: (value) =>
        toDate(value).toLocaleString(language, { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'medium' }),
    },
    x: Float64Array.from(records, ({ time }) => ((time ?? NaN) - first) * perDay),
  }
}

type NameFrame = (id: string) => string

export const plotBiasLevel = (
  { bias }: CameraReportRecord,
  words: LabWords,
  nameOf: NameFrame,
): LabPlotData | null => {
  const { t, number, measured } = words
  const { frames, drift } = bias
  if (frames.length === 0) return null
  const { axis, x } = layTime(frames, words)
  return {
    id: 'bias-level',
    title: t('plot.biasLevel'),
    text: [
      t('plot.biasLevelText', { unrest: number(bias.unrest, 2) }),
      drift === null ? '' : t('plot.drift', { drift: measured(drift) }),
    ]
      .join(' ')
      .trim(),
    x: axis,
    y: { label: t('axis.adu'), format: (value) => number(value, 6) },
    series: [
      {
        id: 'level',
        name: 'level',
        role: 'target',
        x,
        y: Float64Array.from(frames, ({ level }) => level),
        error: Float64Array.from(frames, ({ error }) => error),
      },
    ],
    frames: frames.map(({ frame }) => frame),
    rows: frames.map(({ frame, night, time, temperature, level, error }) => ({
      frame: nameOf(frame),
      night,
      jd_utc: time,
      temperature_c: temperature,
      level_adu: level,
      level_error_adu: error,
    })),
  }
}

export const plotBiasNoise = (
  { bias }: CameraReportRecord,
  words: LabWords,
  nameOf: NameFrame,
): LabPlotData | null => {
  const { t, number } = words
  const { pairs } = bias
  if (pairs.length === 0) return null
  const { axis, x } = layTime(pairs, words)
  return {
    id: 'read-noise',
    title: t('plot.biasNoise'),
    text: t('plot.biasNoiseText'),
    x: axis,
    y: { label: t('axis.adu'), format: (value) => number(value, 6) },
    series: [
      {
        id: 'noise',
        name: 'noise',
        role: 'target',
        x,
        y: Float64Array.from(pairs, ({ noise }) => noise),
        error: Float64Array.from(pairs, ({ error }) => error),
      },
    ],
    frames: pairs.map(({ frames }) => frames[1]),
    rows: pairs.map(({ frames, night, time, temperature, noise, error }) => ({
      first: nameOf(frames[0]),
      second: nameOf(frames[1]),
      night,
      jd_utc: time,
      temperature_c: temperature,
      noise_adu: noise,
      noise_error_adu: error,
    })),
  }
}
