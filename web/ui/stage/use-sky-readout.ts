import { useMemo } from 'react'
import type { Point } from '../../core/image'
import { findOnSky } from '../../render/sky/find-place'
import type { FrameSky } from '../../render/sky/frame-sky'
import { formatDeclination, formatRightAscension } from '../../science/astrometry/sexagesimal'
import { useApp } from '../kit/use-app'

/** Pixel to sky (ICRS) in words, as the person wants coordinates written; null where the frame's place is not known. */
export const useSkyReadout = (sky: FrameSky | null): ((point: Point) => string) | null => {
  const style = useApp((state) => state.settings.sky.coordinates)
  return useMemo(() => {
    if (sky === null) return null
    return (point) => {
      const found = findOnSky(sky, point)
      if (found === null) return ''
      const { rightAscension, declination } = found
      return style === 'degrees'
        ? `${rightAscension.toFixed(5)}° ${declination < 0 ? '−' : '+'}${Math.abs(declination).toFixed(5)}°`
        : `${formatRightAscension(rightAscension, 1)} ${formatDeclination(declination, 0)}`
    }
  }, [sky, style])
}
