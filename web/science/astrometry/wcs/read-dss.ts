import { readNumber, readText, type Header } from '../../../core/header'
import { makeTpvCoefficients } from './distortion/tpv'
import { NO_DISTORTION, type Wcs } from './wcs'

const readAll = (header: Header, keywords: readonly string[]): number[] | null => {
  const values = keywords.map((keyword) => readNumber(header, keyword))
  return values.every((value) => value !== null) ? values : null
}

/** Powers (own, other) and factors of the thirteen terms of a plate model, the own coordinate being x for xi and y for eta; mm to arcseconds. */
const TERMS: readonly (readonly (readonly [number, number, number])[])[] = [
  [[1, 0, 1]],
  [[0, 1, 1]],
  [[0, 0, 1]],
  [[2, 0, 1]],
  [[1, 1, 1]],
  [[0, 2, 1]],
  [
    [2, 0, 1],
    [0, 2, 1],
  ],
  [[3, 0, 1]],
  [[2, 1, 1]],
  [[1, 2, 1]],
  [[0, 3, 1]],
  [
    [3, 0, 1],
    [1, 2, 1],
  ],
  [
    [5, 0, 1],
    [3, 2, 2],
    [1, 4, 1],
  ],
]

/** The plate model as a TPV polynomial, whose argument is mm times `scale` in degrees. */
const toTpv = (model: readonly number[], scale: number): number[] =>
  makeTpvCoefficients(
    TERMS.flatMap((terms, k) =>
      terms.map(([own, other, factor]) => ({
        own,
        other,
        coefficient: ((model[k] ?? 0) * factor) / 3600 / scale ** (own + other),
      })),
    ),
  )

/**
 * The plate solution of the Digitized Sky Survey, null where a header has none. Its plates are solved as a whole: pixels of the picture are
 * counted from the plate's corner (CNPIX), become millimetres from the plate's centre (PPO3, PPO6, XPIXELSZ in micrometres) and through the
 * model AMDX, AMDY arcseconds on the plane around the plate's centre PLTRA, PLTDEC (Lasker et al. 1990, AJ 99, 2019; STScI's guide to the
 * survey). A CD matrix beside it is an approximation to it.
 */
export const readDss = (header: Header): Omit<Wcs, 'system'> | null => {
  const names = Array.from({ length: 13 }, (_, k) => k + 1)
  const model = {
    x: names.map((k) => readNumber(header, `AMDX${k}`) ?? 0),
    y: names.map((k) => readNumber(header, `AMDY${k}`) ?? 0),
  }
  const plate = readAll(header, ['PPO3', 'PPO6', 'XPIXELSZ', 'YPIXELSZ', 'CNPIX1', 'CNPIX2'])
  const ra = readAll(header, ['PLTRAH', 'PLTRAM', 'PLTRAS'])
  const dec = readAll(header, ['PLTDECD', 'PLTDECM', 'PLTDECS'])
  const scale = model.x[0]! / 3600
  if (plate === null || ra === null || dec === null || !(scale > 0)) return null
  const [x0, y0, sizeX, sizeY, cornerX, cornerY] = plate as [number, number, number, number, number, number]
  if (!(sizeX > 0 && sizeY > 0)) return null
  const sign = (readText(header, 'PLTDECSN') ?? '').startsWith('-') ? -1 : 1
  const sexagesimal = ([whole, minutes, seconds]: readonly number[]): number =>
    whole! + minutes! / 60 + seconds! / 3600
  const latitude = sign * sexagesimal(dec)
  if (!(Math.abs(latitude) <= 90)) return null
  return {
    projection: 'TAN',
    parameters: [],
    names: { longitude: 'RA', latitude: 'DEC' },
    axes: [1, 2],
    swapped: false,
    // A pixel of the picture counted from 0 is CNPIX + 1/2 further from the plate's corner.
    reference: { x: x0 / sizeX - cornerX - 0.5, y: y0 / sizeY - cornerY - 0.5 },
    center: { longitude: 15 * sexagesimal(ra), latitude },
    matrix: [(-scale * sizeX) / 1000, 0, 0, (scale * sizeY) / 1000],
    pole: { longitude: null, latitude: null },
    fiducial: null,
    distortion: {
      ...NO_DISTORTION,
      tpv: { longitude: toTpv(model.x, scale), latitude: toTpv(model.y, scale) },
    },
    missing: [],
  }
}
