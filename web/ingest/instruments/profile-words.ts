// The words that a profile may use, apart from what they do: the form that writes profiles needs no more.

/** Fields whose cards hold numbers; the others hold words, sections or kinds and have one way to be read. */
export const NUMBER_FIELDS = [
  'exposure',
  'binningX',
  'binningY',
  'gain',
  'gainSetting',
  'readNoise',
  'temperature',
  'saturation',
  'latitude',
  'longitude',
  'elevation',
  'rightAscension',
  'declination',
  'airmass',
  'pixelScale',
  'pixelSize',
  'unbinnedPixelSize',
  'focalLength',
  'pedestal',
] as const

export const PLAIN_FIELDS = [
  'kind',
  'telescope',
  'instrument',
  'filter',
  'object',
  'siteName',
  'bayerPattern',
  'rowOrder',
  'overscan',
  'trim',
] as const

/** Cleaners of text, by name: a profile says which, and holds no program itself. */
export const TIDY_NAMES = ['planet-host-hyphens', 'drop-bracketed-number'] as const

/** What `kinds` may name. */
export const RAW_KINDS = ['bias', 'dark', 'flat', 'arc', 'light', 'unknown'] as const

/** Ways to read a number out of a card. Each gives the unit in which facts are kept: seconds, degrees, degrees Celsius, metres. */
export const NUMBER_READERS = [
  'number',
  'seconds',
  'milliseconds',
  'microseconds',
  'minutes',
  'celsius',
  'kelvin',
  'fahrenheit',
  'degrees',
  'hours',
  'radians',
  'right-ascension',
  'declination',
  'longitude',
  'east-longitude',
  'west-longitude',
  'metres',
  'binning-x',
  'binning-y',
  'gain-with-unit',
] as const

export type NumberReader = (typeof NUMBER_READERS)[number]
