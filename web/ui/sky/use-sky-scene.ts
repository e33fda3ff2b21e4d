import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { findOnFrame } from '../../render/sky/find-place'
import type { FrameSky } from '../../render/sky/frame-sky'
import type { SkyMark, SkyScene } from '../../render/sky/sky-scene'
import { useApp } from '../kit/use-app'
import { useSkyLayers } from './use-sky-layers'

const NOTHING: readonly never[] = []

/** Targets of the workspace that the frame shows, by their places on the sky. */
const useTargetMarks = (sky: FrameSky | null, wanted: boolean): readonly SkyMark[] => {
  const targets = useApp((state) => state.targets.targets)
  return useMemo(() => {
    if (sky === null || !wanted) return NOTHING
    return targets.flatMap(({ name, rightAscension, declination }): SkyMark[] => {
      if (rightAscension === null || declination === null) return []
      const at = findOnFrame(sky, rightAscension, declination)
      if (at === null) return []
      return [{ kind: 'target', ...at, rightAscension, declination, name, magnitude: null, extent: null }]
    })
  }, [sky, wanted, targets])
}

/** What is to be drawn over the picture: what there is, of what the person wants to see. */
export const useSkyScene = (sky: FrameSky | null): SkyScene | null => {
  const { t } = useTranslation('sky')
  const layers = useSkyLayers()
  const targets = useTargetMarks(sky, layers.has('target'))
  const grid = layers.has('grid') ? layers.coordinates : null
  const compass = layers.has('compass')
  const scaleBar = layers.has('scale')
  return useMemo(
    () =>
      sky === null || !layers.shown
        ? null
        : {
            sky,
            grid,
            compass: compass ? { north: t('north'), east: t('east') } : null,
            scaleBar,
            marks: targets,
            residuals: NOTHING,
            rmsArcseconds: Number.NaN,
            magnitudes: { faintest: 12, brightest: 6 },
          },
    [sky, layers.shown, grid, compass, scaleBar, targets, t],
  )
}
