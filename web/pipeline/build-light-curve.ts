import { AsterismError } from '../core/errors'
import type { ComparisonVerdict, DipEstimate, LightCurveColumns, LightCurveRecord } from '../core/light-curve'
import type { PhotometryFrameRecord, PhotometryTableRecord } from '../core/photometry'
import { chooseAperture } from '../science/lightcurve/choose-aperture'
import { fitTrend, type Regressor } from '../science/lightcurve/detrend'
import { computeDifferential } from '../science/lightcurve/differential-flux'
import { findDip } from '../science/lightcurve/find-dip'
import { flagOutliers } from '../science/lightcurve/flag-outliers'
import { budgetNoise } from '../science/lightcurve/noise-budget'
import { proposeComparisons } from '../science/lightcurve/propose-comparisons'
import { median } from '../science/math/median'
import { standardDeviation } from '../science/math/statistics'
import { gatherStar, type StarSeries } from './star-series'

export type DetrendName = 'airmass' | 'fwhm' | 'sky' | 'x' | 'y' | 'time'

export interface LightCurveRequest {
  readonly table: PhotometryTableRecord
  /** In time order. */
  readonly frames: readonly PhotometryFrameRecord[]
  readonly width: number
  readonly height: number
  /** Index of the target among the table's stars. */
  readonly target: number
  readonly comparisons: 'auto' | readonly number[]
  readonly radius: number | 'best'
  readonly detrend: readonly string[]
  readonly name: string
}

type Built = Omit<LightCurveRecord, 'id' | 'order' | 'createdAt'>

interface Ensemble {
  readonly chosen: readonly number[]
  readonly weights: 'inverse-variance' | Float64Array
  readonly verdicts: readonly ComparisonVerdict[]
}

/** What is the same at every radius. */
interface Columns {
  readonly airmass: Float64Array
  readonly fwhm: Float64Array
  readonly sky: Float64Array
  readonly skySigma: Float64Array
  readonly bjd: Float64Array
  readonly utc: Float64Array
  readonly time: Float64Array
  readonly timeScale: LightCurveRecord['timeScale']
  readonly regressors: readonly Regressor[]
}

const allStars = (request: LightCurveRequest, radius: number): StarSeries[] =>
  request.table.stars.map((_, star) => gatherStar(request.table, request.frames, star, radius))

const chooseEnsemble = (request: LightCurveRequest, radius: number): Ensemble => {
  const { table, target, comparisons, width, height, frames } = request
  if (comparisons !== 'auto') {
    const verdicts = comparisons.map((star) => ({
      star,
      name: table.stars[star]?.name ?? '',
      chosen: true,
      code: 'chosen-by-person',
      values: {},
    }))
    return { chosen: comparisons, weights: 'inverse-variance', verdicts }
  }
  const airmass = Float64Array.from(frames, (frame) => frame.airmass ?? NaN)
  const known = airmass.every(Number.isFinite)
  const { chosen, weights, verdicts } = proposeComparisons({
    stars: allStars(request, radius),
    target,
    width,
    height,
    radius: table.radii[radius] ?? 0,
    saturation: null,
    ...(known ? { regressors: [{ name: 'airmass', values: airmass }] } : {}),
  })
  return { chosen, weights, verdicts }
}

const differentialInput = (request: LightCurveRequest, ensemble: Ensemble, radius: number) => {
  const target = gatherStar(request.table, request.frames, request.target, radius)
  const stars = ensemble.chosen.map((star) => gatherStar(request.table, request.frames, star, radius))
  return {
    target: target.usable,
    targetError: target.error,
    comparisons: stars.map((star) => star.usable),
    comparisonErrors: stars.map((star) => star.error),
    weights: ensemble.weights,
  }
}

/** Index of the radius nearest to a wished one. */
const nearestRadius = (radii: readonly number[], wanted: number): number => {
  let best = 0
  radii.forEach((radius, index) => {
    if (Math.abs(radius - wanted) < Math.abs((radii[best] ?? 0) - wanted)) best = index
  })
  return best
}

/** Points outside the one dip that stands out, if any, as fitTrend wants them. */
const outsideDip = (time: Float64Array, dip: DipEstimate | null): Uint8Array =>
  Uint8Array.from(time, (value) => (dip !== null && value >= dip.start && value <= dip.end ? 0 : 1))

/** Standard deviation of the detrended flux outside the dip, outliers left out; slow noise counts, since it harms a depth most. */
const scatterOutside = (
  input: { flux: Float64Array; error: Float64Array },
  { regressors }: Columns,
  outside: Uint8Array,
): number => {
  const detrended = removeTrend(input, regressors, outside).detrended
  const flags = flagOutliers(detrended, new Uint8Array(detrended.length))
  const kept = detrended.filter(
    (value, index) => Number.isFinite(value) && outside[index] === 1 && flags[index] === 0,
  )
  return kept.length < 5 ? NaN : standardDeviation(kept, 1)
}

const removeTrend = (
  input: { flux: Float64Array; error: Float64Array },
  regressors: readonly Regressor[],
  outside: Uint8Array,
) =>
  regressors.length > 0
    ? fitTrend({ ...input, regressors, outside })
    : { model: input.flux.map(() => 1), detrended: input.flux }

/**
 * Comparisons and radius depend on each other: comparisons are judged at 1.5 widths first and the dip is looked for there;
 * the radius with the least scatter outside it is found with them; comparisons are judged again at that radius.
 */
