import { afterEach, describe, expect, inject, it } from 'vitest'
import type { Image } from '../../web/core/image'
import type { DisplaySettings, ImageRenderer } from '../../web/render/image-renderer'
import { CanvasRenderer } from '../../web/render/render-canvas'
import { WebGpuRenderer } from '../../web/render/render-webgpu'
import { requestGpuDevice } from '../../web/render/request-gpu'
import { selectRenderer } from '../../web/render/select-renderer'
import { applyStretch, placeBetweenCuts, STRETCHES } from '../../web/render/stretch'
import { createView, fitView, oneToOne, toImage, zoomAt } from '../../web/render/view'
import type { View } from '../../web/render/view'

const GREY: DisplaySettings = { stretch: 'linear', low: 0, high: 1000, colormap: 'grey', invert: false }
const SCREEN = { width: 320, height: 256 }

/** Sky, stars, pixels without a value; odd sides and more than one tile of 512. Linear congruential, seed 9. */
const makeImage = (width: number, height: number): Image => {
  let state = 9
  const data = Float32Array.from({ length: width * height }, (_, i) => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0
    if (i % 997 === 0) return i % 2 === 0 ? Number.NaN : Infinity
    return 150 + (state >>> 24) + (i % 101 === 0 ? 800 : 0)
  })
  return { width, height, data }
}

const canvases: HTMLElement[] = []
const renderers: ImageRenderer[] = []
afterEach(() => {
  for (const renderer of renderers.splice(0)) renderer.destroy()
  for (const canvas of canvases.splice(0)) canvas.remove()
})

const addCanvas = (): HTMLCanvasElement => {
  const canvas = document.createElement('canvas')
  document.body.append(canvas)
  canvases.push(canvas)
  return canvas
}

const readPixels = async (renderer: ImageRenderer): Promise<ImageData> => {
  const bitmap = await createImageBitmap(await renderer.readPng())
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
  if (context === null) throw new Error('no canvas')
  context.drawImage(bitmap, 0, 0)
  return context.getImageData(0, 0, bitmap.width, bitmap.height)
}

const paint = async (
  renderer: ImageRenderer,
  image: Image,
  display: DisplaySettings,
  view: View,
): Promise<ImageData> => {
  renderer.setImage(image)
  renderer.setDisplay(display)
  renderer.setView(view)
  // A software adapter has no way to the screen on some machines; the PNG is made by the same passes.
  if (renderer.kind === 'canvas') renderer.draw()
  return await readPixels(renderer)
}

const makeCanvas = (): CanvasRenderer => {
  const renderer = new CanvasRenderer(addCanvas())
  renderers.push(renderer)
  return renderer
}

const makeGpu = async (skip: (why: string) => void): Promise<WebGpuRenderer | null> => {
  const device = await requestGpuDevice({ acceptSoftware: true })
  if (device === null) {
    if (inject('requireAll')) throw new Error('REQUIRE_ALL=1 and there is no WebGPU adapter')
    skip('this browser has no WebGPU adapter')
    return null
  }
  const renderer = new WebGpuRenderer(addCanvas(), device)
  renderers.push(renderer)
  return renderer
}

const largestDifference = (a: ImageData, b: ImageData): number => {
  expect([a.width, a.height]).toEqual([b.width, b.height])
  let largest = 0
  for (const [i, value] of a.data.entries()) largest = Math.max(largest, Math.abs(value - (b.data[i] ?? 0)))
  return largest
}

/** So many image pixels are one screen pixel, and their edges fall on the screen's edges. */
const aligned = (image: Image, scale: number): View => {
  const view = { ...createView(SCREEN), scale }
  const along = (length: number, screen: number): number => {
    const half = screen / 2 / scale
    const unit = Math.max(1, 1 / scale)
    // Left edge of the screen on an edge of a block; from the bottom, where row 0 is.
    return Math.floor((length / 2 - half) / unit) * unit + half - 0.5
  }
  return { ...view, center: { x: along(image.width, SCREEN.width), y: along(image.height, SCREEN.height) } }
}

