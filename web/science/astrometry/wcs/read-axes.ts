import { readText, type Header } from '../../../core/header'
import { notReadable } from './not-readable'
import { PROJECTION_CODES } from './projections/create-projection'
import type { SkyPair } from './pairs'
import type { ProjectionCode } from './wcs'

/** Axes that a header may have; no known file has more than six that mean anything. */
const MOST_AXES = 9

/** Names of old and of survey programs for a projection of the standard with something else to it. */
export type Algorithm = ProjectionCode | 'TPV' | 'TNX' | 'ZPX' | 'NCP' | 'GLS'

const ALGORITHMS: readonly string[] = [...PROJECTION_CODES, 'TPV', 'TNX', 'ZPX', 'NCP', 'GLS']

export interface CelestialAxes {
  readonly names: SkyPair<string>
  /** Numbers of the header's axes, from 1. */
  readonly axis: SkyPair<number>
  /** null: linear. */
  readonly algorithm: Algorithm | null
  /** Whether CTYPE ends in -SIP. */
  readonly sip: boolean
}

/** CTYPE is a name of up to four letters, filled up with hyphens, and an algorithm. */
const TYPE = /^(RA|DEC|[A-Z]LON|[A-Z]LAT|[A-Z]{2}LN|[A-Z]{2}LT)(?:-+([A-Z0-9]{3})(-SIP)?)?$/

const PARTNERS: readonly (readonly [RegExp, (name: string) => string])[] = [
  [/^RA$/, () => 'DEC'],
  [/^[A-Z]LON$/, (name) => `${name[0]!}LAT`],
  [/^[A-Z]{2}LN$/, (name) => `${name.slice(0, 2)}LT`],
]

/** The two celestial axes of a header, null where it has none; `alternate` is the letter of one of several descriptions, or ''. */
export const readAxes = (header: Header, alternate: string): CelestialAxes | null => {
  const types = Array.from({ length: MOST_AXES }, (_, k) =>
    TYPE.exec((readText(header, `CTYPE${k + 1}${alternate}`) ?? '').toUpperCase()),
  )
  for (const [k, type] of types.entries()) {
    const partner = PARTNERS.find(([name]) => name.test(type?.[1] ?? ''))?.[1]
    if (type === null || partner === undefined) continue
    const name = type[1]!
    const other = types.findIndex((candidate) => candidate?.[1] === partner(name))
    const latitude = types[other]
    // A spectrum may be tied to a right ascension alone.
    if (latitude === undefined || latitude === null) return null
    if (latitude[2] !== type[2])
      throw notReadable(
        `its axes have different projections (${type[2] ?? 'none'} and ${latitude[2] ?? 'none'})`,
        'CTYPE',
      )
    const algorithm = type[2] ?? null
    if (algorithm !== null && !ALGORITHMS.includes(algorithm))
      throw notReadable(`there is no projection ${algorithm}`, `CTYPE${k + 1}${alternate}`)
    return {
      names: { longitude: name, latitude: latitude[1]! },
      axis: { longitude: k + 1, latitude: other + 1 },
      algorithm: algorithm as Algorithm | null,
      sip: type[3] !== undefined && latitude[3] !== undefined,
    }
  }
  return null
}
