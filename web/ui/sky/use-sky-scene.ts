import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { findOnFrame } from '../../render/sky/find-place'
import type { FrameSky } from '../../render/sky/frame-sky'
import { listSolutionMarks, type SolutionMarks } from '../../render/sky/list-solution-marks'
import type { SkyMark, SkyScene } from '../../render/sky/sky-scene'
import { useApp } from '../kit/use-app'
import { useFieldMarks } from './use-field-marks'
import type { PlacedFrame } from './use-frame-sky'
import { useSkyLayers } from './use-sky-layers'

const NOTHING: readonly never[] = []
const NO_MARKS: SolutionMarks = {
  matched: NOTHING,
  unmatched: NOTHING,
  missing: NOTHING,
  catalogue: NOTHING,
  residuals: NOTHING,
  magnitudes: { faintest: 12, brightest: 6 },
}

/** Targets of the workspace that the frame shows, by their places on the sky. */
const useTargetMarks = (sky: FrameSky | null): readonly SkyMark[] => {
  const targets = useApp((state) => state.targets.targets)
  return useMemo(() => {
    if (sky === null) return NOTHING
    return targets.flatMap(({ name, rightAscension, declination }): SkyMark[] => {
      if (rightAscension === null || declination === null) return []
      const at = findOnFrame(sky, rightAscension, declination)
      if (at === null) return []
      return [{ kind: 'target', ...at, rightAscension, declination, name, magnitude: null, extent: null }]
    })
  }, [sky, targets])
}

const useSolutionMarks = (placed: PlacedFrame | null): SolutionMarks =>
  useMemo(() => {
    if (placed?.solution == null || placed.solvedSky === null) return NO_MARKS
    return listSolutionMarks(placed.solution, placed.solvedSky, placed.sky)
  }, [placed])

/** What is to be drawn over the picture: what there is, of what the person wants to see. */
export const useSkyScene = (placed: PlacedFrame | null): SkyScene | null => {
  const { t } = useTranslation('sky')
  const { shown, layers, coordinates } = useSkyLayers()
  const sky = placed?.sky ?? null
  const targets = useTargetMarks(sky)
  const stars = useSolutionMarks(placed)
  const field = useFieldMarks(placed, {
    // A solution has the stars of its catalogue; where the header alone knows the place they are fetched.
    stars: shown && layers.includes('catalogue') && stars.catalogue.length === 0,
    objects: shown && layers.includes('objects'),
  })
  const rmsArcseconds = placed?.solution?.rmsArcseconds ?? Number.NaN
  return useMemo(() => {
    if (sky === null || !shown) return null
    const has = (layer: (typeof layers)[number]): boolean => layers.includes(layer)
    return {
      sky,
      grid: has('grid') ? coordinates : null,
      compass: has('compass') ? { north: t('north'), east: t('east') } : null,
      scaleBar: has('scale'),
      marks: [
        ...(has('objects') ? field.objects : NOTHING),
        ...(has('catalogue') ? (stars.catalogue.length > 0 ? stars.catalogue : field.stars) : NOTHING),
        ...(has('missing') ? stars.missing : NOTHING),
        ...(has('unmatched') ? stars.unmatched : NOTHING),
        ...(has('matched') ? stars.matched : NOTHING),
        ...(has('target') ? targets : NOTHING),
      ],
      residuals: has('residuals') ? stars.residuals : NOTHING,
      rmsArcseconds,
      magnitudes: stars.catalogue.length > 0 ? stars.magnitudes : field.magnitudes,
    }
  }, [sky, shown, layers, coordinates, stars, field, targets, rmsArcseconds, t])
}
