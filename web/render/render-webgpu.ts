import stretchCode from '../../shaders/display/stretch.wgsl?raw'
import type { Image } from '../core/image'
import { composeTransforms } from '../core/transform'
import { COLORMAP_STEPS, colormapTable } from './colormaps'
import { GpuLevels } from './gpu-levels'
import {
  BACKDROP,
  BLANK_COLOUR,
  chooseLevel,
  NIGHT_BACKDROP,
  NIGHT_BLANK_COLOUR,
  SHARP_FROM,
  sizeCanvas,
} from './image-renderer'
import type { DisplaySettings, ImageRenderer } from './image-renderer'
import { STRETCHES } from './stretch'
import { pixelsOnScreen, screenToFrame } from './view'
import type { View } from './view'

/** 4 vec4f, 2 f32, 2 u32: `Display` in stretch.wgsl. */
const UNIFORM_BYTES = 80

const asUnit = (colour: readonly [number, number, number]): number[] => [...colour.map((part) => part / 255), 1]

/**
 * Draws with WebGPU: the image lies on the device, so that cuts, stretch and colours cost one small upload. Throws where
 * an image is larger than a texture may be; see `fits`.
 */
export class WebGpuRenderer implements ImageRenderer {
  readonly kind = 'webgpu'
  private readonly canvas: HTMLCanvasElement
  private readonly device: GPUDevice
  private readonly context: GPUCanvasContext
  private readonly pipeline: GPURenderPipeline
  private readonly uniforms: GPUBuffer
  private readonly colours: GPUTexture
  private levels: GpuLevels | null = null
  private display: DisplaySettings | null = null
  private view: View | null = null

  constructor(canvas: HTMLCanvasElement, device: GPUDevice) {
    const context = canvas.getContext('webgpu')
    if (context === null) throw new Error('this canvas gives no WebGPU context')
    const format = navigator.gpu.getPreferredCanvasFormat()
    context.configure({ device, format, alphaMode: 'opaque' })
    this.canvas = canvas
    this.device = device
    this.context = context
    const module = device.createShaderModule({ code: stretchCode })
    this.pipeline = device.createRenderPipeline({
      layout: 'auto',
      vertex: { module },
      fragment: { module, targets: [{ format }] },
    })
    this.uniforms = device.createBuffer({
      size: UNIFORM_BYTES,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    })
    this.colours = device.createTexture({
      size: [COLORMAP_STEPS, 1],
      format: 'rgba8unorm',
      usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
    })
  }

  /** Whether a texture of this device can hold the image. */
  fits(image: Image): boolean {
    return Math.max(image.width, image.height) <= this.device.limits.maxTextureDimension2D
  }

  setImage(image: Image): void {
    if (this.levels?.image.data === image.data) return
    this.levels?.destroy()
    this.levels = new GpuLevels(this.device, image)
  }

  setDisplay(display: DisplaySettings): void {
    const before = this.display
    this.display = display
    if (before?.colormap === display.colormap && before.invert === display.invert) return
    const table = Uint8Array.from(colormapTable(display.colormap, display.invert))
    this.device.queue.writeTexture({ texture: this.colours }, table, {}, [COLORMAP_STEPS, 1])
  }

  setView(view: View): void {
    this.view = view
  }

  draw(): void {
    const { levels, display, view, device } = this
    if (levels === null || display === null || view === null) return
    const ratio = sizeCanvas(this.canvas, view)
    const level = chooseLevel(pixelsOnScreen(view) * ratio, levels.lastLevel)
    const texture = levels.level(level)
    device.queue.writeBuffer(this.uniforms, 0, packUniforms(view, display, level, ratio))
    const encoder = device.createCommandEncoder()
    const pass = encoder.beginRenderPass({
      colorAttachments: [
        { view: this.context.getCurrentTexture().createView(), loadOp: 'clear', storeOp: 'store' },
      ],
    })
    pass.setPipeline(this.pipeline)
    pass.setBindGroup(
      0,
      device.createBindGroup({
        layout: this.pipeline.getBindGroupLayout(0),
        entries: [
          { binding: 0, resource: { buffer: this.uniforms } },
          { binding: 1, resource: texture.createView() },
          { binding: 2, resource: this.colours.createView() },
        ],
      }),
    )
    pass.draw(3)
    pass.end()
    device.queue.submit([encoder.finish()])
  }

  async readPng(): Promise<Blob> {
    // The picture of a WebGPU canvas lives until the task ends: draw and read in one.
    this.draw()
    return await new Promise((resolve, reject) => {
      this.canvas.toBlob((blob) => {
        if (blob === null) reject(new Error('the canvas gave no picture'))
        else resolve(blob)
      }, 'image/png')
    })
  }

  destroy(): void {
    this.levels?.destroy()
    this.levels = null
    this.colours.destroy()
    this.uniforms.destroy()
    this.context.unconfigure()
  }
}

const packUniforms = (view: View, display: DisplaySettings, level: number, ratio: number): ArrayBuffer => {
  const bytes = new ArrayBuffer(UNIFORM_BYTES)
  const floats = new Float32Array(bytes)
  const words = new Uint32Array(bytes)
  const part = 1 / 2 ** level
  // Device pixels to CSS pixels to frame, and to the level, whose first pixel begins half a pixel before 0.
  const toCss = { a: 1 / ratio, b: 0, c: 0, d: 0, e: 1 / ratio, f: 0 }
  const toLevel = { a: part, b: 0, c: part / 2, d: 0, e: part, f: part / 2 }
  const map = composeTransforms(toLevel, composeTransforms(screenToFrame(view), toCss))
  floats.set([map.a, map.b, map.c, 0, map.d, map.e, map.f, 0], 0)
  const night = display.colormap === 'night'
  floats.set(asUnit(night ? NIGHT_BACKDROP : BACKDROP), 8)
  floats.set(asUnit(night ? NIGHT_BLANK_COLOUR : BLANK_COLOUR), 12)
  floats.set([display.low, display.high], 16)
  words.set([STRETCHES.indexOf(display.stretch), pixelsOnScreen(view) < SHARP_FROM ? 1 : 0], 18)
  return bytes
}
