/** A value in a table of a service: its column there, or what has to be worked out there and is called by that name. */
export interface SourceColumn {
  readonly name: string
  /** In ADQL, where the table has no such column. */
  readonly expression?: string
}

export interface SourceBand {
  /** As the field calls it. */
  readonly name: string
  readonly system: string
  readonly magnitude: SourceColumn
  readonly error: SourceColumn | null
  /** Magnitudes in a unit of the column of errors, where the answer does not say it; 1 unless said. */
  readonly errorUnit?: number
}

/** A table of a service, and which of its columns are what. Names are case-sensitive: `gmag` and `Gmag` are two. */
export interface SourceTable {
  readonly service: ServiceName
  readonly table: string
  /** Put together with dashes where there are several. */
  readonly identifier: readonly SourceColumn[]
  readonly rightAscension: SourceColumn
  readonly declination: SourceColumn
  /** Milliarcseconds in a unit of the columns of errors, where the answer does not say it. */
  readonly errors: { readonly east: SourceColumn; readonly north: SourceColumn; readonly unit: number } | null
  readonly motion: {
    readonly east: SourceColumn
    readonly north: SourceColumn
    readonly eastError: SourceColumn
    readonly northError: SourceColumn
  } | null
  readonly parallax: { readonly value: SourceColumn; readonly error: SourceColumn } | null
  /** The first is the one that limits and orders. */
  readonly bands: readonly [SourceBand, ...SourceBand[]]
}

export type ServiceName = 'vizier' | 'gaia'

export interface CatalogueSource {
  readonly id: CatalogueSourceId
  readonly title: string
  /** Julian year of the positions. */
  readonly epoch: number
  /** Where it can be had, the first one first. */
  readonly tables: readonly [SourceTable, ...SourceTable[]]
}

const column = (name: string): SourceColumn => ({ name })
const worked = (name: string, expression: string): SourceColumn => ({ name, expression })

/** Bands whose errors are named after them, as VizieR does it. */
const named = (system: string, names: readonly string[]): SourceBand[] =>
  names.map((name) => ({
    // APASS writes its Sloan bands with a dash: g'mag.
    name: name.replace("'", ''),
    system,
    magnitude: column(name),
    error: column(`e_${name}`),
  }))

const first = (bands: SourceBand[]): [SourceBand, ...SourceBand[]] => bands as [SourceBand, ...SourceBand[]]

const GAIA_VEGA = 'Vega (Gaia DR3)'
const VIZIER_MOTION = {
  east: column('pmRA'),
  north: column('pmDE'),
  eastError: column('e_pmRA'),
  northError: column('e_pmDE'),
}

/** Of a mean flux with its signal to noise: the error of its magnitude, to first order. */
const gaiaBand = (name: string, band: string): SourceBand => ({
  name,
  system: GAIA_VEGA,
  magnitude: column(`phot_${band}_mean_mag`),
  error: worked(`phot_${band}_mean_mag_error`, `1.0857362 / phot_${band}_mean_flux_over_error`),
})

const vizierGaia: SourceTable = {
  service: 'vizier',
  table: 'I/355/gaiadr3',
  identifier: [column('Source')],
  rightAscension: column('RA_ICRS'),
  declination: column('DE_ICRS'),
  errors: { east: column('e_RA_ICRS'), north: column('e_DE_ICRS'), unit: 1 },
  motion: VIZIER_MOTION,
  parallax: { value: column('Plx'), error: column('e_Plx') },
  bands: first(named(GAIA_VEGA, ['Gmag', 'BPmag', 'RPmag'])),
}

const esaGaia: SourceTable = {
  service: 'gaia',
  table: 'gaiadr3.gaia_source',
  identifier: [column('source_id')],
  rightAscension: column('ra'),
  declination: column('dec'),
  errors: { east: column('ra_error'), north: column('dec_error'), unit: 1 },
  motion: {
    east: column('pmra'),
    north: column('pmdec'),
    eastError: column('pmra_error'),
    northError: column('pmdec_error'),
  },
  parallax: { value: column('parallax'), error: column('parallax_error') },
  bands: [gaiaBand('Gmag', 'g'), gaiaBand('BPmag', 'bp'), gaiaBand('RPmag', 'rp')],
}

export type CatalogueSourceId = 'gaia-dr3' | 'refcat2' | 'apass9' | 'panstarrs' | 'ucac4' | 'tycho2-pm'

