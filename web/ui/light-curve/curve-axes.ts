import type { LightCurveRecord } from '../../core/light-curve'

export interface CurveTimes {
  /** Hours from the zero point, a value for each frame. */
  readonly hours: Float64Array
  /** Julian date that the hours count from. */
  readonly zero: number
  readonly scale: 'BJD_TDB' | 'JD_UTC'
}

/** Times in hours from the middle of the dip, or from the first point; the scale is the one that the curve was drawn in. */
export const toHours = (curve: LightCurveRecord): CurveTimes => {
  const barycentric = curve.timeScale === 'bjd_tdb_mid'
  const time = barycentric ? curve.columns.bjd_tdb_mid : curve.columns.jd_utc_mid
  const zero = curve.dip?.mid ?? time.find(Number.isFinite) ?? 0
  return { hours: time.map((value) => 24 * (value - zero)), zero, scale: barycentric ? 'BJD_TDB' : 'JD_UTC' }
}

/** Weighted means of the points in bins of so many minutes, each with its error; bins without points are left out. */
export const binCurve = (hours: Float64Array, flux: Float64Array, error: Float64Array, minutes: number) => {
  const bins = new Map<number, { weight: number; time: number; flux: number }>()
  for (let index = 0; index < hours.length; index++) {
    const [time, value, sigma] = [hours[index] ?? NaN, flux[index] ?? NaN, error[index] ?? NaN]
    if (!Number.isFinite(time) || !Number.isFinite(value) || !(sigma > 0)) continue
    const key = Math.floor((60 * time) / minutes)
    const bin = bins.get(key) ?? { weight: 0, time: 0, flux: 0 }
    const weight = 1 / (sigma * sigma)
    bins.set(key, {
      weight: bin.weight + weight,
      time: bin.time + weight * time,
      flux: bin.flux + weight * value,
    })
  }
  const full = [...bins].sort(([a], [b]) => a - b).map(([, bin]) => bin)
  return {
    x: Float64Array.from(full, (bin) => bin.time / bin.weight),
    y: Float64Array.from(full, (bin) => bin.flux / bin.weight),
    error: Float64Array.from(full, (bin) => 1 / Math.sqrt(bin.weight)),
  }
}
