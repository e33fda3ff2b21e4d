import { useEffect, useMemo, useState } from 'react'
import type { FrameWcs } from '../../pipeline/astrometry/find-frame-wcs'
import { createFrameSky } from '../../render/sky/create-frame-sky'
import type { FrameSky } from '../../render/sky/frame-sky'
import type { Size } from '../../render/view'
import { useApp, useStudio } from '../kit/use-app'

/** Where a frame is on the sky, with how that is known. */
export interface PlacedFrame extends FrameWcs {
  readonly sky: FrameSky
}

/** The place of the frame, master or stack that is shown; null where nobody knows it. It follows what is solved and forgotten. */
export const useFrameSky = (frame: string | null, size: Size | null): PlacedFrame | null => {
  const studio = useStudio()
  const solutions = useApp((state) => state.sky.solutions)
  const [found, setFound] = useState<{ readonly frame: string; readonly wcs: FrameWcs | null } | null>(null)
  useEffect(() => {
    let wanted = true
    if (frame === null) return
    const find = async (): Promise<void> => {
      const wcs = await studio.findWcs(frame)
      if (wanted) setFound({ frame, wcs })
    }
    // A header without usable coordinates is shown without a position.
    find().catch(() => setFound(null))
    return () => {
      wanted = false
    }
  }, [studio, frame, solutions])
  const width = size?.width ?? 0
  const height = size?.height ?? 0
  const placed = found?.frame === frame ? (found?.wcs ?? null) : null
  return useMemo(() => {
    if (placed === null || width === 0) return null
    try {
      const sky = createFrameSky(placed.wcs, { width, height })
      return sky === null ? null : { ...placed, sky }
    } catch {
      // Numbers that are no coordinates: the panel says so, the picture is shown without.
      return null
    }
  }, [placed, width, height])
}
