import { useEffect, useState } from 'react'
import type { Point } from '../../core/image'
import { placeOnOriginal, type CalibrationRecipe } from '../../core/reduced'
import type { Studio } from '../../engine/studio'
import { formatDeclination, formatRightAscension } from '../../science/astrometry/sexagesimal'
import { pixelToSky } from '../../science/astrometry/sky-position'
import { readSkyWcs, type SkyWcs } from '../../science/astrometry/sky-wcs'

/** Pixel to sky in words, when the header of the original holds a plate solution; null when it does not. The recipe says how the frame that is shown lies on it. */
export const useSkyReadout = (
  studio: Studio,
  exposure: string | null,
  calibration: CalibrationRecipe | null,
): ((point: Point) => string) | null => {
  const [wcs, setWcs] = useState<SkyWcs | null>(null)
  useEffect(() => {
    let wanted = true
    setWcs(null)
    if (exposure === null) return
    studio.cards(exposure).then(
      (cards) => {
        if (wanted) setWcs(readSkyWcs(cards))
      },
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [studio, exposure])
  if (wcs === null) return null
  const { step, left, top } = placeOnOriginal(calibration ?? {})
  return ({ x, y }) => {
    const sky = pixelToSky(wcs, { x: step * x + left, y: step * y + top })
    return sky === null
      ? ''
      : `${formatRightAscension(sky.rightAscension, 1)} ${formatDeclination(sky.declination, 0)}`
  }
}
