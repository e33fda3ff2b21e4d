import type { GridPixelMap, PixelMap } from '../../core/pixel-map'
import type { PixelWindow } from '../image/pixel-window'
import { mapRow } from './map-positions'

interface Bounds {
  left: number
  right: number
  top: number
  bottom: number
}

export interface SourceRequest {
  readonly map: PixelMap
  /** Pixels of the grid that the map leads from. */
  readonly target: PixelWindow
  /** Size of the frame that it leads to. */
  readonly width: number
  readonly height: number
  /** Pixels beyond a position that are needed too (`REACH`). */
  readonly reach: number
}

/**
 * Pixels of the source that a method looks at beyond a position, with one to spare for rounding and bent edges. For drizzle the map that is asked leads
 * from the wanted grid to the frame, as for the others, and not the way in which drops fall.
 */
export const REACH = { nearest: 2, bilinear: 2, bicubic: 3, lanczos3: 4, area: 2, drizzle: 2 } as const

/** What two rectangles of one grid have in common; null when that is nothing. */
export const intersectWindows = (one: PixelWindow, other: PixelWindow): PixelWindow | null => {
  const left = Math.max(one.left, other.left)
  const top = Math.max(one.top, other.top)
  const width = Math.min(one.left + one.width, other.left + other.width) - left
  const height = Math.min(one.top + one.height, other.top + other.height) - top
  return width > 0 && height > 0 ? { left, top, width, height } : null
}

const widen = (bounds: Bounds, places: Float64Array, count: number): void => {
  for (let i = 0; i < count; i++) {
    const x = places[2 * i]!
    const y = places[2 * i + 1]!
    if (Number.isNaN(x)) continue
    if (x < bounds.left) bounds.left = x
    if (x > bounds.right) bounds.right = x
    if (y < bounds.top) bounds.top = y
    if (y > bounds.bottom) bounds.bottom = y
  }
}

/** Cells with blocks may be torn: each of their pixels counts, and each corner where there is one. */
const widenByBlocks = (bounds: Bounds, map: GridPixelMap, target: PixelWindow): void => {
  const { spacing, columns, cells, left, top } = map
  const places = new Float64Array(2 * (spacing + 1))
  for (let cell = 0; cell < cells.length; cell++) {
    if (cells[cell]! < 0) continue
    const x = left + (cell % columns) * spacing
    const y = top + Math.floor(cell / columns) * spacing
    const part = intersectWindows({ left: x, top: y, width: spacing, height: spacing }, target)
    if (part === null) continue
    for (let row = 0; row <= 2 * part.height; row++) {
      // Corners, centres, corners …
      const corners = row % 2 === 0 ? 1 : 0
      const place = { x: part.left - corners / 2, y: part.top + (row - 1) / 2, count: part.width + corners }
      mapRow(map, place, places)
      widen(bounds, places, place.count)
    }
  }
}

/**
 * The part of a frame that a window of the wanted grid needs, cut to the frame; null when the window lies wholly beside it. A map that is not
 * torn takes the inside of a window to the inside of its outline, so the outline is walked along (of the
 * outer edges of its pixels), and where the map is torn every pixel.
 */
export const findMappedWindow = ({
  map,
  target,
  width,
  height,
  reach,
}: SourceRequest): PixelWindow | null => {
  const bounds: Bounds = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity }
  const places = new Float64Array(2 * (target.width + 1))
  const [left, top] = [target.left - 0.5, target.top - 0.5]
  for (const y of [top, top + target.height]) {
    mapRow(map, { x: left, y, count: target.width + 1 }, places)
    widen(bounds, places, target.width + 1)
  }
  for (let row = 1; row < target.height; row++) {
    for (const x of [left, left + target.width]) {
      mapRow(map, { x, y: top + row, count: 1 }, places)
      widen(bounds, places, 1)
    }
  }
  if (map.kind === 'grid') widenByBlocks(bounds, map, target)
  const first = Math.max(0, Math.floor(bounds.left) - reach)
  const right = Math.min(width, Math.ceil(bounds.right) + reach + 1)
  const upper = Math.max(0, Math.floor(bounds.top) - reach)
  const bottom = Math.min(height, Math.ceil(bounds.bottom) + reach + 1)
  if (!(right > first && bottom > upper)) return null
  return { left: first, top: upper, width: right - first, height: bottom - upper }
}
