import { readNumber, type Header } from '../../../core/header'
import { cosDegrees, RADIAN, sinDegrees } from '../angles'
import { TPV_TERMS } from './distortion/tpv'
import { notReadable } from './not-readable'
import { createProjection } from './projections/create-projection'
import { readZpxParameters } from './read-wat'
import type { Algorithm, CelestialAxes } from './read-axes'
import type { SkyPair } from './pairs'
import type { ProjectionCode, Wcs } from './wcs'

/** PVi_m of an axis from m = 0, as far as there are any. */
const readPv = (header: Header, axis: number, alternate: string): (number | undefined)[] => {
  const values = Array.from(
    { length: TPV_TERMS },
    (_, m) => readNumber(header, `PV${axis}_${m}${alternate}`) ?? undefined,
  )
  return values.slice(0, values.findLastIndex((value) => value !== undefined) + 1)
}

type ProjectionPart = Pick<Wcs, 'projection' | 'parameters' | 'pole' | 'fiducial'> & {
  readonly tpv: Wcs['distortion']['tpv']
  /** True where PV on a TAN stands for a polynomial, with which SIP is not meant. */
  readonly withoutSip: boolean
}

const PLAIN: Readonly<Partial<Record<Algorithm, ProjectionCode>>> = {
  TPV: 'TAN',
  TNX: 'TAN',
  ZPX: 'ZPN',
  NCP: 'SIN',
  GLS: 'SFL',
}

/**
 * Projection, its parameters and its poles. PV keywords of a TAN that knows no such parameters are the polynomial of TPV, as programs of before
 * 2012 wrote it; those of a TAN-SIP are left over from another program and mean nothing.
 */
export const readParameters = (
  header: Header,
  axes: CelestialAxes,
  center: SkyPair<number>,
  alternate: string,
): ProjectionPart => {
  const { axis, algorithm, sip } = axes
  const first = readPv(header, axis.longitude, alternate)
  const second = readPv(header, axis.latitude, alternate)
  const pole = {
    longitude: readNumber(header, `LONPOLE${alternate}`),
    latitude: readNumber(header, `LATPOLE${alternate}`),
  }
  const plain = { parameters: [], pole, fiducial: null, tpv: null, withoutSip: false }
  if (algorithm === null) return { ...plain, projection: null }
  const projection = PLAIN[algorithm] ?? (algorithm as ProjectionCode)
  const isGnomonic = projection === 'TAN'
  if (isGnomonic && (algorithm === 'TPV' || (!sip && isPolynomial(first, second))))
    return { ...plain, projection, tpv: completeTpv(first, second), withoutSip: true }
  if (algorithm === 'TNX' || (isGnomonic && sip)) return { ...plain, projection }
  if (algorithm === 'ZPX') return { ...plain, projection, parameters: readZpxParameters(header, axes) }
  if (algorithm === 'NCP') return { ...plain, projection, parameters: [0, 0, findTilt(center.latitude)] }
  // AIPS moves the map to the latitude of the reference point and does not turn it.
  if (algorithm === 'GLS')
    return { ...plain, projection, fiducial: { longitude: 0, latitude: center.latitude, offset: true } }
  return {
    ...plain,
    projection,
    parameters: second,
    pole: { longitude: first[3] ?? pole.longitude, latitude: first[4] ?? pole.latitude },
    fiducial: readFiducial(projection, first, second),
  }
}

/** TAN takes no parameter of the latitude axis, and none beyond PV1_4 of the other. */
const isPolynomial = (
  first: readonly (number | undefined)[],
  second: readonly (number | undefined)[],
): boolean => first.length > 5 || second.some((value) => value !== undefined && value !== 0)

/** Coefficients that are left out are 0, but for that of the coordinate itself. */
const completeTpv = (
  first: readonly (number | undefined)[],
  second: readonly (number | undefined)[],
): SkyPair<number[]> => {
  const complete = (values: readonly (number | undefined)[]): number[] =>
    Array.from({ length: Math.max(2, values.length) }, (_, m) => values[m] ?? (m === 1 ? 1 : 0))
  return { longitude: complete(first), latitude: complete(second) }
}

/** NCP, the north celestial pole projection of east-west interferometers, is SIN with eta = cot(delta0) (Calabretta & Greisen 2002, section 6.1.1). */
const findTilt = (latitude: number): number => {
  if (Math.abs(sinDegrees(latitude)) < RADIAN * 1e-6)
    throw notReadable('NCP has no picture of the equator', 'CTYPE')
  return cosDegrees(latitude) / sinDegrees(latitude)
}

/** PVi_0 to PVi_2 of the longitude axis (Calabretta & Greisen 2002, section 2.5). */
const readFiducial = (
  projection: ProjectionCode,
  [offset = 0, phi0, theta0]: readonly (number | undefined)[],
  parameters: readonly (number | undefined)[],
): Wcs['fiducial'] => {
  if (phi0 === undefined && theta0 === undefined) return null
  const own = createProjection(projection, parameters).theta0 / RADIAN
  if (!(Math.abs(theta0 ?? own) <= 90)) throw notReadable('its native latitude is beyond a pole', 'PV1_2')
  return { longitude: phi0 ?? 0, latitude: theta0 ?? own, offset: offset !== 0 }
}
