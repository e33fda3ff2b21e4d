import type { ColourPlanes } from '../../core/colour-picture'
import type { Image } from '../../core/image'

/** Pixels of a frame, or what else is kept for it. */
export type Held = Image | ColourPlanes

export type LoadImage<Kept extends Held = Image> = (id: string, signal: AbortSignal) => Promise<Kept>

interface Entry<Kept> {
  readonly promise: Promise<Kept>
  readonly abort: AbortController
  /** Null while it loads. */
  image: Kept | null
}

const weigh = (held: Held): number =>
  'planes' in held ? held.planes.reduce((sum, plane) => sum + plane.byteLength, 0) : held.data.byteLength

/**
 * Frames in memory, at most `maximumBytes` of pixels. The one looked at longest ago goes first; the one just asked for
 * stays even when it alone is too large. A failed load is forgotten, so that asking again tries again.
 */
export class FrameImageCache<Kept extends Held = Image> {
  private readonly load: LoadImage<Kept>
  private readonly maximumBytes: number
  /** In order of use, the most recent last. */
  private readonly entries = new Map<string, Entry<Kept>>()

  constructor(load: LoadImage<Kept>, maximumBytes: number) {
    this.load = load
    this.maximumBytes = maximumBytes
  }

  /** The frame if it is in memory already; counts as a use. */
  peek(id: string): Kept | null {
    const entry = this.entries.get(id)
    if (entry?.image === undefined || entry.image === null) return null
    this.touch(id, entry)
    return entry.image
  }

  get(id: string): Promise<Kept> {
    const known = this.entries.get(id)
    if (known !== undefined) {
      this.touch(id, known)
      return known.promise
    }
    const abort = new AbortController()
    const promise = this.load(id, abort.signal).then(
      (image) => {
        entry.image = image
        if (this.entries.get(id) === entry) this.makeRoom(id)
        return image
      },
      (fault: unknown) => {
        if (this.entries.get(id) === entry) this.entries.delete(id)
        throw fault
      },
    )
    const entry: Entry<Kept> = { promise, abort, image: null }
    this.entries.set(id, entry)
    return promise
  }

  /** Loads frames that may be wanted soon; a failure is met again when the frame is really asked for. */
  prefetch(ids: readonly string[]): void {
    for (const id of ids) if (!this.entries.has(id)) this.get(id).catch(() => undefined)
  }

  get heldBytes(): number {
    let sum = 0
    for (const { image } of this.entries.values()) sum += image === null ? 0 : weigh(image)
    return sum
  }

  /** Drops everything and stops what is loading. */
  clear(): void {
    for (const { abort, image } of this.entries.values()) if (image === null) abort.abort()
    this.entries.clear()
  }

  private touch(id: string, entry: Entry<Kept>): void {
    this.entries.delete(id)
    this.entries.set(id, entry)
  }

  private makeRoom(keep: string): void {
    let held = this.heldBytes
    for (const [id, { image }] of this.entries) {
      if (held <= this.maximumBytes) return
      if (id === keep || image === null) continue
      held -= weigh(image)
      this.entries.delete(id)
    }
  }
}
