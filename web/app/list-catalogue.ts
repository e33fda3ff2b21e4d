import type { CatalogueStars } from '../core/catalogue'
import type { LoadedCatalogue } from '../pipeline/astrometry/load-catalogue'

/** A star of a catalogue as a program gets it; what is not known is null. */
export interface ListedStar {
  readonly id: string | null
  /** ICRS degrees at the epoch of the answer. */
  readonly ra: number
  readonly dec: number
  /** Milliarcseconds a year, east already with cos(declination). */
  readonly pmra: number | null
  readonly pmdec: number | null
  readonly parallax: number | null
  readonly magnitudes: Readonly<Record<string, { readonly value: number; readonly error: number | null }>>
}

export interface ListedCatalogue extends Omit<LoadedCatalogue, 'stars'> {
  readonly stars: readonly ListedStar[]
  /** Julian year of the positions. */
  readonly epoch: number
  /** Photometric system of each band. */
  readonly bands: Readonly<Record<string, string>>
}

const known = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value

/** Magnitudes are stored as singles: no more digits than they have. */
const short = (value: number): number => Number(value.toPrecision(7))

const bandsOf = (stars: CatalogueStars, title: string) =>
  stars.bands ?? [
    {
      name: title === 'Tycho-2' ? 'VTmag' : 'mag',
      system: title === 'Tycho-2' ? 'Vega (Tycho)' : 'as the file has it',
      magnitude: stars.magnitude,
      error: new Float32Array(stars.magnitude.length).fill(Number.NaN),
    },
  ]

/** A loaded catalogue as plain objects, a star each. */
export const listCatalogue = ({ stars, ...rest }: LoadedCatalogue): ListedCatalogue => {
  const bands = bandsOf(stars, rest.source.title)
  return {
    ...rest,
    epoch: stars.epoch,
    bands: Object.fromEntries(bands.map(({ name, system }) => [name, system])),
    stars: Array.from(stars.rightAscension, (ra, at): ListedStar => {
      const magnitudes = bands.flatMap(({ name, magnitude, error }) => {
        const value = known(magnitude[at])
        if (value === null) return []
        const sigma = known(error[at])
        return [[name, { value: short(value), error: sigma === null ? null : short(sigma) }] as const]
      })
      return {
        id: stars.identifiers?.[at] ?? null,
        ra,
        dec: stars.declination[at] ?? Number.NaN,
        pmra: known(stars.motion?.east[at]),
        pmdec: known(stars.motion?.north[at]),
        parallax: known(stars.parallax?.value[at]),
        magnitudes: Object.fromEntries(magnitudes),
      }
    }),
  }
}
