import { AsterismError } from '../../core/errors'
import type { SkyGrid } from '../../core/sky-grid'
import { RADIAN } from '../../science/astrometry/angles'
import { tanSipToWcs } from '../../science/astrometry/tan-sip-to-wcs'
import type { Wcs } from '../../science/astrometry/wcs/wcs'
import type { PixelWindow } from '../../science/image/pixel-window'
import { median } from '../../science/math/median'
import { findFootprint } from '../../science/reprojection/find-footprint'
import { describeField, type FieldPlace } from './describe-field'
import { locateBetween } from './locate-between'
import { describeGrid } from './sky-grid-wcs'

/** A frame whose place on the sky is known. */
export interface PlacedFrame {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly wcs: Wcs
}

export interface GridWish {
  readonly kind: SkyGrid['kind']
  /** What it covers: the reference alone, all frames, or the rectangle that each of them reaches into. */
  readonly extent?: 'reference' | 'all' | 'common' | undefined
  /** ICRS degrees; the middle of what is covered unless given. */
  readonly center?: { readonly ra: number; readonly dec: number } | undefined
  /** Arc seconds a pixel. */
  readonly scale?: number | undefined
  /** Degrees from north to the y axis, counted towards east. */
  readonly rotation?: number | undefined
  readonly flipped?: boolean | undefined
  readonly width?: number | undefined
  readonly height?: number | undefined
  /** Pixels of the grid along one of the frames. */
  readonly zoom: number
}

/** Of 4 bytes in each of 4 planes: as much as a browser's storage and a person's patience hold. */
const MOST_PIXELS = 200e6
const MOST_SIDE = 65_500

const figure = (value: number): string => new Intl.NumberFormat('en').format(Math.round(value))

const refuseSize = (width: number, height: number): void => {
  if (width * height <= MOST_PIXELS && Math.max(width, height) <= MOST_SIDE) return
  const megapixels = (width * height) / 1e6
  throw new AsterismError(
    'too-large',
    `The stack would have ${figure(width)} x ${figure(height)} pixels (${figure(megapixels)} megapixels, ${figure(megapixels * 16)} MB with its four planes); at most ${figure(MOST_PIXELS / 1e6)} megapixels are made. Check that every frame lies where its coordinates say, stack fewer frames, take the common part alone, or ask for a coarser scale.`,
    { width, height },
  )
}

/** A tangent plane that touches at a place, its pixel (0, 0) there. */
const touchSky = (place: Pick<FieldPlace, 'ra' | 'dec' | 'matrix'>): Wcs =>
  tanSipToWcs({ crpix: [0, 0], crval: [place.ra, place.dec], cd: place.matrix, order: 1, a: [], b: [] })

/** The y axis points `rotation` degrees from north towards east; `scale` in arc seconds. */
const turnMatrix = (scale: number, rotation: number, flipped: boolean): FieldPlace['matrix'] => {
  const [sine, cosine] = [
    (Math.sin(rotation * RADIAN) * scale) / 3600,
    (Math.cos(rotation * RADIAN) * scale) / 3600,
  ]
  return flipped ? [cosine, sine, -sine, cosine] : [-cosine, sine, sine, cosine]
}

const moveGrid = (wcs: Wcs, left: number, top: number): Wcs => ({
  ...wcs,
  reference: { x: wcs.reference.x - left, y: wcs.reference.y - top },
})

/** At the pixel in the middle, not between two: a grid that continues the pixels of a frame then has its pixel centres on the frame's. */
const requirePlace = ({ wcs, width, height, name }: PlacedFrame): FieldPlace => {
  const place = describeField(wcs, width >> 1, height >> 1)
  if (place !== null) return place
  throw new AsterismError(
    'bad-header',
    `The coordinates of ${name} say nothing of the middle of its picture. Solve it, or leave it out.`,
  )
}

const reachOf = (frame: PlacedFrame, grid: Wcs): PixelWindow => {
  const { width, height, wcs, name } = frame
  const window = findFootprint({ width, height, locate: locateBetween(wcs, grid) })
  if (window !== null) return window
  throw new AsterismError(
    'too-large',
    `${name} lies so far from the others on the sky that one flat picture cannot show them all. Stack fields that lie beside one another.`,
  )
}