const settle = (request: LightCurveRequest, columns: Columns) => {
  const { table, frames, target } = request
  const fwhm = median(Float64Array.from(frames, (frame) => frame.fwhm[target] ?? NaN))
  const first = nearestRadius(table.radii, request.radius === 'best' ? 1.5 * fwhm : request.radius)
  const early = chooseEnsemble(request, first)
  if (early.chosen.length === 0) {
    throw new AsterismError(
      'no-comparisons',
      'No other star can serve as a comparison: all are too faint, saturated, variable or leave the frame. Pick comparisons by hand.',
    )
  }
  const { time, regressors } = columns
  const rough = computeDifferential(differentialInput(request, early, first))
  const outside = outsideDip(time, findDip({ time, flux: rough.flux, error: rough.error, regressors }))
  const scan = chooseAperture(
    table.radii.map((radius, index) => ({ radius, ...differentialInput(request, early, index) })),
    (flux, error) => scatterOutside({ flux, error }, columns, outside),
  )
  const radius = request.radius === 'best' && scan.best >= 0 ? scan.best : first
  const again = radius === first ? early : chooseEnsemble(request, radius)
  return { radius, ensemble: again.chosen.length > 0 ? again : early, scan: scan.table }
}

const gatherColumns = (request: LightCurveRequest): Columns => {
  const { frames, target: star } = request
  const place = gatherStar(request.table, frames, star, 0)
  const bjd = Float64Array.from(frames, (frame) => frame.bjd_tdb_mid ?? NaN)
  const utc = Float64Array.from(frames, (frame) => frame.jd_utc_mid ?? NaN)
  const barycentric = bjd.every(Number.isFinite)
  const time = barycentric ? bjd : utc
  const columns = {
    airmass: Float64Array.from(frames, (frame) => frame.airmass ?? NaN),
    fwhm: Float64Array.from(frames, (frame) => frame.fwhm[star] ?? NaN),
    sky: Float64Array.from(frames, (frame) => frame.sky[star] ?? NaN),
    skySigma: Float64Array.from(frames, (frame) => frame.skySigma[star] ?? NaN),
  }
  const values: Record<DetrendName, Float64Array> = { ...columns, x: place.x, y: place.y, time }
  const regressors = request.detrend.flatMap((name) => {
    const column = values[name as DetrendName]
    // A column that is unknown throughout (no position, no site) cannot be a trend; the curve is drawn without it.
    return column?.some(Number.isFinite) ? [{ name, values: column }] : []
  })
  return { ...columns, bjd, utc, time, timeScale: barycentric ? 'bjd_tdb_mid' : 'jd_utc_mid', regressors }
}

/**
 * A differential light curve from measured stars: ensemble and radius settled, target over ensemble, one dip looked for
 * together with the trend, the trend fitted outside it and divided out, outliers marked and never dropped.
 */
export const buildLightCurve = (request: LightCurveRequest): Built => {
  const { table, frames } = request
  const columns = gatherColumns(request)
  const { time, regressors } = columns
  const { radius, ensemble, scan } = settle(request, columns)
  const target = gatherStar(table, frames, request.target, radius)
  const input = differentialInput(request, ensemble, radius)
  const rough = computeDifferential(input)
  const firstDip = findDip({ time, flux: rough.flux, error: rough.error, regressors })
  const outside = outsideDip(time, firstDip)
  const curve = computeDifferential({ ...input, normaliseOn: outside })
  const trend = removeTrend(curve, regressors, outside)
  const dip = findDip({ time, flux: trend.detrended, error: curve.error }) ?? firstDip
  const flags = flagOutliers(trend.detrended, target.flags)
  const [inner, outer] = table.annulus
  const pixels = table.radii[radius] ?? NaN
  // Fluxes are in electrons already when the gain is known, so one unit is then one electron.
  const errors = budgetNoise({
    flux: target.flux,
    skySigma: columns.skySigma,
    gain: table.gain === null ? null : 1,
    readNoise: table.readNoise,
    area: Math.PI * pixels * pixels,
    annulusArea: Math.PI * (outer * outer - inner * inner),
    ensembleError: curve.ensembleError,
  })
  const result: LightCurveColumns = {
    frame: frames.map((frame) => frame.exposure),
    jd_utc_mid: columns.utc,
    bjd_tdb_mid: columns.bjd,
    flux: curve.flux,
    flux_error: curve.error,
    detrended: trend.detrended,
    trend: trend.model,
    airmass: columns.airmass,
    fwhm: columns.fwhm,
    sky: columns.sky,
    x: target.x,
    y: target.y,
    target_flux: target.flux,
    ensemble_flux: curve.ensemble,
    flags,
  }
  const place = (star: number) => {
    const { name, x, y } = table.stars[star] ?? { name: '', x: NaN, y: NaN }
    return { name, x, y }
  }
  return {
    table: table.id,
    name: request.name,
    reference: table.reference,
    target: place(request.target),
    comparisons: ensemble.chosen.map((star, index) => ({
      ...place(star),
      weight: curve.weights[index] ?? 0,
    })),
    verdicts: ensemble.verdicts.map((verdict) => {
      const { x, y } = place(verdict.star)
      return { ...verdict, place: { x, y } }
    }),
    radius: table.radii[radius] ?? NaN,
    annulus: table.annulus,
    radiusChosen: request.radius === 'best',
    radiusScan: scan.map(({ radius: pixels, scatter }) => ({ radius: pixels, scatter })),
    detrend: regressors.map((regressor) => regressor.name),
    timeScale: columns.timeScale,
    columns: result,
    errors,
    dip,
    rms: scatterOutside(curve, columns, outside),
    expectedRms: median(curve.error.filter(Number.isFinite)),
    unit: table.unit,
    inputs: [table.id, ...frames.map((frame) => frame.id)],
  }
}
