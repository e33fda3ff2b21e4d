import { CanvasRenderer } from './render-canvas'
import type { ImageRenderer } from './image-renderer'

interface Selection {
  readonly destroy: () => void
}

const addCanvas = (holder: HTMLElement): HTMLCanvasElement => {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  holder.prepend(canvas)
  return canvas
}

/**
 * Puts a canvas into `holder` and reports the renderer that draws on it: 2-D at once, so that there is a picture without
 * a wait. A canvas that has given one kind of context gives no other, so each renderer has its own.
 */
export const selectRenderer = (holder: HTMLElement, use: (renderer: ImageRenderer) => void): Selection => {
  const canvas = addCanvas(holder)
  const renderer = new CanvasRenderer(canvas)
  use(renderer)
  return {
    destroy: () => {
      renderer.destroy()
      canvas.remove()
    },
  }
}
