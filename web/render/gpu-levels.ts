import halveCode from '../../shaders/display/halve.wgsl?raw'
import type { Image } from '../core/image'
import { TEXTURE_USAGE } from './gpu-usage'
import { levelSize, TILE } from './mip-pyramid'

/** Pixels go over in strips of this many rows at most: one copy of a large frame is enough. */
const STRIP_BYTES = 64 * 1024 * 1024

/** The levels of an image as textures of float bits on the device; a level is made from the finer one when first asked for. */
export class GpuLevels {
  readonly image: Image
  private readonly device: GPUDevice
  private readonly pipeline: GPURenderPipeline
  private readonly textures: GPUTexture[]

  constructor(device: GPUDevice, image: Image) {
    this.device = device
    this.image = image
    const module = device.createShaderModule({ code: halveCode })
    this.pipeline = device.createRenderPipeline({
      layout: 'auto',
      vertex: { module },
      fragment: { module, targets: [{ format: 'r32uint' }] },
    })
    this.textures = [this.upload(image)]
  }

  get lastLevel(): number {
    return Math.max(0, Math.ceil(Math.log2(Math.max(this.image.width, this.image.height) / TILE)))
  }

  level(level: number): GPUTexture {
    for (let next = this.textures.length; next <= level; next++) this.textures.push(this.halve(next))
    const texture = this.textures[level]
    if (texture === undefined) throw new Error(`there is no level ${level}`)
    return texture
  }

  destroy(): void {
    for (const texture of this.textures) texture.destroy()
    this.textures.length = 0
  }

  private upload({ width, height, data }: Image): GPUTexture {
    const texture = this.device.createTexture({
      size: [width, height],
      format: 'r32uint',
      usage: TEXTURE_USAGE.binding | TEXTURE_USAGE.copyTo,
    })
    const rows = Math.max(1, Math.floor(STRIP_BYTES / (4 * width)))
    for (let top = 0; top < height; top += rows) {
      const count = Math.min(rows, height - top)
      const strip = data.subarray(top * width, (top + count) * width)
      // A queue takes no memory that threads share.
      const owned =
        strip.buffer instanceof ArrayBuffer ? (strip as Float32Array<ArrayBuffer>) : new Float32Array(strip)
      const target = { texture, origin: [0, top] }
      this.device.queue.writeTexture(target, owned, { bytesPerRow: 4 * width }, [width, count])
    }
    return texture
  }

  private halve(level: number): GPUTexture {
    const fine = this.level(level - 1)
    const texture = this.device.createTexture({
      size: [levelSize(this.image.width, level), levelSize(this.image.height, level)],
      format: 'r32uint',
      usage: TEXTURE_USAGE.binding | TEXTURE_USAGE.renderTo,
    })
    const encoder = this.device.createCommandEncoder()
    const pass = encoder.beginRenderPass({
      colorAttachments: [{ view: texture.createView(), loadOp: 'clear', storeOp: 'store' }],
    })
    pass.setPipeline(this.pipeline)
    pass.setBindGroup(
      0,
      this.device.createBindGroup({
        layout: this.pipeline.getBindGroupLayout(0),
        entries: [{ binding: 0, resource: fine.createView() }],
      }),
    )
    pass.draw(3)
    pass.end()
    this.device.queue.submit([encoder.finish()])
    return texture
  }
}