/** The windows put together: around all of them, or where all of them are. */
const joinWindows = (windows: readonly PixelWindow[], extent: 'all' | 'common'): PixelWindow => {
  const [inner, outer] = extent === 'all' ? [Math.min, Math.max] : [Math.max, Math.min]
  const left = inner(...windows.map((each) => each.left))
  const top = inner(...windows.map((each) => each.top))
  const right = outer(...windows.map((each) => each.left + each.width))
  const bottom = outer(...windows.map((each) => each.top + each.height))
  return { left, top, width: right - left, height: bottom - top }
}

/** The mean of directions on the sky, so that it matters neither where right ascension begins nor how near the pole is. */
const middleOf = (places: readonly FieldPlace[]): { ra: number; dec: number } => {
  let [x, y, z] = [0, 0, 0]
  for (const { ra, dec } of places) {
    x += Math.cos(dec * RADIAN) * Math.cos(ra * RADIAN)
    y += Math.cos(dec * RADIAN) * Math.sin(ra * RADIAN)
    z += Math.sin(dec * RADIAN)
  }
  const ra = Math.atan2(y, x) / RADIAN
  return { ra: ra < 0 ? ra + 360 : ra, dec: Math.atan2(z, Math.hypot(x, y)) / RADIAN }
}

const hasTables = ({ distortion }: Wcs): boolean =>
  distortion.detector !== null || distortion.lookup !== null || distortion.sequent !== null

/**
 * The grid on which frames are laid. As the reference lies, with its own pixels and distortion where nothing else is asked for, without
 * distortion where it reaches beyond that frame (a polynomial means nothing there); with north up, at the median scale of the frames; or as chosen.
 */
export const planGrid = (
  frames: readonly PlacedFrame[],
  reference: number,
  wish: GridWish,
): { readonly wcs: Wcs; readonly grid: SkyGrid } => {
  const own = frames[reference]
  if (own === undefined) throw new AsterismError('bad-order', 'There is no frame to lay a grid by.')
  const { kind, zoom } = wish
  const extent = wish.extent ?? (kind === 'reference' ? 'reference' : 'all')
  const untouched =
    kind === 'reference' &&
    extent === 'reference' &&
    zoom === 1 &&
    wish.center === undefined &&
    !hasTables(own.wcs)
  if (untouched) return { wcs: own.wcs, grid: describeGrid(kind, own.wcs, own) }
  const places = frames.map(requirePlace)
  const place = places[reference]!
  const center = wish.center ?? (kind === 'reference' ? place : middleOf(places))
  const scale = (wish.scale ?? median(places.map((each) => each.scale))) / zoom
  const matrix =
    kind === 'reference'
      ? (place.matrix.map((value) => value / zoom) as unknown as FieldPlace['matrix'])
      : turnMatrix(scale, wish.rotation ?? 0, wish.flipped ?? false)
  const touched = touchSky({ ...center, matrix })
  const covered = extent === 'reference' ? [own] : frames
  const sized = wish.width !== undefined && wish.height !== undefined
  const window =
    sized && wish.center !== undefined
      ? { left: 0, top: 0, width: 0, height: 0 }
      : joinWindows(
          covered.map((frame) => reachOf(frame, touched)),
          extent === 'common' ? 'common' : 'all',
        )
  const width = wish.width ?? window.width
  const height = wish.height ?? window.height
  if (!(width > 0 && height > 0))
    throw new AsterismError(
      'shape-mismatch',
      'There is no part of the sky that all of the frames show. Take all that they show, or leave out the frame that lies elsewhere.',
    )
  refuseSize(width, height)
  // A size or a centre that was chosen wins over what would be covered.
  const [middleX, middleY] =
    wish.center === undefined
      ? [window.left + (window.width - 1) / 2, window.top + (window.height - 1) / 2]
      : [0, 0]
  const chosen = wish.center !== undefined || wish.width !== undefined || wish.height !== undefined
  const left = chosen ? middleX - (width - 1) / 2 : window.left
  const top = chosen ? middleY - (height - 1) / 2 : window.top
  const wcs = moveGrid(touched, left, top)
  return { wcs, grid: describeGrid(kind, wcs, { width, height }) }
}
