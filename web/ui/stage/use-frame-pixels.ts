import { useCallback, useEffect, useState } from 'react'
import type { Image } from '../../core/image'
import { toAsterismError } from '../../core/errors'
import type { Studio } from '../../engine/studio'

export interface LoadedPixels {
  readonly id: string
  readonly image: Image
  readonly unit: string
}

/** Pictures that were looked at stay in memory up to this many bytes, so that blinking is instant. */
const KEPT_BYTES = 384 * 1024 * 1024

const caches = new WeakMap<Studio, Map<string, Promise<LoadedPixels>>>()
const sizes = new WeakMap<Promise<LoadedPixels>, number>()

const trim = (kept: Map<string, Promise<LoadedPixels>>, spare: string): void => {
  let bytes = 0
  for (const coming of kept.values()) bytes += sizes.get(coming) ?? 0
  for (const [id, coming] of kept) {
    if (bytes <= KEPT_BYTES) return
    if (id === spare) continue
    kept.delete(id)
    bytes -= sizes.get(coming) ?? 0
  }
}

/** Pixels of a frame, from memory when it was looked at lately. */
export const loadPixels = (studio: Studio, id: string): Promise<LoadedPixels> => {
  const kept = caches.get(studio) ?? new Map<string, Promise<LoadedPixels>>()
  caches.set(studio, kept)
  const there = kept.get(id)
  if (there !== undefined) {
    kept.delete(id)
    kept.set(id, there)
    return there
  }
  const coming = studio.pixels(id).then(({ width, height, data, unit }) => ({
    id,
    unit,
    image: { width, height, data: data as Float32Array },
  }))
  kept.set(id, coming)
  coming.then(
    ({ image }) => {
      sizes.set(coming, image.data.byteLength)
      trim(kept, id)
    },
    () => kept.delete(id),
  )
  return coming
}

interface PixelState {
  /** The last picture that came; it stays while the next one loads. */
  readonly loaded: LoadedPixels | null
  readonly failed: string | null
  readonly loading: boolean
  readonly retry: () => void
}

/** Loads what is shown and, when it is there, its neighbours in the series. */
export const useFramePixels = (studio: Studio, id: string | null, neighbours: readonly string[]): PixelState => {
  const [loaded, setLoaded] = useState<LoadedPixels | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const [attempt, setAttempt] = useState(0)
  const next = neighbours.join(' ')
  useEffect(() => {
    if (id === null) {
      setLoaded(null)
      return
    }
    let wanted = true
    setFailed(null)
    loadPixels(studio, id).then(
      (pixels) => {
        if (!wanted) return
        setLoaded(pixels)
        for (const neighbour of next.split(' ').filter(Boolean)) void loadPixels(studio, neighbour).catch(() => undefined)
      },
      (error: unknown) => {
        if (wanted) setFailed(toAsterismError(error).message)
      },
    )
    return () => {
      wanted = false
    }
  }, [studio, id, next, attempt])
  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  return { loaded: id === null ? null : loaded, failed, loading: loaded?.id !== id, retry }
}
