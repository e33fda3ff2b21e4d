import { CanvasRenderer } from './render-canvas'
import type { ImageRenderer } from './image-renderer'

/** The renderer for a canvas: 2-D, which runs everywhere. */
export const selectRenderer = (canvas: HTMLCanvasElement): ImageRenderer => new CanvasRenderer(canvas)
