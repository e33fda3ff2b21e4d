import { z } from '../../core/validation'
import {
  text,
  id,
  ids,
  number,
  maybeNumber,
  anything,
  pair,
  doubles,
  floats,
  octets,
  frameQuality,
} from './schema-parts'

const sameLengths = (columns: readonly { readonly length: number }[]): boolean =>
  columns.every((each) => each.length === columns[0]?.length)

export const sources = z
  .looseObject({
    id,
    frame: id,
    exposure: id,
    order: text,
    x: floats,
    y: floats,
    flux: floats,
    peak: floats,
    fwhm: floats,
    elongation: floats,
    flags: octets,
    quality: frameQuality,
    inputs: ids,
    createdAt: number,
  })
  .refine(
    ({ x, y, flux, peak, fwhm, elongation, flags }) =>
      sameLengths([x, y, flux, peak, fwhm, elongation, flags]),
    'has columns of different lengths',
  )

export const photometryTable = z.looseObject({
  id,
  order: text,
  reference: id,
  stars: z.array(z.looseObject({ name: text, x: number, y: number, role: text })).max(100_000),
  radii: z.array(number).max(1000),
  annulus: pair,
  frames: ids,
  inputs: ids,
  createdAt: number,
})

export const photometryFrame = z
  .looseObject({
    id,
    table: id,
    frame: id,
    exposure: id,
    jd_utc_mid: maybeNumber,
    bjd_tdb_mid: maybeNumber,
    airmass: maybeNumber,
    x: doubles,
    y: doubles,
    sky: doubles,
    skySigma: doubles,
    peak: doubles,
    fwhm: doubles,
    flags: octets,
    flux: doubles,
    error: doubles,
    inputs: ids,
  })
  .refine(
    ({ x, y, sky, skySigma, peak, fwhm, flux, error, flags }) =>
      sameLengths([x, y, sky, skySigma, peak, fwhm]) && sameLengths([flux, error, flags]),
    'has columns of different lengths',
  )

const curveColumns = z
  .looseObject({
    frame: ids,
    jd_utc_mid: doubles,
    bjd_tdb_mid: doubles,
    flux: doubles,
    flux_error: doubles,
    detrended: doubles,
    trend: doubles,
    airmass: doubles,
    fwhm: doubles,
    sky: doubles,
    x: doubles,
    y: doubles,
    target_flux: doubles,
    ensemble_flux: doubles,
    flags: octets,
  })
  .refine(
    (each) =>
      sameLengths([
        each.frame,
        each.jd_utc_mid,
        each.bjd_tdb_mid,
        each.flux,
        each.flux_error,
        each.detrended,
        each.trend,
        each.airmass,
        each.fwhm,
        each.sky,
        each.x,
        each.y,
        each.target_flux,
        each.ensemble_flux,
        each.flags,
      ]),
    'has columns of different lengths',
  )

const place = { x: number, y: number }

export const lightcurve = z.looseObject({
  id,
  order: text,
  table: id,
  name: text,
  reference: id,
  target: z.looseObject({ name: text, ...place }),
  comparisons: z.array(z.looseObject({ name: text, ...place, weight: number })).max(100_000),
  verdicts: z.array(anything).max(100_000),
  radius: number,
  annulus: pair,
  radiusScan: z.array(z.looseObject({ radius: number, scatter: number })).max(1000),
  detrend: z.array(text).max(100),
  timeScale: z.enum(['bjd_tdb_mid', 'jd_utc_mid']),
  columns: curveColumns,
  errors: z.looseObject({ photon: doubles, sky: doubles, read: doubles, comparisons: doubles }),
  inputs: ids,
  createdAt: number,
})
