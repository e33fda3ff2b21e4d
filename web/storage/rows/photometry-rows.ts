import { describeFlags } from '../../core/flags'
import type { PhotometryFrameRecord, PhotometryTableRecord } from '../../core/photometry'
import type { Row } from '../../core/work-order'
import { orNull, readAsked, type RowFilter, type RowSource } from './row-source'

const isAsked = (filter: RowFilter, column: string, value: unknown): boolean => {
  const wanted = filter[column]
  return wanted === undefined || (Array.isArray(wanted) ? wanted.includes(value) : wanted === value)
}

const toRows = (table: PhotometryTableRecord, record: PhotometryFrameRecord, filter: RowFilter): Row[] => {
  const rows: Row[] = []
  for (const [star, { name, role }] of table.stars.entries()) {
    if (!isAsked(filter, 'star', name) || !isAsked(filter, 'role', role)) continue
    for (const [at, radius] of table.radii.entries()) {
      // A table of 150 frames, 200 stars and 12 radii has 360 000 rows: those not asked for are not made.
      if (!isAsked(filter, 'radius', radius)) continue
      const cell = star * table.radii.length + at
      rows.push({
        table: table.id,
        order: table.order,
        measurement: record.id,
        frame: record.frame,
        exposure: record.exposure,
        star: name,
        role,
        radius,
        x: orNull(record.x[star]),
        y: orNull(record.y[star]),
        flux: orNull(record.flux[cell]),
        flux_error: orNull(record.error[cell]),
        sky: orNull(record.sky[star]),
        sky_sigma: orNull(record.skySigma[star]),
        peak: orNull(record.peak[star]),
        fwhm: orNull(record.fwhm[star]),
        airmass: orNull(record.airmass),
        jd_utc_mid: orNull(record.jd_utc_mid),
        bjd_tdb_mid: orNull(record.bjd_tdb_mid),
        unit: table.unit,
        flags: describeFlags(record.flags[cell] ?? 0),
        inputs: [...record.inputs],
      })
    }
  }
  return rows
}

const timeOf = (record: PhotometryFrameRecord): number => record.jd_utc_mid ?? Infinity

/** A row for each star, frame and radius; the frames in time order. Pixels for positions and radii. */
export const photometryRows: RowSource = async (workspace, filter) => {
  const tables = await readAsked(workspace.photometryTables, filter, {
    id: 'table',
    indexes: { order: 'order' },
  })
  const rows: Row[] = []
  for (const table of tables) {
    const records = (await workspace.photometryFrames.listBy('table', table.id))
      .filter((record) => isAsked(filter, 'frame', record.frame))
      .toSorted((a, b) => timeOf(a) - timeOf(b) || (a.frame < b.frame ? -1 : 1))
    for (const record of records) for (const row of toRows(table, record, filter)) rows.push(row)
  }
  return rows
}
