import type { CameraReportRecord } from '../../core/camera-report'
import { orNull, readAsked, type RowSource } from './row-source'

/** The series with most points stands for the camera. */
const darkOf = ({ dark }: CameraReportRecord) => dark.toSorted((a, b) => b.points.length - a.points.length)[0]

const hotOf = ({ hotPixels }: CameraReportRecord) => hotPixels.toSorted((a, b) => b.exposure - a.exposure)[0]

/** A row for each characterisation of a camera, with its main numbers and their errors. */
export const cameraRows: RowSource = async (workspace, filter) => {
  const reports = await readAsked(workspace.cameraReports, filter, { id: 'id', indexes: { order: 'order' } })
  return reports
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .map((report) => {
      const { camera, gain, readNoise, readNoiseElectrons, transfer, linearity } = report
      const dark = darkOf(report)
      const hot = hotOf(report)
      return {
        id: report.id,
        name: report.name,
        telescope: camera.telescope,
        instrument: camera.instrument,
        binning: camera.binning,
        gainSetting: camera.gainSetting,
        filters: report.filters,
        temperature: report.temperature,
        measuredGain: orNull(gain?.value),
        measuredGainError: orNull(gain?.error),
        statedGain: report.stated.gain,
        noise: orNull(readNoise?.value),
        noiseError: orNull(readNoise?.error),
        readNoise: orNull(readNoiseElectrons?.value),
        readNoiseError: orNull(readNoiseElectrons?.error),
        fullWell: orNull(transfer?.fullWell?.value),
        darkCurrent: orNull(dark?.rate.value),
        darkCurrentError: orNull(dark?.rate.error),
        darkDoubling: orNull(report.darkTemperature?.doubling.value),
        nonlinearity: orNull(linearity == null ? undefined : linearity.largest.value / 100),
        hotPixels: orNull(hot?.counts[0]),
        hotThreshold: orNull(hot?.heights[0]),
        frameCount: report.frames.length,
        order: report.order,
        createdAt: report.createdAt,
        flags: [...report.flags],
        inputs: [...report.inputs],
      }
    })
}
