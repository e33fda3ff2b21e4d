import type { CameraReportRecord, DarkSeriesRecord, HotPixelRecord } from '../../core/camera-report'
import { multiply } from './assemble-darks'

/** The series that has most points stands for the camera. */
export const mainDarkSeries = ({ dark }: Pick<CameraReportRecord, 'dark'>): DarkSeriesRecord | null =>
  dark.toSorted((a, b) => b.points.length - a.points.length)[0] ?? null

/** The longest exposure shows most. */
export const longestHotPixels = ({
  hotPixels,
}: Pick<CameraReportRecord, 'hotPixels'>): HotPixelRecord | null =>
  hotPixels.toSorted((a, b) => b.exposure - a.exposure)[0] ?? null

/** A report in the few numbers that the scripting interface promises, each with its unit. Null where the frames do not give one. */
export const summariseReport = (report: CameraReportRecord) => {
  const { gain, readNoise, readNoiseElectrons, linearity, transfer, missing, flags } = report
  const dark = mainDarkSeries(report)
  const hot = longestHotPixels(report)
  const fullWell = transfer?.fullWell ?? null
  return {
    report: report.id,
    gain: gain === null ? null : { ...gain, unit: 'electron/adu' },
    readNoise:
      readNoise === null
        ? null
        : {
            ...(readNoiseElectrons ?? readNoise),
            unit: readNoiseElectrons === null ? 'adu' : 'electron',
            adu: readNoise,
          },
    fullWell:
      fullWell === null
        ? null
        : { ...fullWell, unit: 'adu', electrons: gain === null ? null : multiply(fullWell, gain) },
    darkCurrent:
      dark === null
        ? null
        : { ...dark.rate, unit: 'adu/s', electrons: dark.electrons, temperature: dark.temperature },
    linearity:
      linearity === null
        ? null
        : {
            largest: linearity.largest,
            scatter: linearity.scatter,
            unit: '%',
            shutterDelay: linearity.shutterDelay,
          },
    badPixels:
      hot === null
        ? null
        : {
            hot: hot.counts[0] ?? 0,
            pixels: hot.pixels,
            threshold: hot.heights[0] ?? null,
            exposure: hot.exposure,
            temperature: hot.temperature,
          },
    missing,
    flags,
  }
}