/**
 * Catalogues that services have. Tables and columns as VizieR's own descriptions name them: Gaia DR3 (Gaia Collaboration 2023, A&A 674, A1),
 * ATLAS Refcat2 (Tonry et al. 2018, ApJ 867, 105; positions of Gaia DR2), APASS DR9 (Henden et al. 2016), Pan-STARRS1 (Chambers et al.
 * 2016), UCAC4 (Zacharias et al. 2013, AJ 145, 44), Tycho-2 (Hog et al. 2000, A&A 355, L27; mean positions at J2000).
 */
export const CATALOGUE_SOURCES: readonly CatalogueSource[] = [
  { id: 'gaia-dr3', title: 'Gaia DR3', epoch: 2016, tables: [vizierGaia, esaGaia] },
  {
    id: 'refcat2',
    title: 'ATLAS Refcat2',
    epoch: 2015.5,
    tables: [
      {
        service: 'vizier',
        table: 'J/ApJ/867/105/refcat2',
        // Its rows have no name of their own.
        identifier: [column('recno')],
        rightAscension: column('RA_ICRS'),
        declination: column('DE_ICRS'),
        errors: null,
        motion: VIZIER_MOTION,
        parallax: { value: column('Plx'), error: column('e_Plx') },
        bands: first([
          ...named('AB (Pan-STARRS1)', ['rmag', 'gmag', 'imag', 'zmag']),
          ...named('Vega (Gaia DR2)', ['Gmag', 'BPmag', 'RPmag']),
        ]),
      },
    ],
  },
  {
    id: 'apass9',
    title: 'APASS DR9',
    epoch: 2000,
    tables: [
      {
        service: 'vizier',
        table: 'II/336/apass9',
        identifier: [column('recno')],
        rightAscension: column('RAJ2000'),
        declination: column('DEJ2000'),
        errors: { east: column('e_RAJ2000'), north: column('e_DEJ2000'), unit: 1000 },
        motion: null,
        parallax: null,
        bands: first([
          ...named('Vega (Johnson)', ['Vmag', 'Bmag']),
          ...named('AB (Sloan)', ["g'mag", "r'mag", "i'mag"]),
        ]),
      },
    ],
  },
  {
    id: 'panstarrs',
    title: 'Pan-STARRS1 DR1',
    epoch: 2012,
    tables: [
      {
        service: 'vizier',
        table: 'II/349/ps1',
        identifier: [column('objID')],
        rightAscension: column('RAJ2000'),
        declination: column('DEJ2000'),
        errors: { east: column('e_RAJ2000'), north: column('e_DEJ2000'), unit: 1000 },
        motion: null,
        parallax: null,
        bands: first(named('AB (Pan-STARRS1)', ['rmag', 'gmag', 'imag', 'zmag', 'ymag'])),
      },
    ],
  },
  {
    id: 'ucac4',
    title: 'UCAC4',
    epoch: 2000,
    tables: [
      {
        service: 'vizier',
        table: 'I/322A/out',
        identifier: [column('UCAC4')],
        rightAscension: column('RAJ2000'),
        declination: column('DEJ2000'),
        errors: { east: column('e_RAJ2000'), north: column('e_DEJ2000'), unit: 1 },
        motion: VIZIER_MOTION,
        parallax: null,
        bands: first([
          { name: 'fmag', system: 'UCAC', magnitude: column('f.mag'), error: null },
          ...named('Vega (Johnson)', ['Vmag', 'Bmag']).map((band) => ({ ...band, errorUnit: 0.01 })),
          ...named('AB (Sloan)', ['gmag', 'rmag', 'imag']).map((band) => ({ ...band, errorUnit: 0.01 })),
        ]),
      },
    ],
  },
  {
    id: 'tycho2-pm',
    title: 'Tycho-2',
    epoch: 2000,
    tables: [
      {
        service: 'vizier',
        table: 'I/259/tyc2',
        identifier: [column('TYC1'), column('TYC2'), column('TYC3')],
        rightAscension: column('RAmdeg'),
        declination: column('DEmdeg'),
        errors: { east: column('e_RAmdeg'), north: column('e_DEmdeg'), unit: 1 },
        motion: VIZIER_MOTION,
        parallax: null,
        bands: first(named('Vega (Tycho)', ['VTmag', 'BTmag'])),
      },
    ],
  },
]

export const findSource = (id: string): CatalogueSource | undefined =>
  CATALOGUE_SOURCES.find((source) => source.id === id)
