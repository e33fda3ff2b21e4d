import type { CameraReportRecord } from '../../core/camera-report'
import type { ExposureRecord } from '../../core/frame'
import { useApp } from '../kit/use-app'
import type { LabWords } from './use-lab-words'

interface UseValuesProps {
  readonly report: CameraReportRecord
  /** A frame of the camera, by whose header its profile knows it. */
  readonly frame: ExposureRecord
  readonly words: LabWords
}

/** Writes gain and read noise into the person's own profile of this camera; a notice offers to take it back. */
export const UseValues = ({ report, frame, words }: UseValuesProps) => {
  const { t, measured } = words
  const keep = useApp((state) => state.instruments.useMeasured)
  const rereading = useApp((state) => state.instruments.rereading)
  const canWrite = useApp((state) => state.library.canWrite)
  const { gain, readNoiseElectrons, camera } = report
  if (gain === null) return null
  const note = [
    t('note', {
      date: new Date(report.createdAt).toISOString().slice(0, 10),
      gain: measured(gain),
      readNoise: readNoiseElectrons === null ? '–' : measured(readNoiseElectrons),
      binning: camera.binning.join('×'),
    }),
  ].join(' ')
  return (
    <button
      type="button"
      className="btn"
      disabled={rereading || !canWrite}
      onClick={() =>
        void keep(frame, {
          gain: gain.value,
          readNoise: readNoiseElectrons?.value ?? null,
          gainSetting: camera.gainSetting,
          note,
        })
      }
    >
      {rereading ? t('keeping') : t('useValues')}
    </button>
  )
}
