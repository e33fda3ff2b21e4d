import { useEffect, useState } from 'react'
import type { Point } from '../../core/image'
import { placeOnOriginal, type CalibrationRecipe } from '../../core/reduced'
import type { Studio } from '../../engine/studio'
import { createPixelToIcrs, type SkyPosition } from '../../science/astrometry/pixel-to-icrs'
import { formatDeclination, formatRightAscension } from '../../science/astrometry/sexagesimal'

type PixelToIcrs = (x: number, y: number) => SkyPosition | null

/** Pixel to sky (ICRS) in words, when the header of the original holds a plate solution; null when it does not. The recipe says how the frame that is shown lies on it. */
export const useSkyReadout = (
  studio: Studio,
  exposure: string | null,
  calibration: CalibrationRecipe | null,
): ((point: Point) => string) | null => {
  const [sky, setSky] = useState<{ readonly find: PixelToIcrs } | null>(null)
  useEffect(() => {
    let wanted = true
    setSky(null)
    if (exposure === null) return
    const read = async (): Promise<void> => {
      const find = createPixelToIcrs(await studio.cards(exposure))
      if (wanted && find !== null) setSky({ find })
    }
    // A header without usable coordinates is shown without a position.
    read().catch(() => undefined)
    return () => {
      wanted = false
    }
  }, [studio, exposure])
  if (sky === null) return null
  const { step, left, top } = placeOnOriginal(calibration ?? {})
  return ({ x, y }) => {
    const position = sky.find(step * x + left, step * y + top)
    return position === null
      ? ''
      : `${formatRightAscension(position.rightAscension, 1)} ${formatDeclination(position.declination, 0)}`
  }
}
