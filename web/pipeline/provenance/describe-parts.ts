import { describeFlags } from '../../core/flags'
import type { LightCurveRecord } from '../../core/light-curve'
import type { PhotometryFrameRecord, PhotometryTableRecord } from '../../core/photometry'
import { partId } from '../../core/provenance'
import type { DescribedRecord } from './describe-records'

const orNull = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value

const COLUMNS = [
  'jd_utc_mid',
  'bjd_tdb_mid',
  'flux',
  'flux_error',
  'detrended',
  'trend',
  'airmass',
  'fwhm',
  'sky',
  'x',
  'y',
  'target_flux',
  'ensemble_flux',
] as const

/** The measurement behind a point: its own where the curve was drawn by an order, the registered frame where it was dragged. */
export const inputOfPoint = (
  curve: LightCurveRecord,
  exposure: string,
  candidates: readonly { readonly id: string; readonly exposure: string }[],
): string[] => {
  const named = new Set(curve.inputs)
  return candidates.flatMap(({ id, exposure: of }) => (of === exposure && named.has(id) ? [id] : []))
}

/**
 * One point of a curve: what it says, its aperture, its error part by part. It was made from the measurement of its own frame and
 * from the curve as a whole, which gave comparisons, radius, trend and scale.
 */
export const describePoint = (
  curve: LightCurveRecord,
  exposure: string,
  own: readonly string[],
): DescribedRecord | null => {
  const at = curve.columns.frame.indexOf(exposure)
  if (at < 0) return null
  const inputs = [...own, curve.id]
  const values = Object.fromEntries(COLUMNS.map((name) => [name, orNull(curve.columns[name][at])]))
  return {
    node: {
      id: partId(curve.id, exposure),
      kind: 'point',
      name: `${curve.name} #${at + 1}`,
      step: null,
      order: curve.order,
      time: curve.createdAt,
      backends: [],
      flags: describeFlags(curve.columns.flags[at] ?? 0),
      sha256: null,
      missing: false,
      inputCount: inputs.length,
      followed: true,
      details: {
        exposure,
        index: at,
        ...values,
        radius: curve.radius,
        radiusChosen: curve.radiusChosen,
        annulus: curve.annulus,
        unit: curve.unit,
        comparisons: curve.comparisons,
        detrend: curve.detrend,
        errors: {
          photon: orNull(curve.errors.photon[at]),
          sky: orNull(curve.errors.sky[at]),
          read: orNull(curve.errors.read[at]),
          comparisons: orNull(curve.errors.comparisons[at]),
        },
      },
    },
    inputs,
  }
}

/** One star of a measured frame, at all radii. */
export const describeStar = (
  measured: PhotometryFrameRecord,
  table: PhotometryTableRecord,
  name: string,
): DescribedRecord | null => {
  const star = table.stars.findIndex((candidate) => candidate.name === name)
  if (star < 0) return null
  const cells = table.radii.map((radius, index) => {
    const cell = star * table.radii.length + index
    return {
      radius,
      flux: orNull(measured.flux[cell]),
      error: orNull(measured.error[cell]),
      flags: describeFlags(measured.flags[cell] ?? 0),
    }
  })
  return {
    node: {
      id: partId(measured.id, name),
      kind: 'measurement',
      name,
      step: null,
      order: table.order,
      time: table.createdAt,
      backends: [],
      flags: [...new Set(cells.flatMap((cell) => cell.flags))],
      sha256: null,
      missing: false,
      inputCount: measured.inputs.length,
      followed: true,
      details: {
        exposure: measured.exposure,
        frame: measured.frame,
        role: table.stars[star]?.role ?? null,
        x: orNull(measured.x[star]),
        y: orNull(measured.y[star]),
        sky: orNull(measured.sky[star]),
        fwhm: orNull(measured.fwhm[star]),
        annulus: table.annulus,
        unit: table.unit,
        apertures: cells,
      },
    },
    inputs: measured.inputs,
  }
}
