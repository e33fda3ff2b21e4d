import brightnessCode from '../../shaders/display/brightness.wgsl?raw'
import colourMapCode from '../../shaders/display/colour-map.wgsl?raw'
import screenCode from '../../shaders/display/screen.wgsl?raw'
import threeColoursCode from '../../shaders/display/three-colours.wgsl?raw'
import { BUFFER_USAGE } from '../compute/webgpu/gpu-flags'
import type { PerChannel } from '../core/colour-picture'
import { composeTransforms } from '../core/transform'
import { COLORMAP_STEPS, colormapTable } from './colormaps'
import { cutsOfChannels, hasSamePixels, isColourPicture, layersOf } from './colour-picture'
import type { Picture } from './colour-picture'
import type { Cuts } from './cuts'
import { encodePng } from './encode-png'
import { GpuLevels } from './gpu-levels'
import { TEXTURE_USAGE } from './gpu-usage'
import {
  BACKDROP,
  BLANK_COLOUR,
  chooseLevel,
  layerPixelsOnScreen,
  markPicture,
  NIGHT_BACKDROP,
  NIGHT_BLANK_COLOUR,
  SHARP_FROM,
  sizeCanvas,
} from './image-renderer'
import type { DisplaySettings, ImageRenderer } from './image-renderer'
import { readTexture } from './read-texture'
import { STRETCHES } from './stretch'
import { screenToFrame } from './view'
import type { View } from './view'

/** 6 vec4f, 4 u32: `Display` in brightness.wgsl. */
const UNIFORM_BYTES = 112

const asUnit = (colour: readonly [number, number, number]): number[] => [
  ...colour.map((part) => part / 255),
  1,
]

/**
 * Draws with WebGPU: the image lies on the device, so that cuts, stretch and colours cost one small upload. Throws where
 * an image is larger than a texture may be; see `fits`.
 */
export class WebGpuRenderer implements ImageRenderer {
  readonly kind = 'webgpu'
  private readonly canvas: HTMLCanvasElement
  private readonly device: GPUDevice
  private readonly context: GPUCanvasContext
  private readonly colourMap: GPURenderPipeline
  private readonly threeColours: GPURenderPipeline
  private readonly uniforms: GPUBuffer
  private readonly colours: GPUTexture
  private readonly format: GPUTextureFormat
  private configured = false
  private drawn = false
  private picture: Picture | null = null
  /** Of the picture, or of each of its three planes. */
  private levels: readonly GpuLevels[] = []
  /** The level of the frame that the finest pixels of the picture are. */
  private finest = 0
  private display: DisplaySettings | null = null
  private view: View | null = null

  constructor(canvas: HTMLCanvasElement, device: GPUDevice) {
    const context = canvas.getContext('webgpu') as GPUCanvasContext | null
    if (context === null) throw new Error('this canvas gives no WebGPU context')
    const format = navigator.gpu.getPreferredCanvasFormat()
    this.canvas = canvas
    this.format = format
    this.device = device
    this.context = context
    const createPipeline = (colouring: string): GPURenderPipeline => {
      const module = device.createShaderModule({ code: [brightnessCode, colouring, screenCode].join('\n') })
      const targets = [{ format }]
      return device.createRenderPipeline({
        layout: 'auto',
        vertex: { module },
        fragment: { module, targets },
      })
    }
    this.colourMap = createPipeline(colourMapCode)
    this.threeColours = createPipeline(threeColoursCode)
    this.uniforms = device.createBuffer({
      size: UNIFORM_BYTES,
      usage: BUFFER_USAGE.uniform | BUFFER_USAGE.copyTo,
    })
    this.colours = device.createTexture({
      size: [COLORMAP_STEPS, 1],
      format: 'rgba8unorm',
      usage: TEXTURE_USAGE.binding | TEXTURE_USAGE.copyTo,
    })
  }

  /** Whether textures of this device can hold the picture. */
  fits(picture: Picture): boolean {
    const [{ width, height }] = layersOf(picture).layers
    return Math.max(width, height) <= this.device.limits.maxTextureDimension2D
  }

  setImage(picture: Picture): void {
    const before = this.picture
    this.picture = picture
    if (before !== null && hasSamePixels(before, picture)) return
    for (const levels of this.levels) levels.destroy()
    const { level, layers } = layersOf(picture)
    this.finest = level
    this.levels = layers.map((layer) => new GpuLevels(this.device, layer))
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
    if (this.view === null) return
    const ratio = sizeCanvas(this.canvas, this.view)
    // Only now: a renderer that is asked for PNGs alone never touches the screen.
    if (!this.configured)
      this.context.configure({ device: this.device, format: this.format, alphaMode: 'opaque' })
    this.configured = true
    this.render(this.context.getCurrentTexture(), ratio)
    if (!this.drawn && this.picture !== null) markPicture()
    this.drawn = this.picture !== null
  }

  private render(target: GPUTexture, ratio: number): void {
    const { levels, picture, display, view, device } = this
    const [first] = levels
    if (first === undefined || picture === null || display === null || view === null) return
    const level = chooseLevel(layerPixelsOnScreen(view, this.finest) * ratio, first.lastLevel)
    const inColour = isColourPicture(picture)
    const cuts = inColour ? cutsOfChannels(picture.balance, display) : ([display, display, display] as const)
    const look = { display, cuts, smooth: layerPixelsOnScreen(view, this.finest) < SHARP_FROM }
    device.queue.writeBuffer(this.uniforms, 0, packUniforms(view, look, level + this.finest, ratio))
    const pipeline = inColour ? this.threeColours : this.colourMap
    const textures = levels.map((each) => each.level(level))
    if (!inColour) textures.push(this.colours)
    const encoder = device.createCommandEncoder()
    const pass = encoder.beginRenderPass({
      colorAttachments: [{ view: target.createView(), loadOp: 'clear', storeOp: 'store' }],
    })
    pass.setPipeline(pipeline)
    pass.setBindGroup(
      0,
      device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: [
          { binding: 0, resource: { buffer: this.uniforms } },
          ...textures.map((texture, index) => ({ binding: index + 1, resource: texture.createView() })),
        ],
      }),
    )
    pass.draw(3)
    pass.end()
    device.queue.submit([encoder.finish()])
  }

  /** From a texture of its own: what a canvas with WebGPU gives back depends on how the browser composes its page. */
  async readPng(): Promise<Blob> {
    const { canvas, device, format, view } = this
    if (view === null) throw new Error('there is no picture')
    const ratio = sizeCanvas(canvas, view)
    const texture = device.createTexture({
      size: [canvas.width, canvas.height],
      format,
      usage: TEXTURE_USAGE.renderTo | TEXTURE_USAGE.copyFrom,
    })
    try {
      this.render(texture, ratio)
      return await encodePng(await readTexture(device, texture))
    } finally {
      texture.destroy()
    }
  }

  destroy(): void {
    for (const levels of this.levels) levels.destroy()
    this.levels = []
    this.picture = null
    this.colours.destroy()
    this.uniforms.destroy()
    this.context.unconfigure()
  }
}

interface Look {
  readonly display: DisplaySettings
  readonly cuts: PerChannel<Cuts>
  readonly smooth: boolean
}

const packUniforms = (
  view: View,
  { display, cuts, smooth }: Look,
  level: number,
  ratio: number,
): ArrayBuffer => {
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
  floats.set([...cuts.map(({ low }) => low), 0, ...cuts.map(({ high }) => high), 0], 16)
  const flags = [smooth, display.invert, night].map(Number)
  words.set([STRETCHES.indexOf(display.stretch), ...flags], 24)
  return bytes
}
