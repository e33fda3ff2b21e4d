import { useMemo } from 'react'
import type { ExposureRecord } from '../../core/frame'
import type { Point } from '../../core/image'
import { applyTransform, IDENTITY_TRANSFORM } from '../../core/transform'
import { withDefaults } from '../../pipeline/calibration/choices'
import { foreseePlace } from '../../pipeline/calibration/foresee-place'
import type { CurrentNight } from '../../state/current-night'
import { useApp } from '../kit/use-app'
import { chooseShown } from '../stage/choose-shown'

/** What a chart of an exposure shows: its furthest pixels, and the stars that are measured, in those pixels. */
interface ChartStars {
  readonly frame: string
  readonly target: Point | null
  readonly comparisons: readonly (Point & { readonly label: string })[]
}

/** The picture that a chart is drawn of, with the target and the comparison stars that were picked or that its curve took. */
export const useChartStars = (current: CurrentNight, exposure: ExposureRecord): ChartStars => {
  const stars = useApp((state) => state.stars)
  const choices = useApp((state) => state.calibration.choices)
  return useMemo(() => {
    const foreseen = foreseePlace(exposure, withDefaults(choices))
    const { id, transform } = chooseShown(current, exposure.id, 'best', foreseen)
    const { curve } = current
    const target = stars.target ?? curve?.target ?? null
    const taken =
      stars.comparisons.length > 0
        ? stars.comparisons
        : (curve?.verdicts ?? []).flatMap(({ chosen, place }) =>
            chosen && place !== undefined ? [place] : [],
          )
    // Positions are of the reference: where nothing is registered they mean nothing on another frame.
    const isPlaced = current.registered.has(exposure.id) || transform === IDENTITY_TRANSFORM
    return {
      frame: id,
      target: target === null || !isPlaced ? null : applyTransform(transform, target),
      comparisons: isPlaced
        ? taken.map((place, index) => ({ label: `C${index + 1}`, ...applyTransform(transform, place) }))
        : [],
    }
  }, [current, exposure, stars.target, stars.comparisons, choices])
}
