import { effectiveFacts, type ExposureRecord } from '../core/frame'
import type { Image, Point } from '../core/image'
import type { PhotometryFrameRecord, PhotometryTableRecord } from '../core/photometry'
import { degrees } from '../core/units'
import { measureStar } from '../science/photometry/measure-star'
import type { Pixels } from '../science/photometry/stamps'
import { airmassAt } from '../science/time/horizon'
import { parseIsoUtc } from '../science/time/iso-utc'
import { toBjdTdb } from '../science/time/light-travel-time'
import { midExposure } from '../science/time/time-scales'

export type TableHead = Pick<PhotometryTableRecord, 'radii' | 'annulus' | 'gain' | 'readNoise' | 'position'>

export interface Timing {
  readonly jd_utc_mid: number | null
  readonly bjd_tdb_mid: number | null
  readonly airmass: number | null
}

/** Mid-exposure times and airmass of one frame; what cannot be known without position or site is null, never guessed. */
export const timeFrame = (exposure: ExposureRecord, position: TableHead['position']): Timing => {
  const facts = effectiveFacts(exposure)
  const start = facts.dateObs === null ? null : parseIsoUtc(facts.dateObs)
  if (start === null) return { jd_utc_mid: null, bjd_tdb_mid: null, airmass: facts.airmass }
  const time = midExposure(start, facts.exposure ?? 0)
  if (position === null) return { jd_utc_mid: time, bjd_tdb_mid: null, airmass: facts.airmass }
  const direction = { rightAscension: degrees(position.ra), declination: degrees(position.dec) }
  return {
    jd_utc_mid: time,
    bjd_tdb_mid: toBjdTdb({ time, direction, site: facts.site }),
    airmass: facts.site === null ? facts.airmass : airmassAt(time, direction, facts.site),
  }
}

export interface PlacedStar {
  /** The frame, or a stamp of it. */
  readonly pixels: Pixels
  /** Where the star is looked for, as a position on the frame. */
  readonly at: Point
}

type Columns = Pick<PhotometryFrameRecord, 'x' | 'y' | 'sky' | 'skySigma' | 'peak' | 'fwhm' | 'flags' | 'flux' | 'error'>

/**
 * Measures stars into the columns of a record, in electrons when the gain is known. Saturation is not judged here: it is a
 * matter of raw pixels, since after flat-fielding no single level is right for a whole frame (see rawPeak).
 */
export const measureInto = (stars: readonly PlacedStar[], table: TableHead, centroid: boolean): Columns => {
  const count = stars.length
  const { radii, annulus, gain, readNoise } = table
  const columns: Columns = {
    x: new Float64Array(count),
    y: new Float64Array(count),
    sky: new Float64Array(count),
    skySigma: new Float64Array(count),
    peak: new Float64Array(count),
    fwhm: new Float64Array(count),
    flags: new Uint8Array(count),
    flux: new Float64Array(count * radii.length),
    error: new Float64Array(count * radii.length),
  }
  const unit = gain ?? 1
  stars.forEach(({ pixels, at }, star) => {
    const measured = measureStar(pixels, at, { radii, annulus, gain, readNoise, saturation: null, centroid })
    columns.x[star] = measured.x
    columns.y[star] = measured.y
    columns.sky[star] = measured.sky * unit
    columns.skySigma[star] = measured.skySigma * unit
    columns.peak[star] = measured.peak
    columns.fwhm[star] = measured.fwhm
    columns.flags[star] = measured.flags
    for (let radius = 0; radius < radii.length; radius++) {
      columns.flux[star * radii.length + radius] = (measured.fluxes[radius] ?? NaN) * unit
      columns.error[star * radii.length + radius] = (measured.errors[radius] ?? NaN) * unit
    }
  })
  return columns
}

/** Highest raw pixel within a radius: saturation is a matter of the camera, so it is judged before calibration. */
export const rawPeak = (raw: Image, at: Point, radius: number): number => {
  let peak = -Infinity
  const [left, right] = [Math.max(0, Math.ceil(at.x - radius)), Math.min(raw.width - 1, Math.floor(at.x + radius))]
  const [top, bottom] = [Math.max(0, Math.ceil(at.y - radius)), Math.min(raw.height - 1, Math.floor(at.y + radius))]
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) peak = Math.max(peak, raw.data[y * raw.width + x]!)
  }
  return peak
}
