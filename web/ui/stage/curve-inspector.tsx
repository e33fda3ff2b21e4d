import type { ComparisonVerdict, LightCurveRecord } from '../../core/light-curve'
import { partId } from '../../core/provenance'
import { openProvenance } from '../../state/open-provenance'
import { openPoint } from '../../state/open-thing'
import { useApp, useAppStore } from '../kit/use-app'
import { DemonstrationCard } from '../inspector/demonstration-card'
import { LightCurveInspector } from '../light-curve/light-curve-inspector'

interface CurveInspectorProps {
  readonly curve: LightCurveRecord
  readonly selected: string | null
  /** True while the curve is being dragged and is not stored. */
  readonly live: boolean
}

/** The right side of the curve; what is changed there is measured anew at once and kept only when a person says so. */
export const CurveInspector = ({ curve, selected, live }: CurveInspectorProps) => {
  const store = useAppStore()
  const exposures = useApp((state) => state.library.exposures)
  const stars = useApp((state) => state.stars)
  const measure = (
    changes: Partial<{
      comparisons: readonly { x: number; y: number }[]
      radius: number
      detrend: readonly string[]
    }>,
  ) =>
    store.getState().liveCurve.measure({
      lightCurve: curve.id,
      target: stars.target ?? curve.target,
      comparisons: curve.comparisons,
      radius: curve.radius,
      annulus: curve.annulus,
      detrend: curve.detrend,
      ...changes,
    })
  const change = (verdict: ComparisonVerdict, use: boolean) => {
    const place = verdict.place ?? null
    if (place === null) return
    const without = curve.comparisons.filter((star) => Math.hypot(star.x - place.x, star.y - place.y) > 1)
    const next = use ? [...without, place] : without
    if (next.length === 0) return
    stars.setComparisons(next)
    measure({ comparisons: next })
  }
  return (
    <>
      <DemonstrationCard stop="curve" />
      <LightCurveInspector
        curve={curve}
        selectedFrame={selected}
        frameName={(id) => exposures.find((exposure) => exposure.id === id)?.name ?? id}
        onOpenFrame={(frame) => {
          if (live) {
            store.getState().panels.open('image')
            store.getState().selection.openFrame(frame)
          } else openPoint(store, curve.id, frame)
        }}
        onProvenance={
          live ? null : (frame) => openProvenance(store, frame === null ? curve.id : partId(curve.id, frame))
        }
        onRadius={(radius) => {
          stars.setRadius(radius)
          if (radius === 'best') store.getState().liveCurve.drop()
          else measure({ radius })
        }}
        onDetrend={(detrend) => {
          stars.setDetrend(detrend)
          measure({ detrend })
        }}
        onComparison={change}
      />
    </>
  )
}
