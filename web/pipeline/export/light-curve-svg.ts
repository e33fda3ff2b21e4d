import type { LightCurveRecord } from '../../core/light-curve'

const WIDTH = 900
const HEIGHT = 520
const MARGIN = { left: 76, right: 20, top: 48, bottom: 52 }
const TICKS = 6

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

interface Axis {
  readonly place: (value: number) => number
  readonly ticks: readonly number[]
  readonly digits: number
}

/** Round steps of 1, 2 or 5 that give about six ticks. */
const makeAxis = (low: number, high: number, from: number, to: number): Axis => {
  const span = high > low ? high - low : 1
  const rough = span / TICKS
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power
  const first = Math.ceil(low / step) * step
  const ticks: number[] = []
  for (let tick = first; tick <= low + span + step * 1e-6; tick += step) ticks.push(tick)
  return {
    place: (value) => from + ((value - low) / span) * (to - from),
    ticks,
    digits: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)),
  }
}

const spread = (values: readonly number[]): [number, number] => {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low > high) return [0, 1]
  const edge = 0.06 * (high - low || 1)
  return [low - edge, high + edge]
}

/** A light curve as a drawing: detrended relative flux with its errors against time, black on white for paper. */
export const drawLightCurveSvg = (curve: LightCurveRecord): string => {
  const { columns, timeScale } = curve
  const points = Array.from(columns.detrended, (flux, index) => ({
    time: columns[timeScale][index] ?? NaN,
    flux,
    error: columns.flux_error[index] ?? NaN,
  })).filter(({ time, flux }) => Number.isFinite(time) && Number.isFinite(flux))
  const start = Math.floor(points.reduce((least, point) => Math.min(least, point.time), Infinity))
  const origin = Number.isFinite(start) ? start : 0
  const right = WIDTH - MARGIN.right
  const bottom = HEIGHT - MARGIN.bottom
  const x = makeAxis(...spread(points.map((point) => point.time - origin)), MARGIN.left, right)
  const y = makeAxis(...spread(points.map((point) => point.flux)), bottom, MARGIN.top)
  const at = (value: number): string => value.toFixed(2)
  const marks = points.map(({ time, flux, error }) => {
    const [px, py] = [x.place(time - origin), y.place(flux)]
    const reach = Number.isFinite(error) ? Math.abs(y.place(flux + error) - py) : 0
    return (
      `<path d="M${at(px)} ${at(py - reach)}V${at(py + reach)}" stroke="#999"/>` +
      `<circle cx="${at(px)}" cy="${at(py)}" r="2.4"/>`
    )
  })
  const xTicks = x.ticks.map(
    (tick) =>
      `<path d="M${at(x.place(tick))} ${bottom}v6" stroke="#000"/>` +
      `<text x="${at(x.place(tick))}" y="${bottom + 20}" text-anchor="middle">${tick.toFixed(x.digits)}</text>`,
  )
  const yTicks = y.ticks.map(
    (tick) =>
      `<path d="M${MARGIN.left} ${at(y.place(tick))}h-6" stroke="#000"/>` +
      `<text x="${MARGIN.left - 10}" y="${at(y.place(tick) + 4)}" text-anchor="end">${tick.toFixed(y.digits)}</text>`,
  )
  const label = timeScale === 'bjd_tdb_mid' ? 'BJD (TDB)' : 'JD (UTC)'
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">`,
    `<title>${escapeText(curve.name)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${MARGIN.left}" y="28" font-size="17">${escapeText(curve.name)}</text>`,
    `<path d="M${MARGIN.left} ${MARGIN.top}V${bottom}H${right}" fill="none" stroke="#000"/>`,
    ...xTicks,
    ...yTicks,
    `<text x="${(MARGIN.left + right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${label} - ${origin}</text>`,
    `<text transform="translate(18 ${(MARGIN.top + bottom) / 2}) rotate(-90)" text-anchor="middle">relative flux</text>`,
    ...marks,
    '</svg>',
    '',
  ].join('\n')
}
