import { afterEach, describe, expect, inject, it } from 'vitest'
import type { Image } from '../../web/core/image'
import { cutsOfChannels, type ColourPicture, type Picture } from '../../web/render/colour-picture'
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

/** Three skies of their own over one field, each with pixels that it lacks; `level` halves the frame so many times. */
const makeColours = (width: number, height: number, level: number): ColourPicture => {
  const grey = makeImage(Math.ceil(width / 2 ** level), Math.ceil(height / 2 ** level))
  const plane = (sky: number, gain: number, lost: number): Float32Array<ArrayBuffer> =>
    Float32Array.from(grey.data, (value, i) => (i % 1009 === lost ? Number.NaN : sky + (value - 280) / gain))
  const balance = [
    { sky: 500, gain: 1.6 },
    { sky: 280, gain: 1 },
    { sky: 900, gain: 0.7 },
  ] as const
  const planes = [plane(520, 1.6, 3), plane(280, 1, 5), plane(880, 0.7, 7)] as const
  return { width, height, level, planes, balance }
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
  image: Picture,
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

describe('three planes as colours', () => {
  it('each colour has its own cuts and all have one stretch; a pixel that lacks one is blank', async () => {
    const picture = makeColours(300, 240, 0)
    const view = aligned({ ...picture, data: picture.planes[0] }, 2)
    const display = { ...GREY, stretch: 'asinh', low: 150, high: 700 } as const
    const seen = await paint(makeCanvas(), picture, display, view)
    const cuts = cutsOfChannels(picture.balance, display)
    let [compared, blank] = [0, 0]
    for (let y = 0; y < SCREEN.height; y += 2) {
      for (let x = 0; x < SCREEN.width; x += 2) {
        const at = toImage(view, { x: x + 0.5, y: y + 0.5 })
        const index = Math.round(at.y) * picture.width + Math.round(at.x)
        const drawn = seen.data.subarray(4 * (y * seen.width + x), 4 * (y * seen.width + x) + 3)
        const values = picture.planes.map((plane) => plane[index] ?? Number.NaN)
        if (values.some(Number.isNaN)) {
          expect([...drawn]).toEqual([44, 50, 66])
          blank++
          continue
        }
        for (const [channel, value] of values.entries()) {
          const { low, high } = cuts[channel as 0 | 1 | 2]
          const brightness = 255 * applyStretch('asinh', placeBetweenCuts(value, low, high))
          expect(Math.abs((drawn[channel] ?? 0) - brightness)).toBeLessThanOrEqual(1)
        }
        compared++
      }
    }
    expect(compared).toBeGreaterThan(8000)
    expect(blank).toBeGreaterThan(20)
  })

  it('a picture of half the pixels lies where the whole one lies', async () => {
    const [whole, half] = [
      { width: 400, height: 320, level: 0 },
      { width: 400, height: 320, level: 1 },
    ].map(({ width, height, level }) => {
      const columns = width / 2 ** level
      const plane = new Float32Array((columns * height) / 2 ** level).fill(100)
      for (let y = 160; y < 200; y++)
        for (let x = 220; x < 280; x++) plane[(y >> level) * columns + (x >> level)] = 900
      const balance = [0, 1, 2].map(() => ({ sky: 100, gain: 1 })) as unknown as ColourPicture['balance']
      return { width, height, level, planes: [plane, plane, plane], balance } satisfies ColourPicture
    })
    if (whole === undefined || half === undefined) throw new Error('no pictures')
    for (const scale of [0.5, 1, 4]) {
      const view = aligned({ ...whole, data: new Float32Array(0) }, scale)
      const first = await paint(makeCanvas(), whole, GREY, view)
      const second = await paint(makeCanvas(), half, GREY, view)
      expect(new Set(first.data).size).toBeGreaterThan(2)
      // Where coarse pixels are blended their edges are wider than those of fine ones.
      const differing = first.data.filter((value, i) => Math.abs(value - (second.data[i] ?? 0)) > 2).length
      expect(differing / first.data.length).toBeLessThan(0.02)
    }
  })

  it('another balance of the same planes is another picture', async () => {
    const renderer = makeCanvas()
    const picture = makeColours(300, 240, 0)
    const view = aligned({ ...picture, data: picture.planes[0] }, 1)
    const before = await paint(renderer, picture, GREY, view)
    const [red, green, blue] = picture.balance
    const after = await paint(
      renderer,
      { ...picture, balance: [{ ...red, gain: 0.4 }, green, blue] },
      GREY,
      view,
    )
    expect(largestDifference(before, after)).toBeGreaterThan(50)
    expect(
      largestDifference(
        after,
        await paint(makeCanvas(), { ...picture, balance: [{ ...red, gain: 0.4 }, green, blue] }, GREY, view),
      ),
    ).toBe(0)
  })

  const cases = [
    { stretch: 'linear', scale: 1 / 4, level: 0 },
    { stretch: 'log', scale: 1, level: 0 },
    { stretch: 'sqrt', scale: 1 / 2, level: 1 },
    { stretch: 'asinh', scale: 3, level: 0 },
    { stretch: 'asinh', scale: 4, level: 1 },
  ] as const
  it.each(cases)(
    'WebGPU differs by one level of 255 at most: $stretch at $scale, level $level',
    async ({ stretch, scale, level }) => {
      const gpu = await makeGpu(() => undefined)
      if (gpu === null) return
      const picture = makeColours(1300, 1052, level)
      const view = aligned({ ...picture, data: picture.planes[0] }, scale)
      for (const look of [{}, { invert: true }, { colormap: 'night' as const }]) {
        const display: DisplaySettings = { ...GREY, stretch, low: 120, high: 900, ...look }
        const flat = await paint(makeCanvas(), picture, display, view)
        const fast = await paint(gpu, picture, display, view)
        expect(new Set(flat.data).size).toBeGreaterThan(20)
        expect(largestDifference(flat, fast)).toBeLessThanOrEqual(1)
      }
    },
  )

  it('WebGPU goes from grey to colours and back', async ({ skip }) => {
    const gpu = await makeGpu(skip)
    if (gpu === null) return
    const picture = makeColours(651, 501, 0)
    const image = makeImage(651, 501)
    const view = aligned(image, 1)
    const grey = await paint(gpu, image, GREY, view)
    const colours = await paint(gpu, picture, GREY, view)
    expect(largestDifference(grey, colours)).toBeGreaterThan(20)
    expect(largestDifference(grey, await paint(gpu, image, GREY, view))).toBe(0)
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
