import type { LocatePixel } from '../../../web/science/reprojection/build-pixel-map'
import { createTransform } from '../../../web/science/astrometry/wcs/create-transform'
import { NO_DISTORTION, type ProjectionCode, type Wcs } from '../../../web/science/astrometry/wcs/wcs'

export interface SimpleWcs {
  readonly projection?: ProjectionCode
  readonly longitude: number
  readonly latitude: number
  /** Arcseconds per pixel, and degrees that north is turned from y. */
  readonly scale: number
  readonly turn?: number
  readonly mirrored?: boolean
  readonly x: number
  readonly y: number
  readonly sip?: Wcs['distortion']['sip']
}

export const makeWcs = (simple: SimpleWcs): Wcs => {
  const {
    projection = 'TAN',
    longitude,
    latitude,
    scale,
    turn = 0,
    mirrored = false,
    x,
    y,
    sip = null,
  } = simple
  const size = scale / 3600
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180) * size, Math.sin((turn * Math.PI) / 180) * size]
  const sign = mirrored ? 1 : -1
  return {
    projection,
    parameters: [],
    system: { name: 'icrs' },
    names: { longitude: 'RA', latitude: 'DEC' },
    axes: [1, 2],
    swapped: false,
    reference: { x, y },
    center: { longitude, latitude },
    matrix: [sign * cos, sin, -sign * sin, cos],
    pole: { longitude: null, latitude: null },
    fiducial: null,
    distortion: { ...NO_DISTORTION, sip },
    missing: [],
  }
}

/** From the pixels of one picture of the sky to those of another. */
export const joinBySky = (from: Wcs, to: Wcs): LocatePixel => {
  const { pixelToSky } = createTransform(from)
  const { skyToPixel } = createTransform(to)
  return (x, y, out) => pixelToSky(x, y, out) && skyToPixel(out[0]!, out[1]!, out)
}
