import type { Picture } from './colour-picture'
import type { DisplaySettings, ImageRenderer } from './image-renderer'
import { CanvasRenderer } from './render-canvas'
import { WebGpuRenderer } from './render-webgpu'
import { requestGpuDevice } from './request-gpu'
import type { GpuWish } from './request-gpu'
import type { View } from './view'

/** Milliseconds after a lost device at which the picture is drawn once more. */
const RECOVERY = [500, 2000]

const addCanvas = (holder: HTMLElement): HTMLCanvasElement => {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  holder.prepend(canvas)
  return canvas
}

/**
 * One renderer that uses the best there is: 2-D at once, so that there is a picture without a wait; WebGPU as soon as a
 * real adapter has answered; 2-D again when the device is lost or an image is larger than its textures. A canvas that has
 * given one kind of context gives no other, so each has its own, and only one is in `holder`.
 */
class SelectedRenderer implements ImageRenderer {
  private readonly holder: HTMLElement
  private flat: CanvasRenderer
  private flatCanvas: HTMLCanvasElement
  private gpu: { readonly renderer: WebGpuRenderer; readonly canvas: HTMLCanvasElement } | null = null
  private image: Picture | null = null
  private display: DisplaySettings | null = null
  private view: View | null = null
  private ended = false

  constructor(holder: HTMLElement, wish: GpuWish) {
    this.holder = holder
    this.flatCanvas = addCanvas(holder)
    this.flat = new CanvasRenderer(this.flatCanvas)
    void this.tryGpu(wish)
  }

  get kind(): 'canvas' | 'webgpu' {
    return this.current.kind
  }

  setImage(image: Picture): void {
    this.image = image
    this.showCurrent()
    this.current.setImage(image)
  }

  setDisplay(display: DisplaySettings): void {
    this.display = display
    this.current.setDisplay(display)
  }

  setView(view: View): void {
    this.view = view
    this.current.setView(view)
  }

  draw(): void {
    this.current.draw()
  }

  readPng(): Promise<Blob> {
    return this.current.readPng()
  }

  destroy(): void {
    this.ended = true
    this.flat.destroy()
    this.flatCanvas.remove()
    this.dropGpu()
  }

  private get current(): CanvasRenderer | WebGpuRenderer {
    const { gpu, image } = this
    return gpu !== null && (image === null || gpu.renderer.fits(image)) ? gpu.renderer : this.flat
  }

  private showCurrent(): void {
    const useGpu = this.gpu !== null && this.current === this.gpu.renderer
    this.flatCanvas.hidden = useGpu
    if (this.gpu !== null) this.gpu.canvas.hidden = !useGpu
  }

  /** Hands all that is known to the renderer that has just become the current one. */
  private handOver(): void {
    this.showCurrent()
    const { current } = this
    if (this.image !== null) current.setImage(this.image)
    if (this.display !== null) current.setDisplay(this.display)
    if (this.view !== null) current.setView(this.view)
    current.draw()
  }

  private async tryGpu(wish: GpuWish): Promise<void> {
    const device = await requestGpuDevice(wish)
    if (device === null) return
    if (this.ended) {
      device.destroy()
      return
    }
    const canvas = addCanvas(this.holder)
    try {
      this.gpu = { renderer: new WebGpuRenderer(canvas, device), canvas }
      this.handOver()
    } catch {
      canvas.remove()
      this.gpu = null
      device.destroy()
      this.handOver()
      return
    }
    await device.lost
    if (this.ended) return
    this.dropGpu()
    // What takes a device away may have taken the pixels of 2-D canvases along: begin anew.
    this.flat.destroy()
    this.flatCanvas.remove()
    this.flatCanvas = addCanvas(this.holder)
    this.flat = new CanvasRenderer(this.flatCanvas)
    this.handOver()
    // A graphics process that went down takes a moment to come up; what is drawn until then is lost without a word.
    for (const wait of RECOVERY) {
      setTimeout(() => {
        if (!this.ended) this.flat.redraw()
      }, wait)
    }
  }

  private dropGpu(): void {
    const { gpu } = this
    this.gpu = null
    if (gpu === null) return
    gpu.renderer.destroy()
    gpu.canvas.remove()
  }
}

/** The renderer of the picture in `holder`, on canvases of its own making. */
export const selectRenderer = (holder: HTMLElement, wish: GpuWish = {}): ImageRenderer =>
  new SelectedRenderer(holder, wish)
