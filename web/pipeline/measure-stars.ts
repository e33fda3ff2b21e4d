import { effectiveFacts, type ExposureRecord } from '../core/frame'
import type { Image, Point } from '../core/image'
import type { PhotometryFrameRecord, PhotometryTableRecord } from '../core/photometry'
import type { ReducedRecord } from '../core/reduced'
import { degrees } from '../core/units'
import { measureField, type PhotometryKernels } from '../science/photometry/measure-field'
import { measureStar, type StarMeasurement } from '../science/photometry/measure-star'
import type { Pixels } from '../science/photometry/stamps'
import { airmassAt } from '../science/time/horizon'
import { parseIsoUtc } from '../science/time/iso-utc'
import { toBjdTdb } from '../science/time/light-travel-time'
import { midExposure } from '../science/time/time-scales'
import type { Workspace } from '../storage/workspace'

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
  /** The calibrated frame, or a stamp of it. */
  readonly pixels: Pixels
  /** The same pixels as the camera gave them: saturation is a matter of the camera. */
  readonly raw: Pixels
  /** Where the star is looked for, as a position on the frame. */
  readonly at: Point
}

type Columns = Pick<
  PhotometryFrameRecord,
  'x' | 'y' | 'sky' | 'skySigma' | 'peak' | 'fwhm' | 'flags' | 'flux' | 'error'
>

export interface MeasureHow {
  readonly centroid: boolean
  /** Raw ADU. */
  readonly saturation: number | null
  /** Width of the frame's stars, pixels: the centre must not depend on which radii are asked for. Null: each star's own. */
  readonly fwhm: number | null
}

/** Measurements as the columns of a record, in electrons when the gain is known. */
const toColumns = (measurements: readonly StarMeasurement[], { radii, gain }: TableHead): Columns => {
  const count = measurements.length
  const columns: Columns = {
    x: new Float64Array(count),
    y: new Float64Array(count),
    sky: new Float64Array(count),
    skySigma: new Float64Array(count),
    peak: new Float64Array(count),
    fwhm: new Float64Array(count),
    flags: new Uint8Array(count * radii.length),
    flux: new Float64Array(count * radii.length),
    error: new Float64Array(count * radii.length),
  }
  const unit = gain ?? 1
  measurements.forEach((measured, star) => {
    columns.x[star] = measured.x
    columns.y[star] = measured.y
    columns.sky[star] = measured.sky * unit
    columns.skySigma[star] = measured.skySigma * unit
    columns.peak[star] = measured.peak
    columns.fwhm[star] = measured.fwhm
    for (let radius = 0; radius < radii.length; radius++) {
      const cell = star * radii.length + radius
      columns.flux[cell] = (measured.fluxes[radius] ?? NaN) * unit
      columns.error[cell] = (measured.errors[radius] ?? NaN) * unit
      columns.flags[cell] = measured.radiusFlags[radius] ?? measured.flags
    }
  })
  return columns
}

const howTo = ({ radii, annulus, gain, readNoise }: TableHead, how: MeasureHow) => ({
  radii,
  annulus,
  gain,
  readNoise,
  ...how,
})

/** Measures stars on frames or stamps, each on its own. */
export const measureInto = (stars: readonly PlacedStar[], table: TableHead, how: MeasureHow): Columns => {
  const neighbours = stars.map(({ at }) => at)
  return toColumns(
    stars.map(({ pixels, raw, at }) => measureStar(pixels, at, { ...howTo(table, how), raw, neighbours })),
    table,
  )
}

/** Measures stars of one frame, all of them with a few calls of the kernels. */
export const measureFrameInto = async (
  kernels: PhotometryKernels,
  { image, raw }: { readonly image: Image; readonly raw: Image },
  places: readonly Point[],
  table: TableHead,
  how: MeasureHow,
): Promise<Columns> =>
  toColumns(
    await measureField(kernels, image, places, { ...howTo(table, how), raw, neighbours: places }),
    table,
  )

/**
 * Median width of the stars on the frame behind a registered one, from the list that it was matched by; records that do not
 * name their lists have the latest. Null when nobody has looked.
 */
export const findFrameWidth = async (
  workspace: Workspace,
  registered: ReducedRecord,
): Promise<number | null> => {
  const [calibrated] = registered.inputs
  if (calibrated === undefined) return null
  const lists = await workspace.sources.listBy('frame', calibrated)
  const named = lists.find((list) => registered.inputs.includes(list.id))
  const list = named ?? lists.sort((a, b) => a.createdAt - b.createdAt).at(-1)
  return list?.quality.fwhm ?? null
}
