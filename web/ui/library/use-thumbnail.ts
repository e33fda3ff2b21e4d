import { useEffect, useRef } from 'react'
import type { Studio } from '../../engine/studio'

interface Thumbnail {
  readonly width: number
  readonly height: number
  readonly grey: Uint8Array
}

/** Pictures of this many frames are kept; a thumbnail is about 4 kB. */
const MOST_KEPT = 2000
const SIZE = 66

const kept = new WeakMap<Studio, Map<string, Promise<Thumbnail>>>()

const fetchThumbnail = (studio: Studio, frame: string, size: number): Promise<Thumbnail> => {
  const key = `${frame} ${size}`
  const known = kept.get(studio) ?? new Map<string, Promise<Thumbnail>>()
  kept.set(studio, known)
  const there = known.get(key)
  if (there !== undefined) return there
  const coming = studio.thumbnail(frame, size)
  known.set(key, coming)
  // A failed picture is asked for again next time, and the oldest makes room.
  coming.catch(() => known.delete(key))
  const oldest = known.keys().next().value
  if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest)
  return coming
}

const paint = (canvas: HTMLCanvasElement, { width, height, grey }: Thumbnail): void => {
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (context === null) return
  const picture = context.createImageData(width, height)
  for (let index = 0; index < grey.length; index++) {
    const value = grey[index] ?? 0
    picture.data.set([value, value, value, 255], 4 * index)
  }
  context.putImageData(picture, 0, 0)
}

/** A canvas that shows the small picture of a frame, at most `size` pixels wide or high, as soon as it is there. */
export const useThumbnail = (studio: Studio, frame: string, size = SIZE) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let wanted = true
    fetchThumbnail(studio, frame, size).then(
      (thumbnail) => {
        if (wanted && canvas.current !== null) paint(canvas.current, thumbnail)
      },
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [studio, frame, size])
  return canvas
}
