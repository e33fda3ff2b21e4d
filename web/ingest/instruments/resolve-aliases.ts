import { HEADER_ALIASES, type HeaderAliases } from '../header-aliases'
import { READ_NUMBER } from '../named-readers'
import { readBayerPattern, readPedestal, readRowOrder, readSection } from '../read-layout'
import { readFinite, readWords, type Alias, type CardReader } from '../read-values'
import { readKindWord } from '../kind-words'
import type { InstrumentProfile } from './profile-schema'
import { NUMBER_FIELDS, PLAIN_FIELDS } from './profile-words'

type NumberField = (typeof NUMBER_FIELDS)[number]
type PlainField = (typeof PLAIN_FIELDS)[number]

/** How a card of a field is read when the profile does not say, and between which values a result is believed. */
const NUMBER_RULES: Readonly<
  Record<NumberField, { readonly read: CardReader<number>; readonly low: number; readonly high: number }>
> = {
  exposure: { read: READ_NUMBER.seconds, low: 0, high: 1e6 },
  binningX: { read: READ_NUMBER['binning-x'], low: 1, high: 64 },
  binningY: { read: READ_NUMBER['binning-y'], low: 1, high: 64 },
  gain: { read: readFinite, low: 1e-3, high: 1000 },
  gainSetting: { read: readFinite, low: -1e6, high: 1e6 },
  readNoise: { read: readFinite, low: 1e-3, high: 1e4 },
  temperature: { read: READ_NUMBER.celsius, low: -273.15, high: 80 },
  saturation: { read: readFinite, low: 1, high: 1e9 },
  latitude: { read: READ_NUMBER.declination, low: -90, high: 90 },
  longitude: { read: READ_NUMBER.longitude, low: -180, high: 180 },
  elevation: { read: READ_NUMBER.metres, low: -500, high: 9000 },
  rightAscension: { read: READ_NUMBER['right-ascension'], low: 0, high: 360 },
  declination: { read: READ_NUMBER.declination, low: -90, high: 90 },
  airmass: { read: readFinite, low: 0.99, high: 60 },
  pixelScale: { read: readFinite, low: 1e-3, high: 3600 },
  pixelSize: { read: readFinite, low: 0.1, high: 1000 },
  unbinnedPixelSize: { read: readFinite, low: 0.1, high: 1000 },
  focalLength: { read: readFinite, low: 1, high: 1e6 },
  pedestal: { read: readPedestal, low: 0, high: 65_535 },
}

const PLAIN_READERS: { readonly [Field in PlainField]: CardReader<unknown> } = {
  kind: readKindWord,
  telescope: readWords,
  instrument: readWords,
  filter: readWords,
  object: readWords,
  siteName: readWords,
  bayerPattern: readBayerPattern,
  rowOrder: readRowOrder,
  overscan: readSection,
  trim: readSection,
}

const boundReader =
  (read: CardReader<number>, scale: number, low: number, high: number): CardReader<number> =>
  (card) => {
    const value = read(card)
    if (value === null) return null
    const scaled = value * scale
    return scaled >= low && scaled <= high ? scaled : null
  }

/** The general table with a profile's own lists in the place of the fields that it names; the word "general" puts the general list there. */
export const resolveAliases = (profile: InstrumentProfile): HeaderAliases => {
  const given = profile.aliases
  if (given === undefined) return HEADER_ALIASES
  const table: Partial<Record<keyof HeaderAliases, readonly Alias<unknown>[] | undefined>> = {}
  for (const field of NUMBER_FIELDS) {
    const { read, low, high } = NUMBER_RULES[field]
    table[field] = given[field]?.flatMap((entry): readonly Alias<unknown>[] =>
      entry === 'general'
        ? HEADER_ALIASES[field]
        : [
            {
              keyword: entry.keyword,
              read: boundReader(
                entry.read === undefined ? read : READ_NUMBER[entry.read],
                entry.scale ?? 1,
                low,
                high,
              ),
            },
          ],
    )
  }
  for (const field of PLAIN_FIELDS) {
    table[field] = given[field]?.flatMap((entry): readonly Alias<unknown>[] =>
      entry === 'general' ? HEADER_ALIASES[field] : [{ keyword: entry.keyword, read: PLAIN_READERS[field] }],
    )
  }
  const named = Object.entries(table).filter(([, list]) => list !== undefined)
  return { ...HEADER_ALIASES, ...Object.fromEntries(named) }
}
