import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { Root } from 'react-dom/client'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { maskValue } from '../../../web/core/pixel-mask'
import { startTranslation } from '../../../web/ui/i18n/set-up'
import { FrameViewer } from '../../../web/ui/viewer/frame-viewer'
import type { ExportPng, FrameViewerProps, ViewerTool } from '../../../web/ui/viewer/frame-viewer-props'
import type { ApertureShape, Overlay } from '../../../web/ui/viewer/overlay'

const IMAGE = { width: 200, height: 150, data: Float32Array.from({ length: 30_000 }, (_, i) => i) }
const STAR: Overlay = {
  id: 'c1',
  role: 'comparison',
  label: 'C1',
  x: 100,
  y: 75,
  radius: 4,
  annulus: [9, 14],
}

let root: Root | null = null
beforeAll(() => startTranslation('en'))
afterEach(() => {
  root?.unmount()
  root = null
  document.body.replaceChildren()
})

type Seen = {
  picks: string[]
  moves: string[]
  shapes: ApertureShape[]
  steps: number[]
  removed: string[]
  blinks: string[]
}
const watch = (): Seen => ({ picks: [], moves: [], shapes: [], steps: [], removed: [], blinks: [] })

const Bench = ({ seen, tool, more }: { seen: Seen; tool: ViewerTool; more: Partial<FrameViewerProps> }) => {
  const [overlays, setOverlays] = useState<readonly Overlay[]>([STAR])
  return (
    <FrameViewer
      image={IMAGE}
      state="ready"
      display={{ stretch: 'linear', low: 0, high: 30_000, colormap: 'grey', invert: false }}
      tool={tool}
      overlays={overlays}
      onPick={({ x, y }) => seen.picks.push(`${x.toFixed(1)} ${y.toFixed(1)}`)}
      onStep={(by) => seen.steps.push(by)}
      onBlink={() => seen.blinks.push('blink')}
      onOverlayMove={(id, { x, y }, phase) => {
        seen.moves.push(`${x.toFixed(1)} ${y.toFixed(1)} ${phase}`)
        setOverlays((all) => all.map((star) => (star.id === id ? { ...star, x, y } : star)))
      }}
      onOverlayRemove={(id) => seen.removed.push(id)}
      onApertureChange={(shape) => {
        seen.shapes.push(shape)
        setOverlays((all) => all.map((star) => ({ ...star, ...shape })))
      }}
      {...more}
    />
  )
}

/** 600 by 450 CSS pixels: three to a pixel of the frame when it is fitted. */
const show = async (
  seen: Seen,
  tool: ViewerTool,
  more: Partial<FrameViewerProps> = {},
): Promise<HTMLElement> => {
  const holder = document.createElement('div')
  holder.style.cssText = 'position:fixed;left:0;top:0;width:600px;height:450px'
  document.body.append(holder)
  root = createRoot(holder)
  root.render(<Bench seen={seen} tool={tool} more={more} />)
  await expect.poll(() => holder.querySelector('[role=application]')).not.toBeNull()
  return holder
}

const find = (holder: HTMLElement, selector: string): Element => {
  const found = holder.querySelector(selector)
  if (found === null) throw new Error(`there is no ${selector}`)
  return found
}

const press = (target: Element, moves: readonly (readonly [number, number])[]): void => {
  target.setPointerCapture = () => undefined
  for (const [i, [clientX, clientY]] of moves.entries()) {
    const init = { pointerId: 1, clientX, clientY, movementX: i === 0 ? 0 : 1, bubbles: true }
    target.dispatchEvent(new PointerEvent(i === 0 ? 'pointerdown' : 'pointermove', init))
  }
  const [clientX, clientY] = moves.at(-1) ?? [0, 0]
  target.dispatchEvent(new PointerEvent('pointerup', { pointerId: 1, clientX, clientY, bubbles: true }))
}

const ready = async (holder: HTMLElement): Promise<Element> => {
  await expect.poll(() => holder.querySelector('[data-overlay]')).not.toBeNull()
  return find(holder, '[role=application]')
}

const zoom = (holder: HTMLElement): string => find(holder, '[data-readout=zoom]').textContent

/** Device pixels of the mask's canvas that are painted: how many, and the box about them in CSS pixels. */
const painted = (holder: HTMLElement) => {
  const canvas = holder.querySelector<HTMLCanvasElement>('canvas[data-layer=mask]')
  const image = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height)
  const [xs, ys]: [number[], number[]] = [[], []]
  for (let i = 3; i < (image?.data.length ?? 0); i += 4) {
    if (image?.data[i] === 0) continue
    xs.push(((i - 3) / 4) % (canvas?.width ?? 1))
    ys.push(Math.floor((i - 3) / 4 / (canvas?.width ?? 1)))
  }
  const ratio = (canvas?.width ?? 1) / 600
  const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1]
  return { count: xs.length / ratio ** 2, box: box.map((edge) => edge / ratio) }
}

