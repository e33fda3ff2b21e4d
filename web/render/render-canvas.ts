import type { Image } from '../core/image'
import { composeTransforms, invertTransform } from '../core/transform'
import { cutsOfChannels, hasSameBalance, hasSamePixels, isColourPicture, layersOf } from './colour-picture'
import type { Picture } from './colour-picture'
import { colourChannels, colourPixels } from './colour-table'
import {
  BACKDROP,
  chooseLevel,
  isSameDisplay,
  layerPixelsOnScreen,
  LARGEST_RATIO,
  markPicture,
  NIGHT_BACKDROP,
  SHARP_FROM,
  sizeCanvas,
} from './image-renderer'
import type { DisplaySettings, ImageRenderer } from './image-renderer'
import { levelSize, pyramidOf, TILE } from './mip-pyramid'
import type { MipPyramid } from './mip-pyramid'
import { frameToScreen, screenToFrame } from './view'
import type { View } from './view'

/** Milliseconds one draw may spend on new tiles: with the rest of the frame it stays below 16. */
const BUDGET = 7
/** Coloured tiles kept, of 1 MB each. */
const MOST_TILES = 96

/** Tiles from `left` to `right` and `top` to `bottom`, ends included. */
interface TileRange {
  readonly level: number
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Tiles side by side on one canvas: drawn as one picture, so that no seam shows however it is scaled or turned. */
interface Sheet {
  readonly key: string
  readonly range: TileRange
  /** Pixels that hold something: the last tiles of an image may be narrower. */
  readonly width: number
  readonly height: number
  readonly canvas: OffscreenCanvas
  readonly context: OffscreenCanvasRenderingContext2D
  readonly missing: Set<string>
}

const createSheet = (key: string, range: TileRange, image: Image): Sheet => {
  const width = Math.min((range.right + 1) * TILE, levelSize(image.width, range.level)) - range.left * TILE
  const height = Math.min((range.bottom + 1) * TILE, levelSize(image.height, range.level)) - range.top * TILE
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser gives no 2-D canvas')
  return { key, range, width, height, canvas, context, missing: new Set() }
}

/**
 * Draws with a 2-D canvas alone. Values are coloured in tiles of 512 pixels at the level that suits the zoom; a draw
 * makes new tiles for a few milliseconds, shows what it has (a coarser level under what is missing) and comes back in the
 * next frame for the rest.
 */
export class CanvasRenderer implements ImageRenderer {
  readonly kind = 'canvas'
  private readonly canvas: HTMLCanvasElement
  private readonly context: CanvasRenderingContext2D
  private picture: Picture | null = null
  /** The levels of the picture, or of each of its three planes. */
  private pyramids: readonly MipPyramid[] = []
  /** The level of the frame that the finest pixels of the picture are. */
  private finest = 0
  private display: DisplaySettings | null = null
  private view: View | null = null
  private sheet: Sheet | null = null
  private base: Sheet | null = null
  private readonly tiles = new Map<string, OffscreenCanvas>()
  private waiting = 0
  /** Another image has come and is not drawn yet: the one before stays until this one is there as a whole. */
  private replaces = false
  private drawn = false

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d', { alpha: false })
    if (context === null) throw new Error('this browser gives no 2-D canvas')
    this.canvas = canvas
    this.context = context
    // The browser may take a canvas' memory away, with a driver that fails for one; it comes back empty.
    canvas.addEventListener('contextrestored', () => this.redraw())
  }

  setImage(picture: Picture): void {
    const before = this.picture
    this.picture = picture
    if (before !== null && hasSamePixels(before, picture)) {
      if (!hasSameBalance(before, picture)) this.forgetColours()
      return
    }
    this.replaces = this.drawn
    const { level, layers } = layersOf(picture)
    this.finest = level
    this.pyramids = layers.map(pyramidOf)
    this.forgetColours()
  }

  setDisplay(display: DisplaySettings): void {
    if (this.display === null || !isSameDisplay(this.display, display)) this.forgetColours()
    this.display = display
  }

  setView(view: View): void {
    this.view = view
  }

