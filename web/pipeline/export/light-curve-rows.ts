import { describeFlags } from '../../core/flags'
import type { LightCurveRecord } from '../../core/light-curve'
import type { RowsToExport } from './tabulate-rows'

/** A value as it is, or an empty field where there is none. */
const known = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value

const oneLine = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ')

const head = (curve: LightCurveRecord): string[] => {
  const comparisons = curve.comparisons.map(
    ({ name, x, y, weight }) => `${name} (${x.toFixed(2)}, ${y.toFixed(2)}) weight ${weight.toFixed(3)}`,
  )
  return [
    `light curve of ${oneLine(curve.name)}, ${curve.id}`,
    `target at (${curve.target.x.toFixed(2)}, ${curve.target.y.toFixed(2)}) of the reference frame ${curve.reference}, 0-based pixels`,
    `comparisons: ${comparisons.join('; ')}`,
    `aperture radius ${curve.radius} px, sky annulus ${curve.annulus[0]} to ${curve.annulus[1]} px`,
    `times at mid-exposure: jd_utc_mid Julian date UTC at the site, bjd_tdb_mid barycentric Julian date TDB`,
    `rel_flux: target over ensemble, 1 outside the dip; detrended: rel_flux over the trend in ${curve.detrend.join(', ') || 'nothing'}`,
    `target_flux, ensemble_flux and sky (per pixel) in ${curve.unit}; errors are one sigma`,
    `scatter outside the dip ${curve.rms}, expected from the errors ${curve.expectedRms}`,
  ]
}

/** A light curve for a file: what it is in sentences, then a tidy row for each point. */
export const listLightCurveRows = (curve: LightCurveRecord): RowsToExport => {
  const { columns } = curve
  const rows = columns.frame.map((frame, index) => ({
    frame,
    jd_utc_mid: known(columns.jd_utc_mid[index]),
    bjd_tdb_mid: known(columns.bjd_tdb_mid[index]),
    rel_flux: known(columns.flux[index]),
    rel_flux_error: known(columns.flux_error[index]),
    detrended: known(columns.detrended[index]),
    airmass: known(columns.airmass[index]),
    fwhm_px: known(columns.fwhm[index]),
    sky: known(columns.sky[index]),
    x: known(columns.x[index]),
    y: known(columns.y[index]),
    target_flux: known(columns.target_flux[index]),
    ensemble_flux: known(columns.ensemble_flux[index]),
    flags: describeFlags(columns.flags[index] ?? 0),
  }))
  return {
    rows,
    table: 'light-curve',
    name: `light curve of ${oneLine(curve.name)}`,
    notes: head(curve),
    unit: curve.unit,
  }
}
