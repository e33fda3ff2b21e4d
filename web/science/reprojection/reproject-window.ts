import type { PixelMap } from '../../core/pixel-map'
import { LANCZOS_PHASES, LANCZOS_TAPS } from '../image/lanczos-weights'
import type { PixelWindow } from '../image/pixel-window'
import { mapRow } from './map-positions'
import { PHASE_PLACES, tapWeights } from './tap-weights'
import { weighPixels, type SourcePlanes, type Taps, type WeighRule } from './weigh-pixels'

export type ReprojectMethod = 'nearest' | 'bilinear' | 'bicubic' | 'lanczos3'

export interface WindowToReproject extends WeighRule {
  readonly method: ReprojectMethod
  /** From the wanted grid to the source frame. */
  readonly map: PixelMap
  /** Which part of the source frame is given; outside of it there is no value. */
  readonly source: PixelWindow
  /** Which part of the wanted grid is made. */
  readonly target: PixelWindow
}

export interface ReprojectSource {
  readonly data: Float32Array
  readonly uncertainty?: Float32Array | undefined
}

export interface ReprojectPlanes {
  readonly data: Float32Array
  /** Wanted only where the source has one. Neighbouring pixels share sources and so their noise, which this cannot say. */
  readonly uncertainty?: Float32Array | undefined
  /** The part of the weight that fell on pixels with a value, 0 to 1, also where there is no value. */
  readonly coverage?: Float32Array | undefined
}

type Placed = Taps & { column: number; row: number }

const createTaps = (count: number): Placed => ({
  count,
  column: 0,
  row: 0,
  across: new Float64Array(count),
  along: new Float64Array(count),
})

/** Sets the pixels about a position and their weights. */
type PlaceTaps = (taps: Placed, x: number, y: number) => void

const placeNearest: PlaceTaps = (taps, x, y) => {
  taps.column = Math.round(x)
  taps.row = Math.round(y)
  taps.across[0] = 1
  taps.along[0] = 1
}

const placeBilinear: PlaceTaps = (taps, x, y) => {
  taps.column = Math.floor(x)
  taps.row = Math.floor(y)
  taps.across[1] = x - taps.column
  taps.across[0] = 1 - taps.across[1]
  taps.along[1] = y - taps.row
  taps.along[0] = 1 - taps.along[1]
}

const placeByTable =
  (table: Float32Array): PlaceTaps =>
  (taps, x, y) => {
    const [column, row] = [Math.floor(x), Math.floor(y)]
    taps.column = column - 2
    taps.row = row - 2
    const across = Math.round((x - column) * LANCZOS_PHASES) * PHASE_PLACES
    const along = Math.round((y - row) * LANCZOS_PHASES) * PHASE_PLACES
    for (let tap = 0; tap < LANCZOS_TAPS; tap++) {
      taps.across[tap] = table[across + tap]!
      taps.along[tap] = table[along + tap]!
    }
  }

const prepare = (method: ReprojectMethod): { readonly taps: Placed; readonly place: PlaceTaps } => {
  if (method === 'nearest') return { taps: createTaps(1), place: placeNearest }
  if (method === 'bilinear') return { taps: createTaps(2), place: placeBilinear }
  return { taps: createTaps(LANCZOS_TAPS), place: placeByTable(tapWeights(method)) }
}

/**
 * Part of a wanted grid from part of a source frame by interpolation: a pixel is the value of the frame at the place that its centre has there, in
 * units of the frame's own pixels (surface brightness; after `scaleByArea` it is the flux of the new pixel). Lanczos-3 after Turkowski 1990,
 * weights normalised. Edges count as pixels without a value: with `leastCover` at most 1/2 a frame is known to the outer edge of its pixels.
 * What is made in strips is what would be made whole, bit for bit, if the source holds what `findMappedWindow` says.
 */
export const reprojectWindow = (
  { method, map, source, target, leastCover, clamp }: WindowToReproject,
  { data, uncertainty }: ReprojectSource,
  output: ReprojectPlanes,
): void => {
  const { width } = target
  const { taps, place } = prepare(method)
  const planes: SourcePlanes = {
    width: source.width,
    height: source.height,
    data,
    uncertainty: output.uncertainty === undefined ? null : (uncertainty ?? null),
  }
  const rule = { leastCover, clamp: method === 'lanczos3' || method === 'bicubic' ? clamp : null }
  const places = new Float64Array(2 * width)
  const found = new Float64Array(3)
  for (let row = 0, at = 0; row < target.height; row++) {
    mapRow(map, { x: target.left, y: target.top + row, count: width }, places)
    for (let i = 0; i < width; i++, at++) {
      const x = places[2 * i]! - source.left
      const y = places[2 * i + 1]! - source.top
      // Also true where there is no position; far beside the frame nothing needs to be weighed.
      if (!(x > -4 && y > -4 && x < source.width + 4 && y < source.height + 4)) {
        found.fill(Number.NaN, 0, 2)
        found[2] = 0
      } else {
        place(taps, x, y)
        weighPixels(planes, taps, rule, found)
      }
      output.data[at] = found[0]!
      if (output.uncertainty !== undefined)
        output.uncertainty[at] = planes.uncertainty === null ? Number.NaN : Math.sqrt(found[1]!)
      if (output.coverage !== undefined) output.coverage[at] = found[2]!
    }
  }
}
