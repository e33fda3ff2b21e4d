import type { CompositeLook } from '../core/composite'

/** Inputs of a picture in colour on one small grid, row 0 at the bottom of the screen. */
export interface CompositePlanes {
  readonly columns: number
  readonly rows: number
  readonly planes: readonly Float32Array[]
  /** Of each plane: what it is brought near to 0 and 1 by, so that a graphics card needs few bits of it. */
  readonly levels: readonly { readonly sky: number; readonly noise: number }[]
}

/** What part is seen: the place in the middle of the canvas, 0 to 1 along both sides, and device pixels per pixel of the planes. */
export interface CompositeView {
  readonly x: number
  readonly y: number
  readonly scale: number
}

/** Draws a picture in colour on a canvas as it is looked at now, as science/colour/compose-colours says. */
export interface CompositeRenderer {
  readonly kind: 'webgl' | 'canvas'
  setPlanes: (planes: CompositePlanes) => void
  draw: (look: CompositeLook, view: CompositeView) => void
  destroy: () => void
}

/** The level, 0 the finest, whose pixels come nearest to device pixels without being larger than two of them. */
export const chooseCompositeLevel = (scale: number, last: number): number =>
  Math.min(last, Math.max(0, Math.floor(Math.log2(1 / scale) + 0.25)))
