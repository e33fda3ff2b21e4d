import { useTranslation } from 'react-i18next'
import type { LightCurveRecord } from '../../core/light-curve'
import { listLightCurveRows } from '../../pipeline/export/light-curve-rows'
import { useApp, useStudio } from '../kit/use-app'
import { LightCurvePanel } from '../light-curve/light-curve-panel'
import { SeriesPlot } from '../plots/series-plot'
import styles from './curve-stage.module.css'
import { useCurvePlot } from './use-curve-plot'

interface CurveViewProps {
  readonly curve: LightCurveRecord
  /** True while the curve is being dragged and is not stored. */
  readonly live: boolean
  /** Exposure that is looked at. */
  readonly selected: string | null
}

/** A curve that was dragged is not the stored one until a person keeps it. */
const LiveBar = () => {
  const { t } = useTranslation('shell')
  const liveCurve = useApp((state) => state.liveCurve)
  const stars = useApp((state) => state.stars)
  const selection = useApp((state) => state.selection)
  return (
    <div className={styles['live']} role="status">
      <span>{t('live.text')}</span>
      <button
        type="button"
        className="chip"
        onClick={() => {
          selection.openCurve(null)
          void liveCurve.keep()
        }}
      >
        {t('live.keep')}
      </button>
      <button
        type="button"
        className="chip"
        onClick={() => {
          liveCurve.drop()
          stars.setRadius('best')
          stars.setAnnulus(null)
          stars.setComparisons([])
        }}
      >
        {t('live.drop')}
      </button>
    </div>
  )
}

const useFrameName = () => {
  const exposures = useApp((state) => state.library.exposures)
  return (id: string) => exposures.find((exposure) => exposure.id === id)?.name ?? id
}

/** The light curve as the page; without one, what would make it. */
export const CurveStage = ({
  curve,
  live,
  selected,
}: Omit<CurveViewProps, 'curve'> & { readonly curve: LightCurveRecord | null }) => {
  const { t } = useTranslation('shell')
  const selection = useApp((state) => state.selection)
  const library = useApp((state) => state.library)
  const panels = useApp((state) => state.panels)
  const studio = useStudio()
  const frameName = useFrameName()
  if (curve === null) {
    return (
      <section className={styles['empty']}>
        <h2>{t('curve.emptyTitle')}</h2>
        <p>{t('curve.emptyText')}</p>
        <button type="button" className="btn" onClick={() => panels.open('image')}>
          {t('curve.toImage')}
        </button>
      </section>
    )
  }
  return (
    <div className={styles['stage']}>
      {live ? <LiveBar /> : null}
      <LightCurvePanel
        curve={curve}
        live={live}
        selectedFrame={selected}
        frameName={frameName}
        onPickFrame={(frame) => {
          selection.openFrame(frame)
        }}
        onExclude={(frames) => void library.setExcluded(frames, true)}
        onExport={(format) => studio.exportRows(listLightCurveRows(curve), format)}
      />
    </div>
  )
}

/** The same curve, small, under the picture: it follows while an aperture is dragged. */
export const CurveStrip = ({ curve, live, selected }: CurveViewProps) => {
  const selection = useApp((state) => state.selection)
  const plot = useCurvePlot(curve, selected)
  return (
    <div className={styles['strip']}>
      {live ? <LiveBar /> : null}
      <SeriesPlot
        {...plot}
        height={150}
        onPick={(index) => selection.openFrame(curve.columns.frame[index] ?? '')}
      />
    </div>
  )
}
