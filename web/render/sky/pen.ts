import type { FramePart } from './see-sky'

export interface Stroke {
  readonly colour: string
  readonly width: number
  readonly dash?: readonly number[]
  /** A wider line beneath, so that the line stands out from whatever it crosses. */
  readonly halo?: string
}

export interface Lettering {
  readonly colour: string
  readonly size: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly bold?: boolean
  readonly halo?: string
}

/** Whatever can be drawn on: a canvas over the picture, a file of pixels, a page of paper. Lengths are in its own units, y goes down. */
export interface Pen {
  /** Through x0, y0, x1, y1 … */
  line(points: ArrayLike<number>, stroke: Stroke, closed?: boolean): void
  circle(x: number, y: number, radius: number, stroke: Stroke): void
  /** A filled disc. */
  dot(x: number, y: number, radius: number, colour: string): void
  /** `y` is the middle of the letters. */
  write(text: string, x: number, y: number, lettering: Lettering): void
  /** Nothing that is drawn within goes beyond the part. */
  within(part: FramePart, draw: () => void): void
  /** How wide a text is. */
  measure(text: string, lettering: Pick<Lettering, 'size' | 'bold'>): number
}