describe('the flags of pixels', () => {
  const data = new Uint8Array(IMAGE.data.length)
  data[20 * 200 + 50] = maskValue('saturated')
  const picture = { width: 200, height: 150, data }

  it('are painted over their pixels alone, move along, and go when they are hidden', async () => {
    const seen = watch()
    const holder = await show(seen, 'pan', { mask: { picture, shown: ['saturated'] } })
    const surface = await ready(holder)
    await expect.poll(() => painted(holder).count).toBe(9)
    // Three CSS pixels a pixel; row 0 at the bottom: 450 - 3 * 21 to 450 - 3 * 20.
    expect(painted(holder).box).toEqual([150, 387, 153, 390])
    // The picture beneath, the marks above.
    const layers = [...surface.children].map((child) => child.getAttribute('data-layer') ?? child.tagName)
    expect(layers.indexOf('mask')).toBeGreaterThan(layers.indexOf('CANVAS'))
    expect(layers.indexOf('mask')).toBeLessThan(layers.indexOf('svg'))
    ;(surface as HTMLElement).focus()
    await userEvent.keyboard('1')
    await expect.poll(() => zoom(holder)).toContain('100')
    // Drawn larger than it is, so that it is seen.
    await expect.poll(() => painted(holder).count).toBeGreaterThan(3)
  })

  it('are named under the pointer, and asked for by key', async () => {
    const seen = watch()
    const asked: string[] = []
    const holder = await show(seen, 'pan', {
      mask: { picture, shown: [] },
      onMask: () => asked.push('mask'),
      onQuantity: () => asked.push('quantity'),
    })
    const surface = await ready(holder)
    expect(painted(holder).count).toBe(0)
    surface.dispatchEvent(new PointerEvent('pointermove', { clientX: 151, clientY: 388, bubbles: true }))
    await expect.poll(() => holder.querySelector('[data-readout=flags]')?.textContent).toBe('saturated')
    surface.dispatchEvent(new PointerEvent('pointermove', { clientX: 161, clientY: 388, bubbles: true }))
    await expect.poll(() => holder.querySelector('[data-readout=flags]')).toBeNull()
    ;(surface as HTMLElement).focus()
    await userEvent.keyboard('mu')
    expect(asked).toEqual(['mask', 'quantity'])
  })
})

