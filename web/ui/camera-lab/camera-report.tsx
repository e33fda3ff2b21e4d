import { useMemo, useState } from 'react'
import type { CameraReportRecord } from '../../core/camera-report'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import { openProvenance } from '../../state/open-provenance'
import { Card } from '../inspector/card'
import { useApp, useAppStore } from '../kit/use-app'
import { plotBiasLevel, plotBiasNoise } from './bias-plots'
import { plotDarkRamps, plotDarkTemperature, plotHotPixels } from './dark-plots'
import { FlatMap } from './flat-map'
import { LabPlot } from './lab-plot'
import { Predictions } from './predictions'
import { ReportNumbers, type StatedValues } from './report-numbers'
import { plotLinearity, plotTransfer } from './transfer-plots'
import { UseValues } from './use-values'
import type { LabWords } from './use-lab-words'
import styles from './camera-lab.module.css'

/** What the frames say of themselves now, which a profile may have changed since the report was made. */
const stateNow = (frame: ExposureRecord | undefined, report: CameraReportRecord): StatedValues => {
  if (frame === undefined) return report.stated
  const { gain, readNoise } = effectiveFacts(frame)
  const from = (field: 'gain' | 'readNoise') =>
    frame.corrections[field] === undefined ? (frame.sources[field] ?? null) : 'person'
  return { gain, gainFrom: from('gain'), readNoise, readNoiseFrom: from('readNoise') }
}

interface CameraReportProps {
  readonly report: CameraReportRecord
  readonly words: LabWords
}

/** Everything that one report says: numbers, plots, tables, and what to be careful about. */
export const CameraReport = ({ report, words }: CameraReportProps) => {
  const { t } = words
  const store = useAppStore()
  const exposures = useApp((state) => state.library.exposures)
  const [logarithmic, setLogarithmic] = useState(false)
  const known = useMemo(() => {
    const wanted = new Set(report.frames)
    return new Map(exposures.filter(({ id }) => wanted.has(id)).map((exposure) => [exposure.id, exposure]))
  }, [exposures, report.frames])
  const frame = useMemo(() => {
    const frames = [...known.values()]
    return frames.find((exposure) => effectiveFacts(exposure).kind === 'flat') ?? frames[0]
  }, [known])
  const nameOf = useMemo(() => (id: string) => known.get(id)?.name ?? id, [known])
  const plots = useMemo(() => {
    const single = [
      plotLinearity(report, words, nameOf),
      plotBiasLevel(report, words, nameOf),
      plotBiasNoise(report, words, nameOf),
      ...plotDarkRamps(report, words, nameOf),
      plotDarkTemperature(report, words),
      plotHotPixels(report, words, nameOf),
    ]
    return single.filter((plot) => plot !== null)
  }, [report, words, nameOf])
  const transfer = useMemo(
    () => plotTransfer(report, logarithmic, words, nameOf),
    [report, logarithmic, words, nameOf],
  )
  const fileName = (report.camera.instrument || 'camera').replace(/[^\w-]+/g, '-')
  return (
    <div data-report={report.id}>
      <ReportNumbers report={report} stated={stateNow(frame, report)} words={words} />
      <div className={styles['actions']}>
        {frame === undefined ? null : <UseValues report={report} frame={frame} words={words} />}
        <button type="button" className="chip" onClick={() => openProvenance(store, report.id)}>
          {t('provenance:show')}
        </button>
        <p>{t('errors')}</p>
      </div>
      {report.flags.length === 0 ? null : (
        <div className={styles['flags']}>
          {report.flags.map((flag) => (
            <Card key={flag} tone={flag === 'shared-frames' ? 'hint' : 'warn'}>
              <p data-flag={flag}>{t(`flag.${flag}`)}</p>
            </Card>
          ))}
        </div>
      )}
      <div className={styles['plots']}>
        {transfer === null ? null : (
          <LabPlot
            plot={transfer}
            words={words}
            fileName={fileName}
            choice={
              <button
                type="button"
                className="chip"
                aria-pressed={logarithmic}
                onClick={() => setLogarithmic(!logarithmic)}
              >
                {t('logarithmic')}
              </button>
            }
          />
        )}
        {plots.map((plot) => (
          <LabPlot key={plot.id} plot={plot} words={words} fileName={fileName} />
        ))}
        {report.flatMaps.map((map) => (
          <FlatMap
            key={`${map.first} ${map.second}`}
            map={map}
            words={words}
            fileName={fileName}
            nameOf={nameOf}
          />
        ))}
        {report.predictions.length === 0 ? null : (
          <Predictions predictions={report.predictions} words={words} />
        )}
      </div>
    </div>
  )
}
