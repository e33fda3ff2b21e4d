import { describeFlags } from '../../core/flags'
import type { LightCurveRecord } from '../../core/light-curve'
import type { Row } from '../../core/work-order'
import { orNull, readAsked, type RowSource } from './row-source'

const toLightCurveRows = (curve: LightCurveRecord): Row[] => {
  const { columns, errors } = curve
  return columns.frame.map((frame, point) => ({
    lightcurve: curve.id,
    order: curve.order,
    table: curve.table,
    target: curve.target.name,
    radius: curve.radius,
    frame,
    jd_utc_mid: orNull(columns.jd_utc_mid[point]),
    bjd_tdb_mid: orNull(columns.bjd_tdb_mid[point]),
    flux: orNull(columns.flux[point]),
    flux_error: orNull(columns.flux_error[point]),
    detrended: orNull(columns.detrended[point]),
    trend: orNull(columns.trend[point]),
    airmass: orNull(columns.airmass[point]),
    fwhm: orNull(columns.fwhm[point]),
    sky: orNull(columns.sky[point]),
    x: orNull(columns.x[point]),
    y: orNull(columns.y[point]),
    target_flux: orNull(columns.target_flux[point]),
    ensemble_flux: orNull(columns.ensemble_flux[point]),
    error_photon: orNull(errors.photon[point]),
    error_sky: orNull(errors.sky[point]),
    error_read: orNull(errors.read[point]),
    error_comparisons: orNull(errors.comparisons[point]),
    unit: curve.unit,
    flags: describeFlags(columns.flags[point] ?? 0),
    inputs: [frame, curve.id, curve.table],
  }))
}

/** A row for each point, in time order. `flux` is relative (1 outside the dip); target and ensemble are in `unit`. */
export const lightCurveRows: RowSource = async (workspace, filter) => {
  const curves = await readAsked(workspace.lightcurves, filter, {
    id: 'lightcurve',
    indexes: { order: 'order', table: 'table' },
  })
  return curves.flatMap(toLightCurveRows)
}
