import { useEffect, useMemo, useState } from 'react'
import type { FrameWcs } from '../../pipeline/astrometry/find-frame-wcs'
import type { createFrameSky } from '../../render/sky/create-frame-sky'
import type { FrameSky } from '../../render/sky/frame-sky'
import type { Size } from '../../render/view'
import { tanSipToWcs } from '../../science/astrometry/tan-sip-to-wcs'
import { useApp, useStudio } from '../kit/use-app'

/** Where a frame is on the sky, with how that is known. */
export interface PlacedFrame extends FrameWcs {
  readonly sky: FrameSky
  /** Of the original that was solved; null where a header says the place. */
  readonly solvedSky: FrameSky | null
}

interface Found {
  readonly frame: string
  readonly wcs: FrameWcs | null
  /** It knows all projections, and comes with the first frame whose place is known. */
  readonly create: typeof createFrameSky | null
}

/** The place of the frame, master or stack that is shown; null where nobody knows it. It follows what is solved and forgotten. */
export const useFrameSky = (frame: string | null, size: Size | null): PlacedFrame | null => {
  const studio = useStudio()
  const solutions = useApp((state) => state.sky.solutions)
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => {
    let wanted = true
    if (frame === null) return
    const find = async (): Promise<void> => {
      const wcs = await studio.findWcs(frame)
      const create = wcs === null ? null : (await import('../../render/sky/create-frame-sky')).createFrameSky
      if (wanted) setFound({ frame, wcs, create })
    }
    // A header without usable coordinates is shown without a position.
    find().catch(() => setFound(null))
    return () => {
      wanted = false
    }
  }, [studio, frame, solutions])
  const width = size?.width ?? 0
  const height = size?.height ?? 0
  const placed = found?.frame === frame ? found : null
  return useMemo(() => {
    if (placed?.wcs == null || placed.create === null || width === 0) return null
    const { wcs, create } = placed
    try {
      const sky = create(wcs.wcs, { width, height })
      if (sky === null) return null
      const { solution } = wcs
      return {
        ...wcs,
        sky,
        solvedSky: solution === null ? null : create(tanSipToWcs(solution.wcs), solution),
      }
    } catch {
      // Numbers that are no coordinates: the panel says so, the picture is shown without.
      return null
    }
  }, [placed, width, height])
}
