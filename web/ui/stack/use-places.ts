import { useEffect, useState } from 'react'
import type { ExposureRecord } from '../../core/frame'
import type { FrameOutline } from '../../render/sky/frame-outline'
import { traceOutline } from '../../render/sky/frame-outline'
import { useApp, useStudio } from '../kit/use-app'

/** Frames that are asked for at a time: each reads a header or a solution. */
const AT_ONCE = 16

/**
 * Where frames are on the sky, by exposure: their outlines, null where nobody knows. Those that are not in the map were not looked up yet. It
 * follows what is solved and forgotten.
 */
export const usePlaces = (
  frames: readonly ExposureRecord[],
  wanted: boolean,
): ReadonlyMap<string, FrameOutline | null> => {
  const studio = useStudio()
  const solutions = useApp((state) => state.sky.solutions)
  const [places, setPlaces] = useState<ReadonlyMap<string, FrameOutline | null>>(new Map())
  useEffect(() => {
    if (!wanted) return
    const stop = new AbortController()
    const { signal } = stop
    const find = async ({ id, width, height }: ExposureRecord): Promise<FrameOutline | null> => {
      try {
        const found = await studio.findWcs(id)
        return found === null ? null : traceOutline(found.wcs, { width, height })
      } catch {
        // A header without usable coordinates says nothing of the place.
        return null
      }
    }
    const findAll = async (): Promise<void> => {
      const known = new Map<string, FrameOutline | null>()
      for (let from = 0; !signal.aborted && from < frames.length; from += AT_ONCE) {
        const part = frames.slice(from, from + AT_ONCE)
        const outlines = await Promise.all(part.map(find))
        for (const [index, { id }] of part.entries()) known.set(id, outlines[index] ?? null)
        if (!signal.aborted) setPlaces(new Map(known))
      }
    }
    void findAll()
    return () => stop.abort()
  }, [studio, frames, solutions, wanted])
  return places
}