  draw(): void {
    if (this.waiting !== 0) cancelAnimationFrame(this.waiting)
    this.waiting = 0
    if (this.paint(performance.now() + BUDGET)) {
      if (!this.drawn && this.picture !== null) markPicture()
      this.drawn = this.picture !== null
    } else {
      this.waiting = requestAnimationFrame(() => {
        this.waiting = 0
        this.draw()
      })
    }
  }

  /** Draws all anew, from the values. */
  redraw(): void {
    this.forgetColours()
    this.draw()
  }

  async readPng(): Promise<Blob> {
    this.paint(Infinity)
    return await new Promise((resolve, reject) => {
      this.canvas.toBlob((blob) => {
        if (blob === null) reject(new Error('the canvas gave no picture'))
        else resolve(blob)
      }, 'image/png')
    })
  }

  destroy(): void {
    if (this.waiting !== 0) cancelAnimationFrame(this.waiting)
    this.waiting = 0
    this.picture = null
    this.pyramids = []
    this.forgetColours()
  }

  private forgetColours(): void {
    this.tiles.clear()
    this.sheet = null
    this.base = null
  }

  /** True when nothing is missing any more. */
  private paint(deadline: number): boolean {
    const { view, display, context, canvas } = this
    // All planes of a picture are cut alike: what holds for the first holds for the others.
    const pyramid = this.pyramids[0] ?? null
    if (view === null) return true
    const ratio = Math.min(LARGEST_RATIO, globalThis.devicePixelRatio)
    const scale = layerPixelsOnScreen(view, this.finest)
    const level = pyramid === null ? 0 : chooseLevel(scale * ratio, pyramid.lastLevel)
    const range = pyramid === null || display === null ? null : this.visibleTiles(view, level, pyramid)
    const sheet =
      range === null || pyramid === null ? null : this.fillSheet(this.sheet, range, pyramid, deadline)
    this.sheet = sheet
    if (this.replaces && sheet !== null && sheet.missing.size > 0) return false
    this.replaces = false
    sizeCanvas(canvas, view)
    const backdrop = display?.colormap === 'night' ? NIGHT_BACKDROP : BACKDROP
    context.resetTransform()
    context.fillStyle = `rgb(${backdrop.join(' ')})`
    context.fillRect(0, 0, canvas.width, canvas.height)
    if (pyramid === null || sheet === null) return true
    if (sheet.missing.size > 0) {
      // Under what is missing: the coarsest level, which is one tile and is kept.
      const whole = { level: pyramid.lastLevel, left: 0, top: 0, right: 0, bottom: 0 }
      const affordable = this.base !== null || this.pyramids.every((layer) => layer.has(whole.level, 0, 0))
      if (affordable) {
        this.base = this.fillSheet(this.base, whole, pyramid, Infinity)
        this.drawSheet(this.base, view, ratio)
      }
    }
    this.drawSheet(sheet, view, ratio)
    return sheet.missing.size === 0
  }

  private visibleTiles(view: View, level: number, pyramid: MipPyramid): TileRange | null {
    const map = screenToFrame(view)
    const { width, height } = view.screen
    const xs = [0, width].flatMap((x) => [0, height].map((y) => map.a * x + map.b * y + map.c))
    const ys = [0, width].flatMap((x) => [0, height].map((y) => map.d * x + map.e * y + map.f))
    // Half a pixel: positions are of centres. One more on each side for the smoothing.
    const margin = 2 ** (level + this.finest)
    const side = TILE * margin
    const first = (values: number[]): number =>
      Math.max(0, Math.floor((Math.min(...values) + 0.5 - margin) / side))
    const last = (values: number[], count: number): number =>
      Math.min(count - 1, Math.floor((Math.max(...values) + 0.5 + margin) / side))
    const range = {
      level,
      left: first(xs),
      top: first(ys),
      right: last(xs, pyramid.columns(level)),
      bottom: last(ys, pyramid.rows(level)),
    }
    return range.right < range.left || range.bottom < range.top ? null : range
  }

