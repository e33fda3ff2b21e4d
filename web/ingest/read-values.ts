import type { HeaderCard } from '../core/header'

/** Reads one card as a value of a field, or null when it does not hold a believable one. */
export type CardReader<Value> = (card: HeaderCard) => Value | null

export interface Alias<Value> {
  readonly keyword: string
  readonly read: CardReader<Value>
}

// What programs write where they have nothing to say.
const EMPTY_WORDS = new Set([
  '',
  '-',
  '--',
  '?',
  'N/A',
  'NA',
  'NONE',
  'NULL',
  'UNKNOWN',
  'UNSPECIFIED',
  'NOTPRESENT',
  'NOT PRESENT',
  'UNDEFINED',
  'DEFAULT',
])

export const readWords: CardReader<string> = (card) => {
  if (typeof card.value === 'number') return String(card.value)
  if (typeof card.value !== 'string') return null
  const text = card.value.trim()
  return EMPTY_WORDS.has(text.toUpperCase()) ? null : text
}

export const readFinite: CardReader<number> = (card) => {
  if (typeof card.value === 'number') return Number.isFinite(card.value) ? card.value : null
  if (typeof card.value !== 'string' || card.value.trim() === '') return null
  const number = Number(card.value.trim())
  return Number.isFinite(number) ? number : null
}

/** A number within a range, both ends included. */
export const within =
  (low: number, high: number, scale = 1): CardReader<number> =>
  (card) => {
    const number = readFinite(card)
    if (number === null) return null
    const scaled = number * scale
    return scaled >= low && scaled <= high ? scaled : null
  }

/** Metres above the sea, also with the unit behind the number. */
export const readMetres: CardReader<number> = (card) => {
  const text =
    typeof card.value === 'string' ? card.value.trim().replace(/\s*m(?:et(?:re|er)s?)?$/i, '') : null
  return within(-500, 9000)(text === null ? card : { ...card, value: text })
}

/** Seconds; a comment that speaks of milliseconds is believed. */
export const readSeconds: CardReader<number> = (card) => {
  const scale = /\b(?:ms|msec|milli-?seconds?)\b/i.test(card.comment) ? 1e-3 : 1
  return within(0, 1e6, scale)(card)
}

/** Degrees Celsius. Kelvin when the comment says so or when no camera could be that warm; -1 K is "no data". */
export const readCelsius: CardReader<number> = (card) => {
  const number = readFinite(card)
  if (number === null) return null
  const kelvin = /kelvin|\[K\]/i.test(card.comment) || number > 150
  const celsius = kelvin ? number - 273.15 : number
  if (kelvin && number <= 0) return null
  return celsius >= -220 && celsius <= 80 ? Math.round(celsius * 1e6) / 1e6 : null
}

const SEXAGESIMAL =
  /^([NSEW])?\s*([+-]?)\s*(\d{1,3})(?:[:hd°]|\s)\s*(\d{1,2})(?:(?:[:m'′]|\s)\s*(\d{1,2}(?:\.\d*)?))?\s*["″s]?\s*([NSEW])?$/i

/** `12:34:56.7`, `12 34 56.7` or `12h34m56.7s` as a number of its first unit, with what stood around it. Null when it is nothing of the kind. */
export const parseSexagesimal = (text: string): number | null => {
  const match = SEXAGESIMAL.exec(text.trim())
  if (!match) return null
  const [, before = '', sign = '', whole = '0', minutes = '0', seconds = '0', after = ''] = match
  if (Number(minutes) >= 60 || Number(seconds) > 60) return null
  const value = Number(whole) + Number(minutes) / 60 + Number(seconds) / 3600
  const side = (before || after).toUpperCase()
  return sign === '-' || side === 'S' || side === 'W' ? -value : value
}

/** Degrees from a number or sexagesimal degrees; radians when the comment says so. */
export const readAngle: CardReader<number> = (card) => {
  const number = readFinite(card)
  if (number !== null) return /radian/i.test(card.comment) ? (number * 180) / Math.PI : number
  return typeof card.value === 'string' ? parseSexagesimal(card.value) : null
}

/** Degrees of right ascension: a number is degrees unless the comment says hours, sexagesimal text is hours. */
export const readRightAscension: CardReader<number> = (card) => {
  const number = readFinite(card)
  const hours = number ?? (typeof card.value === 'string' ? parseSexagesimal(card.value) : null)
  if (hours === null) return null
  const inDegrees = number !== null ? !/\bhours?\b|\[h(?:r|ours?)?\]/i.test(card.comment) : hours > 24
  const angle = inDegrees ? hours : hours * 15
  if (angle < -360 || angle > 360) return null
  return angle < 0 ? angle + 360 : angle === 360 ? 0 : angle
}

export const readDeclination: CardReader<number> = (card) => {
  const angle = readAngle(card)
  return angle !== null && Math.abs(angle) <= 90 ? angle : null
}

// "negative = west" says the same as "east positive", so a bare mention of the west is not enough.
const WEST_POSITIVE =
  /west\s*(?:is\s*)?(?:positive|\+|>\s*0)|positive\s*(?:=\s*|to(?:wards)?\s*(?:the\s*)?)?west|\[?deg(?:rees)?\.?\s+w(?:est)?\b/i

/** Degrees, east positive, -180 to 180. West-positive only where the comment says so; profiles know the silent ones. */
export const readLongitude: CardReader<number> = (card) => {
  const angle = readAngle(card)
  if (angle === null || Math.abs(angle) > 360) return null
  const east = WEST_POSITIVE.test(card.comment) ? -angle : angle
  return wrapLongitude(east)
}

export const wrapLongitude = (angle: number): number =>
  angle > 180 ? angle - 360 : angle < -180 ? angle + 360 : angle

/** The n-th number (from 0) of a text such as '2 2', '2x2' or '2,2', or of a plain number. */
export const readBinning =
  (axis: 0 | 1): CardReader<number> =>
  (card) => {
    const numbers =
      String(card.value ?? '')
        .match(/\d+/g)
        ?.map(Number) ?? []
    const binning = numbers[axis] ?? numbers[0]
    return binning !== undefined && binning >= 1 && binning <= 64 ? binning : null
  }

/** Electrons per ADU out of GAIN, only when the comment gives that unit: else it is a camera's setting. */
export const readGainWithUnit: CardReader<number> = (card) =>
  /\be(?:lectrons?)?-?\s*(?:\/|per)\s*(?:adu|counts?|dn)\b/i.test(card.comment)
    ? within(1e-3, 1000)(card)
    : null