describe('the frame viewer', () => {
  it('picks the pixel under a click, row 0 at the bottom, and not while the tool is pan', async () => {
    const seen = watch()
    const surface = await ready(await show(seen, 'apertures'))
    press(surface, [[150, 90]])
    // (150 / 3 - 0.5, (450 - 90) / 3 - 0.5)
    expect(seen.picks).toEqual(['49.5 119.5'])
    root?.unmount()
    document.body.replaceChildren()
    press(await ready(await show(seen, 'pan')), [[150, 90]])
    expect(seen.picks.length).toBe(1)
  })

  it('does not take a drag for a click', async () => {
    const seen = watch()
    const surface = await ready(await show(seen, 'apertures'))
    press(surface, [
      [150, 90],
      [180, 90],
      [260, 120],
    ])
    expect(seen.picks).toEqual([])
  })

  it('moves a star by its body and reports the end once', async () => {
    const seen = watch()
    const holder = await show(seen, 'apertures')
    await ready(holder)
    press(find(holder, '[data-grip=body]'), [
      [300, 222],
      [330, 222],
      [330, 192],
    ])
    expect(seen.moves.at(-1)).toBe('110.0 85.0 end')
    expect(seen.moves.filter((move) => move.endsWith('end')).length).toBe(1)
    expect(seen.picks).toEqual([])
  })

  it('moves a star by keys, changes the radius and removes it', async () => {
    const seen = watch()
    const holder = await show(seen, 'apertures')
    await ready(holder)
    const star = find(holder, '[data-overlay]') as SVGGElement
    star.focus()
    await userEvent.keyboard('{ArrowUp}')
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}')
    await userEvent.keyboard('+')
    await userEvent.keyboard('{Delete}')
    expect(seen.moves).toEqual(['100.0 76.0 end', '100.1 76.0 end'])
    expect(seen.shapes).toEqual([{ radius: 4.5, annulus: [9, 14] }])
    expect(seen.removed).toEqual(['c1'])
    expect(seen.steps).toEqual([])
  })

  it('changes the aperture and the annulus of all by their rings', async () => {
    const seen = watch()
    const holder = await show(seen, 'apertures')
    await ready(holder)
    const at = (radius: number): readonly [number, number] => [300 + 1.5 + 3 * radius, 450 - 3 * 75.5]
    press(find(holder, '[data-grip=radius]'), [at(4), at(6)])
    expect(seen.shapes.at(-1)).toEqual({ radius: 6, annulus: [9, 14] })
    await expect.poll(() => find(holder, '[data-overlay]').getAttribute('aria-label')).toContain('6.0 px')
    press(find(holder, '[data-grip=outer]'), [at(14), at(20)])
    expect(seen.shapes.at(-1)).toEqual({ radius: 6, annulus: [9, 20] })
  })

  it('steps, blinks and zooms by keys', async () => {
    const seen = watch()
    const holder = await show(seen, 'pan')
    const surface = (await ready(holder)) as HTMLElement
    surface.focus()
    await userEvent.keyboard('{ArrowRight}{ArrowLeft} ')
    expect(seen.steps).toEqual([1, -1])
    expect(seen.blinks.length).toBe(1)
    expect(zoom(holder)).toBe('300 %')
    await userEvent.keyboard('1')
    await expect.poll(() => zoom(holder)).toBe('100 %')
    await userEvent.keyboard('+')
    await expect.poll(() => zoom(holder)).toBe('150 %')
    await userEvent.keyboard('0')
    await expect.poll(() => zoom(holder)).toBe('300 %')
  })

  it('reads the value under the pointer and zooms to it by the wheel', async () => {
    const holder = await show(watch(), 'pan')
    const surface = await ready(holder)
    const readout = (): string => holder.querySelector('[data-readout=position]')?.textContent ?? ''
    const move = () =>
      surface.dispatchEvent(new PointerEvent('pointermove', { clientX: 151, clientY: 91, bubbles: true }))
    move()
    // Row 119 of 200 columns, column 50.
    await expect.poll(readout).toContain('23\u2009850 ADU')
    const before = readout()
    surface.dispatchEvent(
      new WheelEvent('wheel', { deltaY: -300, clientX: 151, clientY: 91, cancelable: true }),
    )
    await expect.poll(() => zoom(holder)).not.toBe('300 %')
    expect(readout()).toBe(before)
  })

  it('says why a frame cannot be shown and tries again', async () => {
    let tries = 0
    const more = { image: null, state: 'failed' as const, message: 'cut short', onRetry: () => tries++ }
    const holder = await show(watch(), 'pan', more)
    await expect.poll(() => holder.querySelector('[role=alert]')?.textContent).toContain('cut short')
    ;(find(holder, '[role=alert] button') as HTMLButtonElement).click()
    expect(tries).toBe(1)
  })

  it('exports what is seen, the aperture included', async () => {
    const exporters: (ExportPng | null)[] = []
    const holder = await show(watch(), 'pan', { onExportReady: (exportPng) => exporters.push(exportPng) })
    await ready(holder)
    await expect.poll(() => exporters.at(-1)).toBeTypeOf('function')
    const bitmap = await createImageBitmap((await exporters.at(-1)?.()) ?? new Blob())
    expect([bitmap.width, bitmap.height]).toEqual([600, 450])
    const context = new OffscreenCanvas(600, 450).getContext('2d')
    context?.drawImage(bitmap, 0, 0)
    const { data } = context?.getImageData(280, 180, 80, 80) ?? { data: [] }
    let blue = 0
    for (let i = 0; i < data.length; i += 4) if ((data[i + 2] ?? 0) - (data[i] ?? 0) > 60) blue++
    expect(blue).toBeGreaterThan(50)
  })

  it('keeps its place when a picture comes in finer pixels, and stays fitted when it was', async () => {
    const coarse = { width: 200, height: 150, data: new Float32Array(30_000).fill(1) }
    const fine = { width: 400, height: 299, data: new Float32Array(119_600).fill(1) }
    const scale = (holder: HTMLElement): string =>
      holder.querySelector('[data-readout="zoom"]')?.textContent ?? ''
    const holder = await show(watch(), 'pan', { image: coarse, provisional: true })
    expect(holder.querySelector('[data-readout]')).toBeNull()
    root?.render(<Bench seen={watch()} tool="pan" more={{ image: fine }} />)
    await expect.poll(() => scale(holder)).toBe('150 %')
    root?.render(<Bench seen={watch()} tool="pan" more={{ image: coarse }} />)
    await expect.poll(() => scale(holder)).toBe('300 %')
    await userEvent.keyboard('{Tab}')
    holder.querySelector<HTMLElement>('[role=application]')?.focus()
    await userEvent.keyboard('1')
    await expect.poll(() => scale(holder)).toBe('100 %')
    root?.render(<Bench seen={watch()} tool="pan" more={{ image: fine }} />)
    await expect.poll(() => scale(holder)).toBe('50 %')
  })
})
