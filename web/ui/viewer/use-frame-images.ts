import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Image } from '../../core/image'
import { FrameImageCache } from './frame-image-cache'
import type { Held, LoadImage } from './frame-image-cache'

export interface FrameImagesOptions {
  /** Bytes of pixels kept; the frame that is shown stays even when it alone is larger. */
  readonly maximumBytes: number
}

/** What `show` leads to, in the words of the viewer. While another frame loads, the last one stays in `image`. */
export interface FrameImages<Kept extends Held = Image> {
  readonly id: string | null
  readonly image: Kept | null
  readonly state: 'empty' | 'loading' | 'failed' | 'ready'
  readonly error: unknown
  /** Shows a frame and fetches its neighbours, so that blinking and stepping need not wait. */
  readonly show: (id: string | null, neighbours?: readonly string[]) => void
  readonly retry: () => void
}

interface Shown<Kept> {
  readonly id: string | null
  readonly image: Kept | null
  readonly state: FrameImages['state']
  readonly error: unknown
}

interface Wanted {
  readonly id: string | null
  readonly neighbours: readonly string[]
}

const NOTHING: Shown<never> = { id: null, image: null, state: 'empty', error: null }

/** Frames by id with the last ones kept. `loadImage` must keep its identity: another one means another set of frames. */
export const useFrameImages = <Kept extends Held = Image>(
  loadImage: LoadImage<Kept>,
  { maximumBytes }: FrameImagesOptions,
): FrameImages<Kept> => {
  const cache = useMemo(() => new FrameImageCache(loadImage, maximumBytes), [loadImage, maximumBytes])
  const [wanted, setWanted] = useState<Wanted>({ id: null, neighbours: [] })
  const [shown, setShown] = useState<Shown<Kept>>(NOTHING)

  useEffect(() => () => cache.clear(), [cache])

  useEffect(() => {
    const { id, neighbours } = wanted
    if (id === null) {
      setShown(NOTHING)
      return undefined
    }
    const known = cache.peek(id)
    if (known !== null) {
      setShown({ id, image: known, state: 'ready', error: null })
      cache.prefetch(neighbours)
      return undefined
    }
    let stale = false
    setShown((before) => ({ ...before, id, state: 'loading', error: null }))
    const wait = async (): Promise<void> => {
      try {
        const image = await cache.get(id)
        if (stale) return
        setShown({ id, image, state: 'ready', error: null })
        cache.prefetch(neighbours)
      } catch (error) {
        if (!stale) setShown({ id, image: null, state: 'failed', error })
      }
    }
    void wait()
    return () => {
      stale = true
    }
  }, [cache, wanted])

  const show = useCallback((id: string | null, neighbours: readonly string[] = []) => {
    setWanted({ id, neighbours })
  }, [])
  const retry = useCallback(() => setWanted((before) => ({ ...before })), [])
  return { ...shown, show, retry }
}
