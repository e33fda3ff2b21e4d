import { useEffect, useMemo, useState } from 'react'
import { placeOnOriginal, type CalibrationRecipe } from '../../core/reduced'
import { createFrameSky } from '../../render/sky/create-frame-sky'
import type { FrameSky } from '../../render/sky/frame-sky'
import type { Size } from '../../render/view'
import { readWcs } from '../../science/astrometry/wcs/read-wcs'
import type { Wcs } from '../../science/astrometry/wcs/wcs'
import { useStudio } from '../kit/use-app'

/** The sky of the frame that is shown, when the header of its original says where it is; the recipe says how the frame lies on it. */
export const useFrameSky = (
  exposure: string | null,
  calibration: CalibrationRecipe | null,
  size: Size | null,
): FrameSky | null => {
  const studio = useStudio()
  const [wcs, setWcs] = useState<Wcs | null>(null)
  useEffect(() => {
    let wanted = true
    setWcs(null)
    if (exposure === null) return
    const read = async (): Promise<void> => {
      const found = readWcs(await studio.cards(exposure))
      if (wanted) setWcs(found)
    }
    // A header without usable coordinates is shown without a position.
    read().catch(() => undefined)
    return () => {
      wanted = false
    }
  }, [studio, exposure])
  const width = size?.width ?? 0
  const height = size?.height ?? 0
  return useMemo(
    () =>
      wcs === null || width === 0
        ? null
        : createFrameSky(wcs, { width, height }, placeOnOriginal(calibration ?? {})),
    [wcs, width, height, calibration],
  )
}
