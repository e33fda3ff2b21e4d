import { useEffect, useState } from 'react'
import type { FrameQuality } from '../../core/source-list'
import type { Studio } from '../../engine/studio'
import { useStudio } from '../kit/use-app'

/** A stack does not change: what was measured once holds as long as the page is open. */
const kept = new WeakMap<Studio, Map<string, Promise<FrameQuality>>>()

const measure = (studio: Studio, stack: string): Promise<FrameQuality> => {
  const known = kept.get(studio) ?? new Map<string, Promise<FrameQuality>>()
  kept.set(studio, known)
  const coming = known.get(stack) ?? studio.measureStack(stack)
  known.set(stack, coming)
  coming.catch(() => known.delete(stack))
  return coming
}

/** What a stack is like; null until it is measured, and where it cannot be. */
export const useStackQuality = (stack: string): FrameQuality | null => {
  const studio = useStudio()
  const [quality, setQuality] = useState<FrameQuality | null>(null)
  useEffect(() => {
    let wanted = true
    setQuality(null)
    measure(studio, stack).then(
      (measured) => {
        if (wanted) setQuality(measured)
      },
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [studio, stack])
  return quality
}