  private fillSheet(before: Sheet | null, range: TileRange, pyramid: MipPyramid, deadline: number): Sheet {
    const key = `${range.level}/${range.left}-${range.right}/${range.top}-${range.bottom}`
    let sheet = before
    if (sheet?.key !== key) {
      sheet = createSheet(key, range, pyramid.image)
      for (let row = range.top; row <= range.bottom; row++) {
        for (let column = range.left; column <= range.right; column++) {
          const known = this.tiles.get(`${range.level}/${column}/${row}`)
          if (known === undefined) sheet.missing.add(`${column}/${row}`)
          else this.place(sheet, column, row, known)
        }
      }
    }
    for (const name of sheet.missing) {
      const [column = 0, row = 0] = name.split('/').map(Number)
      if (!this.prepare([range.level, column, row], deadline)) break
      this.place(sheet, column, row, this.colourTile(range.level, column, row))
      sheet.missing.delete(name)
      if (performance.now() > deadline) break
    }
    return sheet
  }

  /** Makes the finer tiles that one tile is the mean of, while there is time; false when time was up first. */
  private prepare(tile: readonly [number, number, number], deadline: number): boolean {
    for (const pyramid of this.pyramids) {
      for (let next = pyramid.nextMissing(...tile); next !== null; next = pyramid.nextMissing(...tile)) {
        pyramid.tile(...next)
        if (performance.now() > deadline) return false
      }
    }
    return true
  }

  private colourTile(level: number, column: number, row: number): OffscreenCanvas {
    const key = `${level}/${column}/${row}`
    const { display, picture } = this
    const [first, second, third] = this.pyramids.map((pyramid) => pyramid.tile(level, column, row))
    if (first === undefined || picture === null || display === null) throw new Error('there is no picture')
    const tile = new OffscreenCanvas(first.width, first.height)
    const context = tile.getContext('2d')
    if (context === null) throw new Error('this browser gives no 2-D canvas')
    const pixels = context.createImageData(first.width, first.height)
    const words = new Uint32Array(pixels.data.buffer)
    if (isColourPicture(picture) && second !== undefined && third !== undefined) {
      const cuts = cutsOfChannels(picture.balance, display)
      colourChannels([first.data, second.data, third.data], cuts, display, words)
    } else colourPixels(first.data, display, words)
    context.putImageData(pixels, 0, 0)
    this.tiles.set(key, tile)
    if (this.tiles.size > MOST_TILES) {
      const oldest = this.tiles.keys().next().value
      if (oldest !== undefined) this.tiles.delete(oldest)
    }
    return tile
  }

  private place(sheet: Sheet, column: number, row: number, tile: OffscreenCanvas): void {
    sheet.context.drawImage(tile, (column - sheet.range.left) * TILE, (row - sheet.range.top) * TILE)
  }

  /** Pixel (i, j) of a sheet covers 2^level pixels of the frame from (left TILE + i) 2^level - 1/2 on. */
  private drawSheet(sheet: Sheet, view: View, ratio: number): void {
    const { context } = this
    const { level, left, top } = sheet.range
    const side = 2 ** (level + this.finest)
    const toFrame = { a: side, b: 0, c: left * TILE * side - 0.5, d: 0, e: side, f: top * TILE * side - 0.5 }
    const map = composeTransforms(frameToScreen(view), toFrame)
    context.setTransform(
      map.a * ratio,
      map.d * ratio,
      map.b * ratio,
      map.e * ratio,
      map.c * ratio,
      map.f * ratio,
    )
    context.imageSmoothingEnabled = layerPixelsOnScreen(view, this.finest) < SHARP_FROM
    context.imageSmoothingQuality = 'low'
    // Only the part that can be seen: a magnified sheet is far larger than the screen.
    const back = invertTransform(map)
    const corners = [0, view.screen.width].flatMap((x) =>
      [0, view.screen.height].map(
        (y) => [back.a * x + back.b * y + back.c, back.d * x + back.e * y + back.f] as const,
      ),
    )
    const xs = corners.map(([x]) => x)
    const ys = corners.map(([, y]) => y)
    const x0 = Math.max(0, Math.floor(Math.min(...xs)) - 2)
    const y0 = Math.max(0, Math.floor(Math.min(...ys)) - 2)
    const x1 = Math.min(sheet.width, Math.ceil(Math.max(...xs)) + 2)
    const y1 = Math.min(sheet.height, Math.ceil(Math.max(...ys)) + 2)
    if (x1 <= x0 || y1 <= y0) return
    context.drawImage(sheet.canvas, x0, y0, x1 - x0, y1 - y0, x0, y0, x1 - x0, y1 - y0)
  }
}
