import { readNumber, readText, type Header } from '../../../core/header'
import { cosDegrees, RADIAN, sinDegrees } from '../angles'
import { notReadable } from './not-readable'
import type { CelestialAxes } from './read-axes'
import type { PixelPair, SkyPair } from './pairs'
import type { Wcs } from './wcs'

/** Degrees of one unit, by the standard's names and those that programs write (capitals do not matter). */
const UNITS: ReadonlyMap<string, number> = new Map([
  ...['deg', 'degree', 'degrees'].map((name) => [name, 1] as const),
  ...['arcmin', 'arcmins', 'arcminute', 'arcminutes'].map((name) => [name, 1 / 60] as const),
  ...['arcsec', 'arcsecs', 'arcsecond', 'arcseconds'].map((name) => [name, 1 / 3600] as const),
  ['mas', 1 / 3.6e6],
  ['uas', 1 / 3.6e9],
  ...['rad', 'radian', 'radians'].map((name) => [name, 1 / RADIAN] as const),
])

const readUnit = (header: Header, keyword: string): number => {
  const unit = readText(header, keyword)
  const factor = unit === null ? 1 : UNITS.get(unit.toLowerCase())
  if (factor === undefined) throw notReadable(`${unit} is no unit of an angle`, keyword)
  return factor
}

type LinearPart = Pick<Wcs, 'axes' | 'swapped' | 'reference' | 'center' | 'matrix'> & {
  /** CDELT in degrees, 1 with a CD matrix. */
  readonly scale: SkyPair<number>
}

/**
 * CRPIX, CRVAL and the matrix in degrees per pixel (Greisen & Calabretta 2002, A&A 395, 1061): PC with CDELT, else CD, else CDELT with CROTA of
 * the latitude axis. What is left out has the standard's default, but a header without any scale is refused: a degree per pixel is never meant.
 */
export const readLinear = (header: Header, { axis }: CelestialAxes, alternate: string): LinearPart => {
  const read = (stem: string): number | null => readNumber(header, `${stem}${alternate}`)
  const unit = {
    longitude: readUnit(header, `CUNIT${axis.longitude}${alternate}`),
    latitude: readUnit(header, `CUNIT${axis.latitude}${alternate}`),
  }
  const axes = [Math.min(axis.longitude, axis.latitude), Math.max(axis.longitude, axis.latitude)] as const
  const swapped = axis.latitude < axis.longitude
  const { matrix, scale } = readMatrix(read, axis, axes)
  const rows = [
    matrix[0] * unit.longitude,
    matrix[1] * unit.longitude,
    matrix[2] * unit.latitude,
    matrix[3] * unit.latitude,
  ] as const
  const determinant = rows[0] * rows[3] - rows[1] * rows[2]
  if (!(Math.abs(determinant) > 0 && Number.isFinite(determinant)))
    throw notReadable('its matrix has no inverse', 'CD or PC and CDELT')
  const reference = { x: (read(`CRPIX${axes[0]}`) ?? 0) - 1, y: (read(`CRPIX${axes[1]}`) ?? 0) - 1 }
  const center = {
    longitude: (read(`CRVAL${axis.longitude}`) ?? 0) * unit.longitude,
    latitude: (read(`CRVAL${axis.latitude}`) ?? 0) * unit.latitude,
  }
  if (!(Math.abs(center.latitude) <= 90 + 1e-9))
    throw notReadable('its latitude is beyond a pole', `CRVAL${axis.latitude}${alternate}`)
  return {
    axes,
    swapped,
    reference,
    center: { ...center, latitude: Math.max(-90, Math.min(90, center.latitude)) },
    matrix: rows,
    scale: {
      longitude: scale.longitude * unit.longitude,
      latitude: scale.latitude * unit.latitude,
    },
  }
}

type Matrix = Wcs['matrix']

const readMatrix = (
  read: (stem: string) => number | null,
  axis: SkyPair<number>,
  axes: readonly [number, number],
): { matrix: Matrix; scale: SkyPair<number> } => {
  const places = [axis.longitude, axis.latitude].flatMap((row) =>
    axes.map((column) => [row, column] as const),
  )
  const pad = (axisNumber: number): string => String(axisNumber).padStart(3, '0')
  const cells = (stem: string): (number | null)[] =>
    places.map(([row, column]) => read(`${stem}${row}_${column}`) ?? read(`${stem}${pad(row)}${pad(column)}`))
  const [pc, cd] = [cells('PC'), cells('CD')]
  const steps = { longitude: read(`CDELT${axis.longitude}`), latitude: read(`CDELT${axis.latitude}`) }
  const scale = { longitude: steps.longitude ?? 1, latitude: steps.latitude ?? 1 }
  if (pc.some((value) => value !== null)) {
    const cell = (k: number): number => pc[k] ?? (places[k]![0] === places[k]![1] ? 1 : 0)
    const { longitude, latitude } = scale
    return {
      matrix: [cell(0) * longitude, cell(1) * longitude, cell(2) * latitude, cell(3) * latitude],
      scale,
    }
  }
  if (cd.some((value) => value !== null))
    return {
      matrix: cd.map((value) => value ?? 0) as unknown as Matrix,
      scale: { longitude: 1, latitude: 1 },
    }
  if (steps.longitude === null && steps.latitude === null)
    throw notReadable('it says nothing of the scale (no CD, PC or CDELT)', 'CDELT')
  // Of the two, CROTA of the latitude is the one that is meant; programs that write one write it there.
  const turn = read(`CROTA${axis.latitude}`) ?? read(`CROTA${axis.longitude}`) ?? 0
  const own = (of: number, along: PixelPair<number>): readonly [number, number] =>
    of === axes[0] ? [along.x, along.y] : [along.y, along.x]
  const first = own(axis.longitude, {
    x: scale.longitude * cosDegrees(turn),
    y: -scale.latitude * sinDegrees(turn),
  })
  const second = own(axis.longitude, {
    x: scale.longitude * sinDegrees(turn),
    y: scale.latitude * cosDegrees(turn),
  })
  return { matrix: [...first, ...second], scale }
}
