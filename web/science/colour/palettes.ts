import type { PerChannel } from '../../core/colour-picture'

/** What a name of a filter says about the light that it lets through: middle of it, nanometres, and whether it is one line. */
interface Passband {
  readonly wavelength: number
  readonly line: 'sii' | 'ha' | 'oiii' | null
}

/** Middles of bands: Bessell (2005, ARA&A 43, 293), SDSS (Fukugita et al. 1996), and the lines themselves. Names as in headers, without signs. */
const BANDS: readonly (readonly [RegExp, Passband])[] = [
  [/^(sii|s2|sulphur|sulfur)/, { wavelength: 672, line: 'sii' }],
  [/^(ha$|ha\d|halpha|h_?alpha|hydrogen)/, { wavelength: 656, line: 'ha' }],
  [/^(oiii|o3|oxygen)/, { wavelength: 501, line: 'oiii' }],
  [/^(hb$|hbeta)/, { wavelength: 486, line: null }],
  [/^(clear|lum|l$|luminance|none|open|white)/, { wavelength: 550, line: null }],
  [/^(ks?$|ks?band)/, { wavelength: 2190, line: null }],
  [/^h(band)?$/, { wavelength: 1630, line: null }],
  [/^j(band)?$/, { wavelength: 1220, line: null }],
  [/^z[sp]?$|^sdssz/, { wavelength: 910, line: null }],
  [/^i[cp]?$|^sdssi|^ic$/, { wavelength: 790, line: null }],
  [/^(r$|red|rc$|rp$|sdssr|bessellr|cousinsr|johnsonr)/, { wavelength: 640, line: null }],
  [/^(v$|visual|johnsonv|bessellv|visible)/, { wavelength: 550, line: null }],
  [/^(green|gn$)/, { wavelength: 530, line: null }],
  [/^(g$|gp$|sdssg)/, { wavelength: 480, line: null }],
  [/^(b$|blue|johnsonb|bessellb)/, { wavelength: 440, line: null }],
  [/^(u$|up$|sdssu|ultraviolet)/, { wavelength: 360, line: null }],
]

export const findPassband = (filter: string | null): Passband | null => {
  const name = (filter ?? '').toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return BANDS.find(([pattern]) => pattern.test(name))?.[1] ?? null
}

/** Whether a filter lets all light through, as one for the brightness of a picture does. */
export const isLuminanceFilter = (filter: string | null): boolean =>
  /^(clear|lum|l$|luminance)/.test((filter ?? '').toLowerCase().replaceAll(/[^a-z0-9]/g, ''))

/**
 * Ways to give colours to filters. 'natural': by wavelength, longest red. 'sho' (the palette of the Hubble telescope): sulphur red, hydrogen green,
 * oxygen blue. 'hoo': hydrogen red, oxygen green and blue, near what the eye would see.
 */
export const COMPOSITE_PALETTES = ['natural', 'sho', 'hoo'] as const
export type CompositePalette = (typeof COMPOSITE_PALETTES)[number]

const [RED, GREEN, BLUE]: PerChannel<PerChannel<number>> = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

const SHO = { sii: RED, ha: GREEN, oiii: BLUE } as const
const HOO = { sii: RED, ha: RED, oiii: [0, 1, 1] } as const

/**
 * Colours for inputs in the order of their wavelengths, shortest first: one is grey; of two the shorter is blue, the longer red, and green is their mean; of three or more
 * each lies at its place between blue, green and red.
 */
const spread = (count: number): PerChannel<number>[] => {
  if (count === 1) return [[1, 1, 1]]
  if (count === 2)
    return [
      [0, 0.5, 1],
      [1, 0.5, 0],
    ]
  return Array.from({ length: count }, (_, index): PerChannel<number> => {
    const place = (2 * index) / (count - 1)
    return [Math.max(0, place - 1), 1 - Math.abs(place - 1), Math.max(0, 1 - place)]
  })
}

/** Colours of inputs from the names of their filters; those of unknown names come after the known, in their own order. */
export const proposeColours = (
  filters: readonly (string | null)[],
  palette: CompositePalette = 'natural',
): readonly PerChannel<number>[] => {
  const bands = filters.map((filter, index) => ({ index, band: findPassband(filter) }))
  if (palette !== 'natural') {
    const table = palette === 'sho' ? SHO : HOO
    if (bands.every(({ band }) => band?.line != null))
      return bands.map(({ band }) => table[band?.line ?? 'ha'])
  }
  const order = bands.toSorted((a, b) => (a.band?.wavelength ?? 1e4) - (b.band?.wavelength ?? 1e4))
  const colours = spread(filters.length)
  return filters.map((_, index) => colours[order.findIndex((each) => each.index === index)] ?? [1, 1, 1])
}
