import { fitTrend } from './detrend'

export interface TransitWindowInput {
  /** Days, any scale. */
  readonly time: Float64Array
  readonly flux: Float64Array
  /** Middle of the transit on the scale of `time`. */
  readonly mid: number
  /** Days: |time - mid| below this is well inside, above `halfOuter` well outside. What lies between is not used. */
  readonly halfInner: number
  readonly halfOuter: number
  readonly airmass: Float64Array
}

export interface TransitWindow {
  /** Standard deviation (population) of the detrended flux outside. */
  readonly rms: number
  /** 1 minus the mean of the detrended flux inside. */
  readonly depth: number
  /** rms * sqrt(1/inside + 1/outside): white noise only. */
  readonly depthError: number
  readonly inside: number
  readonly outside: number
}

/**
 * Scatter and depth of a transit without a model of it: exp(a + b airmass) is fitted outside and divided out.
 * A measure for comparing reductions of one night, not a planet's radius: limb darkening and ingress are not in it.
 */
export const measureTransitWindow = (input: TransitWindowInput): TransitWindow => {
  const { time, flux, mid, halfInner, halfOuter, airmass } = input
  const outsideMask = Uint8Array.from(time, (value) => (Math.abs(value - mid) > halfOuter ? 1 : 0))
  const trend = fitTrend({ flux, regressors: [{ name: 'airmass', values: airmass }], outside: outsideMask })
  const inner = trend.detrended.filter(
    (value, i) => Math.abs(time[i]! - mid) < halfInner && Number.isFinite(value),
  )
  const outside = trend.used.reduce((sum, used) => sum + used, 0)
  const depth = 1 - inner.reduce((sum, value) => sum + value, 0) / inner.length
  const depthError = trend.rms * Math.sqrt(1 / inner.length + 1 / outside)
  return { rms: trend.rms, depth, depthError, inside: inner.length, outside }
}
