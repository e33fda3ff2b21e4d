import type { Point } from '../../core/image'
import type { LightCurveRecord } from '../../core/light-curve'
import { applyTransform, invertTransform, type Transform } from '../../core/transform'
import { useAppStore } from '../kit/use-app'
import type { ApertureShape, Overlay } from '../viewer/overlay'

interface StarEditing {
  readonly overlays: readonly Overlay[]
  readonly shape: ApertureShape
  readonly onPick: (at: Point) => void
  readonly onMove: (id: string, at: Point) => void
  readonly onRemove: (id: string) => void
  readonly onShape: (shape: ApertureShape) => void
}

interface StarEditingInput {
  /** Reference to the frame that is shown, and the frame as it was measured to the same. */
  readonly transform: Transform
  readonly fromCalibrated: Transform
  readonly curve: LightCurveRecord | null
  /** Exposure that is shown. */
  readonly frame: string | null
  /** A curve is on its way: somebody is dragging. */
  readonly moving: boolean
  /** Usual width of the stars, pixels. */
  readonly fwhm: number | null
  readonly target: Point | null
  readonly comparisons: readonly Point[]
  readonly radius: number | 'best'
  readonly annulus: readonly [number, number] | null
  readonly name: string
}

/** A position that a person clicked snaps to a star at most so far away when it is measured, pixels. */
const SAME_STAR = 6

/** The aperture before anything is measured: 1.5 widths, the sky from three widths on, as the measurement itself will choose. */
const firstShape = (fwhm: number | null): ApertureShape => {
  const width = fwhm ?? 4
  const inner = Math.ceil(3 * width) + 1
  return {
    radius: Math.round(3 * width) / 2,
    annulus: [inner, Math.ceil(Math.sqrt(inner * inner + 400 / Math.PI))],
  }
}

/** Radii in pixels that are `factor` times as small. */
const scaleShape = ({ radius, annulus }: ApertureShape, factor: number): ApertureShape =>
  factor === 1
    ? { radius, annulus }
    : { radius: factor * radius, annulus: [factor * annulus[0], factor * annulus[1]] }

/** Where the stored curve found its target on this frame: there its aperture lay. Null where it was not measured. */
const measuredPlace = (
  curve: LightCurveRecord | null,
  frame: string | null,
  target: Point | null,
): Point | null => {
  if (curve === null || target === null || curve.inputs[0]?.startsWith('curve-') === true) return null
  const isIts = Math.hypot(curve.target.x - target.x, curve.target.y - target.y) < SAME_STAR
  const at = isIts ? curve.columns.frame.indexOf(frame ?? '') : -1
  const [x, y] = [curve.columns.x[at] ?? NaN, curve.columns.y[at] ?? NaN]
  return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null
}

/** Circles on the picture and what dragging them does: choices are kept on the reference frame, and a curve is measured anew at once. */
export const useStarEditing = (input: StarEditingInput): StarEditing => {
  const store = useAppStore()
  const { transform, fromCalibrated, curve, target, comparisons } = input
  const automatic = comparisons.length === 0
  const ensemble: readonly Point[] = automatic ? (curve?.comparisons ?? []) : comparisons
  const first = firstShape(input.fwhm)
  const shape: ApertureShape = {
    radius: input.radius === 'best' ? (curve?.radius ?? first.radius) : input.radius,
    annulus: input.annulus ?? curve?.annulus ?? first.annulus,
  }
  // The circle stays under the hand that drags it.
  const place = input.moving ? null : measuredPlace(curve, input.frame, target)
  const measured = place === null ? null : applyTransform(fromCalibrated, place)
  const toFrame = (point: Point) => applyTransform(transform, point)
  const toReference = (point: Point) => applyTransform(invertTransform(transform), point)

  const measureAgain = (changes: {
    target?: Point
    comparisons?: readonly Point[]
    shape?: ApertureShape
  }) => {
    const { liveCurve, stars } = store.getState()
    const star = changes.target ?? target
    if (curve === null || star === null) return
    liveCurve.measure({
      lightCurve: curve.id,
      target: star,
      comparisons: changes.comparisons ?? ensemble,
      radius: (changes.shape ?? shape).radius,
      annulus: (changes.shape ?? shape).annulus,
      detrend: stars.detrend,
    })
  }
  const setEnsemble = (points: readonly Point[]) => {
    store.getState().stars.setComparisons(points)
    if (points.length > 0) measureAgain({ comparisons: points })
  }
  const circles = [
    ...(target === null
      ? []
      : [{ id: 'target', role: 'target' as const, label: input.name, ...(measured ?? toFrame(target)) }]),
    ...ensemble.map((point, index) => ({
      id: `comparison-${index}`,
      role: 'comparison' as const,
      label: `C${index + 1}`,
      ...toFrame(point),
    })),
  ]
  return {
    overlays: circles.map((circle) => ({ ...circle, ...scaleShape(shape, fromCalibrated.a) })),
    shape,
    onPick: (at) => {
      const { stars } = store.getState()
      const point = toReference(at)
      if (stars.picking === 'comparison') setEnsemble([...ensemble, point])
      else if (stars.picking === 'target' || stars.target === null) {
        stars.setTarget(point)
        measureAgain({ target: point })
      }
    },
    onMove: (id, at) => {
      const point = toReference(at)
      if (id === 'target') {
        store.getState().stars.setTarget(point)
        measureAgain({ target: point })
        return
      }
      const moved = Number(id.slice('comparison-'.length))
      setEnsemble(ensemble.map((former, index) => (index === moved ? point : former)))
    },
    onRemove: (id) => {
      if (id === 'target') store.getState().stars.setTarget(null)
      else {
        const gone = Number(id.slice('comparison-'.length))
        setEnsemble(ensemble.filter((_, index) => index !== gone))
      }
    },
    onShape: (changed) => {
      const { stars } = store.getState()
      const next = scaleShape(changed, 1 / fromCalibrated.a)
      stars.setRadius(next.radius)
      stars.setAnnulus(next.annulus)
      measureAgain({ shape: next })
    },
  }
}