describe('the canvas renderer', () => {
  it('gives each screen pixel the colour of the image pixel under it, row 0 at the bottom', async () => {
    const image = makeImage(651, 501)
    const view = aligned(image, 4)
    const display = { ...GREY, stretch: 'asinh' } as const
    const seen = await paint(makeCanvas(), image, display, view)
    let compared = 0
    for (let y = 0; y < SCREEN.height; y += 3) {
      for (let x = 0; x < SCREEN.width; x += 3) {
        const at = toImage(view, { x: x + 0.5, y: y + 0.5 })
        const value = image.data[Math.round(at.y) * image.width + Math.round(at.x)] ?? Number.NaN
        if (Number.isNaN(value)) continue
        const brightness = 255 * applyStretch('asinh', placeBetweenCuts(value, display.low, display.high))
        expect(Math.abs((seen.data[4 * (y * seen.width + x)] ?? 0) - brightness)).toBeLessThanOrEqual(1)
        compared++
      }
    }
    expect(compared).toBeGreaterThan(8000)
  })

  it('shows the mean of the pixels under it when it is zoomed out, without a seam at the edge of tiles', async () => {
    const data = Float32Array.from({ length: 2048 * 1600 }, (_, i) => (i % 2) * 1000)
    const image = { width: 2048, height: 1600, data }
    const seen = await paint(makeCanvas(), image, GREY, fitView(createView(SCREEN), image))
    const [row, grey] = [128, new Set<number>()]
    for (let x = 2; x < SCREEN.width - 2; x++) grey.add(seen.data[4 * (row * SCREEN.width + x)] ?? 0)
    for (const level of grey) expect(Math.abs(level - 127.5)).toBeLessThan(1.5)
  })

  it('is sharp at 200 % and smooth just below', async () => {
    const data = Float32Array.from({ length: 400 * 400 }, (_, i) => (i % 400 < 200 ? 0 : 1000))
    const image = { width: 400, height: 400, data }
    const levels = async (scale: number): Promise<number> => {
      const view = oneToOne(createView(SCREEN), image)
      const seen = await paint(makeCanvas(), image, GREY, { ...view, scale, center: { x: 199.3, y: 200 } })
      const row = seen.data.slice(4 * 100 * SCREEN.width, 4 * 101 * SCREEN.width)
      return new Set(row.filter((_, i) => i % 4 === 0)).size
    }
    expect(await levels(2)).toBe(2)
    expect(await levels(8)).toBe(2)
    expect(await levels(1.9)).toBeGreaterThan(2)
  })

  it('lays frames in register without resampling: the star is at one place of the screen in both', async () => {
    const star = (x: number, y: number): Image => {
      const image = { width: 300, height: 240, data: new Float32Array(300 * 240) }
      image.data[y * 300 + x] = 1000
      return image
    }
    const view = zoomAt(
      fitView(createView(SCREEN), { width: 300, height: 240 }),
      { width: 300, height: 240 },
      4,
    )
    const first = await paint(makeCanvas(), star(150, 120), GREY, view)
    const frameTransform = { a: 1, b: 0, c: -40, d: 0, e: 1, f: 9 }
    const second = await paint(makeCanvas(), star(110, 129), GREY, { ...view, frameTransform })
    const whites = (seen: ImageData): number[] =>
      [...seen.data.keys()].filter((i) => i % 4 === 0 && seen.data[i] === 255)
    expect(whites(first).length).toBeGreaterThan(4)
    expect(whites(second)).toEqual(whites(first))
  })
})

describe('WebGPU against the canvas', () => {
  const cases = STRETCHES.flatMap((stretch) => [1 / 4, 1 / 2, 1, 3, 17].map((scale) => ({ stretch, scale })))

  it.each(cases)('$stretch at $scale differs by one level of 255 at most', async ({ stretch, scale }) => {
    const gpu = await makeGpu(() => undefined)
    if (gpu === null) return
    const image = makeImage(2601, 2101)
    const view = aligned(image, scale)
    for (const colormap of ['grey', 'inferno'] as const) {
      const display: DisplaySettings = {
        stretch,
        low: 120,
        high: 900,
        colormap,
        invert: colormap === 'inferno',
      }
      const [flat, fast] = [
        await paint(makeCanvas(), image, display, view),
        await paint(gpu, image, display, view),
      ]
      expect(new Set(flat.data).size).toBeGreaterThan(20)
      expect(largestDifference(flat, fast)).toBeLessThanOrEqual(1)
    }
  })

  it('differs little when pixels are blended, and is red by night', async () => {
    const gpu = await makeGpu(() => undefined)
    if (gpu === null) return
    const image = makeImage(651, 501)
    const display: DisplaySettings = { ...GREY, colormap: 'night' }
    const view = zoomAt(fitView(createView(SCREEN), image), image, 2.1)
    const [flat, fast] = [
      await paint(makeCanvas(), image, display, view),
      await paint(gpu, image, display, view),
    ]
    let sum = 0
    for (const [i, value] of flat.data.entries()) sum += Math.abs(value - (fast.data[i] ?? 0))
    // A canvas blends with coarse weights, and the frame is all noise.
    expect(sum / (flat.data.length / 4)).toBeLessThan(2)
    const green = fast.data.filter((value, i) => (i % 4 === 1 || i % 4 === 2) && value > 0)
    expect(green.length).toBe(0)
  })
})

describe('the selected renderer', () => {
  const makeHolder = (): HTMLElement => {
    const holder = document.createElement('div')
    document.body.append(holder)
    canvases.push(holder)
    return holder
  }

  it('takes no software adapter unless it is told to', async () => {
    expect(await requestGpuDevice()).toBeNull()
    const renderer = selectRenderer(makeHolder())
    renderers.push(renderer)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(renderer.kind).toBe('canvas')
  })

  it('goes over to WebGPU, and back to the same picture when the device is lost', async ({ skip }) => {
    const holder = makeHolder()
    const probe = await makeGpu(skip)
    if (probe === null) return
    const given: GPUDevice[] = []
    let most = 0
    const observer = new MutationObserver(() => {
      most = Math.max(most, given.length + 1)
    })
    observer.observe(holder, { childList: true })
    const renderer = selectRenderer(holder, {
      acceptSoftware: true,
      onDevice: (device) => given.push(device),
    })
    renderers.push(renderer)
    const image = makeImage(651, 501)
    const before = await paint(renderer, image, GREY, aligned(image, 3))
    // A software adapter without a way to the screen loses its device at the first draw by itself.
    await expect.poll(() => most).toBe(2)
    for (const device of given) device.destroy()
    await expect.poll(() => renderer.kind).toBe('canvas')
    expect(holder.querySelectorAll('canvas').length).toBe(1)
    // A browser whose graphics process went down with the device takes a moment to give canvases memory again.
    await expect
      .poll(async () => largestDifference(before, await readPixels(renderer)), { timeout: 10_000 })
      .toBe(0)
  })
})
