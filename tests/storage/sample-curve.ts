import type { LightCurveRecord } from '../../web/core/light-curve'

/** A plain curve with `points` points; the values only have to be told apart. */
export const sampleCurve = ({
  id,
  table,
  order,
  points,
}: {
  readonly id: string
  readonly table: string
  readonly order: string
  readonly points: number
}): LightCurveRecord => {
  const column = (from: number, step: number): Float64Array =>
    Float64Array.from({ length: points }, (_, index) => from + index * step)
  return {
    id,
    order,
    table,
    name: 'curve',
    reference: 'red-0',
    target: { name: 'HAT-P-32', x: 10, y: 11 },
    comparisons: [{ name: 'C1', x: 20, y: 21, weight: 1 }],
    verdicts: [],
    radius: 4,
    annulus: [8, 12],
    radiusChosen: true,
    radiusScan: [{ radius: 4, scatter: 0.003 }],
    detrend: ['airmass'],
    timeScale: 'bjd_tdb_mid',
    columns: {
      frame: Array.from({ length: points }, (_, index) => `red-${index}`),
      jd_utc_mid: column(2458107.2, 0.001),
      bjd_tdb_mid: column(2458107.205, 0.001),
      flux: column(1, 0.001),
      flux_error: column(0.003, 0),
      detrended: column(1, 0),
      trend: column(1, 0.001),
      airmass: column(1.1, 0.01),
      fwhm: column(3, 0.01),
      sky: column(100, 1),
      x: column(10, 0.1),
      y: column(11, -0.1),
      target_flux: column(5000, 10),
      ensemble_flux: column(9000, 10),
      flags: new Uint8Array(points),
    },
    errors: {
      photon: column(0.002, 0),
      sky: column(0.001, 0),
      read: column(0.0005, 0),
      comparisons: column(0.0015, 0),
    },
    dip: null,
    rms: 0.003,
    expectedRms: 0.0025,
    unit: 'electron',
    inputs: [table],
    createdAt: 6,
  }
}
