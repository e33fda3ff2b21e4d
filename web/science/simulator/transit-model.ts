/** A planet on a circular orbit before a star with quadratic limb darkening. */
export interface TransitParameters {
  /** Radius of the planet over that of the star. */
  readonly radiusRatio: number
  /** Semi-major axis over the star's radius. */
  readonly scaledAxis: number
  /** Degrees. */
  readonly inclination: number
  /** Days. */
  readonly period: number
  /** Middle of one transit, on the time scale of the times that are asked for. */
  readonly midTime: number
  /** I(mu) / I(1) = 1 - u1 (1 - mu) - u2 (1 - mu)^2. */
  readonly limbDarkening: readonly [number, number]
}

/** Distance of the centres on the sky in stellar radii; Infinity while the planet is behind the star. */
export const projectedSeparation = (parameters: TransitParameters, time: number): number => {
  const phase = (2 * Math.PI * (time - parameters.midTime)) / parameters.period
  if (Math.cos(phase) <= 0) return Number.POSITIVE_INFINITY
  const cosine = Math.cos((parameters.inclination * Math.PI) / 180)
  return parameters.scaledAxis * Math.hypot(Math.sin(phase), cosine * Math.cos(phase))
}

/** First to last contact, days; 0 when the discs do not meet. Winn 2010, "Transits and occultations", eq. 14. */
export const transitDuration = (parameters: TransitParameters): number => {
  const tilt = (parameters.inclination * Math.PI) / 180
  const impact = parameters.scaledAxis * Math.cos(tilt)
  const chord = (1 + parameters.radiusRatio) ** 2 - impact ** 2
  if (chord <= 0) return 0
  return (
    (parameters.period / Math.PI) * Math.asin(Math.sqrt(chord) / (parameters.scaledAxis * Math.sin(tilt)))
  )
}

const NODES = 48
const [nodes, weights] = gaussLegendre(NODES)

/**
 * Flux of the star, 1 out of transit, with the disc of the planet at separation z (stellar radii): the exact integral of
 * the model of Mandel & Agol (2002), as one integral over rings, blocked = int I(r) 2 r kappa(r) dr, where kappa is the half
 * angle of the ring that the planet covers. With r = middle + half sin(theta) the square-root ends, at the planet's edge and
 * at the star's limb, become smooth, and 48 Gauss-Legendre nodes reach 1e-9. No small-planet approximation.
 */
export const occultedFlux = (
  z: number,
  radiusRatio: number,
  limbDarkening: readonly [number, number],
): number => {
  const p = radiusRatio
  if (!(z < 1 + p) || p <= 0) return 1
  const [u1, u2] = limbDarkening
  const intensity = (r: number): number => {
    const shade = 1 - Math.sqrt(Math.max(0, 1 - r * r))
    return 1 - u1 * shade - u2 * shade * shade
  }
  const total = Math.PI * (1 - u1 / 3 - u2 / 6)
  const inner = Math.min(1, Math.abs(z - p))
  const outer = Math.min(1, z + p)
  let blocked = z < p ? integrateDisc(inner, limbDarkening) : 0
  const middle = (inner + outer) / 2
  const half = (outer - inner) / 2
  // Concentric discs have no partly covered ring.
  const rings = half > 0 ? NODES : 0
  for (let i = 0; i < rings; i++) {
    const theta = (nodes[i]! * Math.PI) / 2
    const r = middle + half * Math.sin(theta)
    const cosine = (r * r + z * z - p * p) / (2 * r * z)
    const kappa = Math.acos(Math.min(1, Math.max(-1, cosine)))
    blocked += (weights[i]! * Math.PI * half * Math.cos(theta) * intensity(r) * 2 * r * kappa) / 2
  }
  return 1 - blocked / total
}

/** Flux at a time, averaged over an exposure (days) by Simpson's rule. */
export const transitFlux = (parameters: TransitParameters, time: number, exposure = 0): number => {
  const at = (moment: number): number =>
    occultedFlux(projectedSeparation(parameters, moment), parameters.radiusRatio, parameters.limbDarkening)
  if (exposure === 0) return at(time)
  return (at(time - exposure / 2) + 4 * at(time) + at(time + exposure / 2)) / 6
}

/** int_0^r I(s) 2 pi s ds in closed form. */
function integrateDisc(r: number, [u1, u2]: readonly [number, number]): number {
  const mu = Math.sqrt(Math.max(0, 1 - r * r))
  // With s ds = -mu dmu; I as a polynomial in mu.
  const constant = 1 - u1 - u2
  const linear = u1 + 2 * u2
  const part = (m: number): number => (constant * m * m) / 2 + (linear * m ** 3) / 3 - (u2 * m ** 4) / 4
  return 2 * Math.PI * (part(1) - part(mu))
}

/** Nodes and weights on [-1, 1] by Newton's method on the Legendre polynomial. */
function gaussLegendre(count: number): [Float64Array, Float64Array] {
  const nodes = new Float64Array(count)
  const weights = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5))
    let slope = 1
    for (let round = 0; round < 100; round++) {
      let previous = 1
      let value = x
      for (let n = 2; n <= count; n++)
        [previous, value] = [value, ((2 * n - 1) * x * value - (n - 1) * previous) / n]
      slope = (count * (x * value - previous)) / (x * x - 1)
      const step = value / slope
      x -= step
      if (Math.abs(step) < 1e-15) break
    }
    nodes[i] = x
    weights[i] = 2 / ((1 - x * x) * slope * slope)
  }
  return [nodes, weights]
}
