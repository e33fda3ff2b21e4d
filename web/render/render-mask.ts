import { composeTransforms } from '../core/transform'
import { sizeCanvas } from './image-renderer'
import { makeMaskTile, type MaskPicture } from './mask-tiles'
import { levelSize, TILE } from './mip-pyramid'
import { frameToScreen, pixelsOnScreen, screenToFrame, type View } from './view'

/** Milliseconds one draw may spend on new tiles, beside what the picture itself takes. */
const BUDGET = 5
/** Coloured tiles kept, of 1 MB each. */
const MOST_TILES = 48

/** Device pixels: a single flag that is smaller than this is not seen among stars. */
const LEAST_FLAG = 3

const chooseMaskLevel = (devicePixelsPerPixel: number): number =>
  Math.max(0, Math.ceil(Math.log2(LEAST_FLAG / devicePixelsPerPixel)))

/**
 * Draws the flags of a picture over it, on a canvas of its own that is clear where pixels are good. Seen from afar a flag is drawn larger
 * than it is. A draw makes new tiles for a few milliseconds and comes back in the next frame for the rest.
 */
export class MaskRenderer {
  readonly canvas: HTMLCanvasElement
  private readonly context: CanvasRenderingContext2D
  private mask: MaskPicture | null = null
  private table: Uint32Array = new Uint32Array(256)
  private view: View | null = null
  /** Null for a tile without a flag. */
  private readonly tiles = new Map<string, OffscreenCanvas | null>()
  private waiting = 0

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('this browser gives no 2-D canvas')
    this.canvas = canvas
    this.context = context
  }

  setMask(mask: MaskPicture): void {
    if (this.mask?.data === mask.data) return
    this.mask = mask
    this.tiles.clear()
  }

  /** Colours by the value of a mask pixel, as `makeMaskTable` gives them. */
  setColours(table: Uint32Array): void {
    if (table === this.table) return
    this.table = table
    this.tiles.clear()
  }

  setView(view: View): void {
    this.view = view
  }

  draw(): void {
    if (this.waiting !== 0) cancelAnimationFrame(this.waiting)
    this.waiting = 0
    if (this.paint(performance.now() + BUDGET)) return
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0
      this.draw()
    })
  }

  /** Draws all, however long it takes: for what is saved. */
  drawWhole(): void {
    this.paint(Infinity)
  }

  destroy(): void {
    if (this.waiting !== 0) cancelAnimationFrame(this.waiting)
    this.waiting = 0
    this.tiles.clear()
    this.mask = null
  }

  /** True when nothing is missing any more. */
  private paint(deadline: number): boolean {
    const { view, mask, context, canvas } = this
    if (view === null || mask === null) return true
    const ratio = sizeCanvas(canvas, view)
    context.resetTransform()
    context.clearRect(0, 0, canvas.width, canvas.height)
    const level = chooseMaskLevel(pixelsOnScreen(view) * ratio)
    let whole = true
    for (const [column, row] of this.visibleTiles(view, level, mask)) {
      const key = `${level}/${column}/${row}`
      if (!this.tiles.has(key)) {
        if (performance.now() > deadline) {
          whole = false
          continue
        }
        this.keep(key, this.colourTile(mask, level, column, row))
      }
      const tile = this.tiles.get(key)
      if (tile != null) this.drawTile(tile, view, { level, column, row, ratio })
    }
    return whole
  }

  private visibleTiles(view: View, level: number, mask: MaskPicture): [number, number][] {
    const map = screenToFrame(view)
    const { width, height } = view.screen
    const corners = [0, width].flatMap((x) => [0, height].map((y) => ({ x, y })))
    const xs = corners.map(({ x, y }) => map.a * x + map.b * y + map.c)
    const ys = corners.map(({ x, y }) => map.d * x + map.e * y + map.f)
    const side = TILE * 2 ** level
    const range = (values: number[], length: number): number[] => {
      const first = Math.max(0, Math.floor((Math.min(...values) + 0.5) / side))
      const most = Math.ceil(levelSize(length, level) / TILE) - 1
      const end = Math.min(most, Math.floor((Math.max(...values) + 0.5) / side))
      return Array.from({ length: Math.max(0, end - first + 1) }, (_, index) => first + index)
    }
    const columns = range(xs, mask.width)
    return range(ys, mask.height).flatMap((row) => columns.map((column): [number, number] => [column, row]))
  }

  private colourTile(mask: MaskPicture, level: number, column: number, row: number): OffscreenCanvas | null {
    const { width, height, data, isEmpty } = makeMaskTile(mask, level, column, row)
    if (isEmpty) return null
    const tile = new OffscreenCanvas(width, height)
    const context = tile.getContext('2d')
    if (context === null) throw new Error('this browser gives no 2-D canvas')
    const pixels = context.createImageData(width, height)
    const colours = new Uint32Array(pixels.data.buffer)
    for (let i = 0; i < data.length; i++) colours[i] = this.table[data[i]!]!
    context.putImageData(pixels, 0, 0)
    return tile
  }

  private keep(key: string, tile: OffscreenCanvas | null): void {
    this.tiles.set(key, tile)
    if (this.tiles.size <= MOST_TILES) return
    const oldest = this.tiles.keys().next().value
    if (oldest !== undefined) this.tiles.delete(oldest)
  }

  /** Pixel (i, j) of a tile covers 2^level image pixels from (column TILE + i) 2^level - 1/2 on. */
  private drawTile(
    tile: OffscreenCanvas,
    view: View,
    at: { readonly level: number; readonly column: number; readonly row: number; readonly ratio: number },
  ): void {
    const { context } = this
    const side = 2 ** at.level
    const place = (index: number): number => index * TILE * side - 0.5
    const toFrame = { a: side, b: 0, c: place(at.column), d: 0, e: side, f: place(at.row) }
    const { a, b, c, d, e, f } = composeTransforms(frameToScreen(view), toFrame)
    const { ratio } = at
    context.setTransform(a * ratio, d * ratio, b * ratio, e * ratio, c * ratio, f * ratio)
    context.imageSmoothingEnabled = false
    context.drawImage(tile, 0, 0)
  }
}
