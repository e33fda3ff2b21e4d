import type { CameraReportRecord } from '../../core/camera-report'
import { temperaturesAgree } from '../../pipeline/camera/camera-sets'
import { drawLine, type LabPlotData } from './lab-plot-data'
import type { LabWords } from './use-lab-words'

type NameFrame = (id: string) => string

/** A ramp for each temperature: level against exposure, and what is left of its line. */
export const plotDarkRamps = (
  { dark }: CameraReportRecord,
  { t, number, measured, degrees }: LabWords,
  nameOf: NameFrame,
): LabPlotData[] =>
  dark.map(({ temperature, points, rate, electrons, intercept }) => {
    const exposures = Float64Array.from(points, ({ exposure }) => exposure)
    const range = [0, 1.02 * Math.max(...exposures)] as const
    const error = Float64Array.from(points, (point) => point.error)
    return {
      id: `dark-current-${temperature === null ? 'unknown' : Math.round(temperature)}`,
      title: t('plot.dark', { temperature: degrees(temperature) }),
      text: t(electrons === null ? 'plot.darkText' : 'plot.darkTextElectrons', {
        rate: measured(rate),
        electrons: electrons === null ? '' : measured(electrons),
      }),
      x: { label: t('axis.exposure'), format: (value) => number(value, 4) },
      y: { label: t('axis.aduAboveBias'), format: (value) => number(value, 4) },
      series: [
        {
          id: 'levels',
          name: 'levels',
          role: 'target',
          x: exposures,
          y: Float64Array.from(points, ({ level }) => level),
          error,
        },
        drawLine('line', range, (seconds) => intercept.value + rate.value * seconds, 1),
      ],
      residuals: {
        y: { label: t('axis.aduLeft'), format: (value) => number(value, 3) },
        series: [
          {
            id: 'residuals',
            name: 'residuals',
            role: 'target',
            x: exposures,
            y: Float64Array.from(points, ({ residual }) => residual),
            error,
          },
          drawLine('zero', range, () => 0, 1),
        ],
      },
      frames: points.map(({ frame }) => frame),
      rows: points.map((point) => ({
        frame: nameOf(point.frame),
        exposure_s: point.exposure,
        level_adu: point.level,
        level_error_adu: point.error,
        residual_adu: point.residual,
      })),
    }
  })

/** Dark current against temperature, and the line that doubles it. */
export const plotDarkTemperature = (
  { dark, darkTemperature }: CameraReportRecord,
  { t, number, measured, degrees }: LabWords,
): LabPlotData | null => {
  const points = dark
    .flatMap(({ temperature, rate, points: members }) =>
      temperature === null ? [] : [{ temperature, rate, frame: members.at(-1)?.frame ?? '' }],
    )
    .toSorted((a, b) => a.temperature - b.temperature)
  const [coldest, warmest] = [points[0], points.at(-1)]
  if (points.length < 2 || coldest === undefined || warmest === undefined) return null
  const degreesToDouble = darkTemperature?.doubling.value ?? NaN
  const mean =
    points.reduce(
      (sum, { temperature, rate }) => sum + Math.log2(rate.value) - temperature / degreesToDouble,
      0,
    ) / points.length
  return {
    id: 'dark-temperature',
    title: t('plot.darkTemperature'),
    text:
      darkTemperature === null
        ? t('plot.darkTemperatureNone')
        : t('plot.darkTemperatureText', {
            doubling: measured(darkTemperature.doubling),
            energy: measured(darkTemperature.energy),
          }),
    x: { label: t('axis.temperature'), format: (value) => degrees(value) },
    y: { label: t('axis.logRate'), format: (value) => number(2 ** value, 3) },
    series: [
      {
        id: 'rates',
        name: 'rates',
        role: 'target',
        x: Float64Array.from(points, ({ temperature }) => temperature),
        y: Float64Array.from(points, ({ rate }) => Math.log2(rate.value)),
        error: Float64Array.from(points, ({ rate }) => rate.error / rate.value / Math.LN2),
      },
      drawLine(
        'line',
        [coldest.temperature, warmest.temperature],
        (celsius) => mean + celsius / degreesToDouble,
        1,
      ),
    ],
    frames: points.map(({ frame }) => frame),
    rows: points.map(({ temperature, rate }) => ({
      temperature_c: temperature,
      dark_current_adu_s: rate.value,
      dark_current_error_adu_s: rate.error,
    })),
  }
}

/** Two marks are told apart without their colour; the table has all exposures. */
const ROLES = ['target', 'comparison'] as const

/** How many pixels are hotter than a height, for the longest and the shortest exposure. */
export const plotHotPixels = (
  { hotPixels }: CameraReportRecord,
  { t, number, degrees }: LabWords,
  nameOf: NameFrame,
): LabPlotData | null => {
  const shown = hotPixels.toSorted((a, b) => b.exposure - a.exposure)
  if (shown.length === 0) return null
  // One temperature: else the sensor's warmth would pass for the exposure's length.
  const alike = shown.filter(({ temperature }) =>
    temperaturesAgree(temperature, shown[0]?.temperature ?? null),
  )
  const [longest, shortest] = [alike[0], alike.at(-1)]
  const drawn = [longest, ...(shortest?.exposure === longest?.exposure ? [] : [shortest])].filter(
    (each) => each !== undefined,
  )
  return {
    id: 'hot-pixels',
    title: t('plot.hot', { temperature: degrees(shown[0]?.temperature ?? null) }),
    text: t('plot.hotText'),
    x: { label: t('axis.logHeight'), format: (value) => number(10 ** value, 3) },
    y: { label: t('axis.logCount'), format: (value) => number(10 ** value, 3) },
    series: drawn.map(({ heights, counts, exposure }, index) => ({
      id: String(exposure),
      name: `${exposure} s`,
      role: ROLES[index] ?? 'plain',
      x: Float64Array.from(heights, Math.log10),
      y: Float64Array.from(counts, (count) => (count > 0 ? Math.log10(count) : NaN)),
    })),
    legend: drawn.map(({ exposure }, index) => ({
      role: ROLES[index] ?? 'plain',
      name: `${number(exposure)} s`,
    })),
    frames: (drawn[0]?.heights ?? []).map(() => drawn[0]?.frames[0] ?? ''),
    rows: shown.flatMap(({ frames, exposure, temperature, heights, counts, pixels }) =>
      heights.map((height, index) => ({
        exposure_s: exposure,
        temperature_c: temperature,
        height_adu: height,
        count: counts[index] ?? null,
        pixels,
        frames: frames.map(nameOf).join(' '),
      })),
    ),
  }
}
