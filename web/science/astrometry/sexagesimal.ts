import { degrees, type Degrees } from '../../core/units'

/** `hh:mm:ss.ss`, or with the sign `+dd:mm:ss.s`; a rounded-up 60 is carried. */
const formatParts = (value: number, decimals: number): string => {
  const scale = 10 ** decimals
  const total = Math.round(value * 3600 * scale)
  const seconds = (total % (60 * scale)) / scale
  const minutes = Math.floor(total / (60 * scale)) % 60
  const whole = Math.floor(total / (3600 * scale))
  const width = decimals === 0 ? 2 : 3 + decimals
  const pad = (part: number): string => String(part).padStart(2, '0')
  return `${pad(whole)}:${pad(minutes)}:${seconds.toFixed(decimals).padStart(width, '0')}`
}

/** Right ascension as hours, `hh:mm:ss.ss`; 23:59:59.999 rounds to 00:00:00.00. Empty for NaN. */
export const formatRightAscension = (angle: Degrees, decimals = 2): string => {
  if (!Number.isFinite(angle)) return ''
  const text = formatParts((((angle % 360) + 360) % 360) / 15, decimals)
  return text.startsWith('24:') ? `00${text.slice(2)}` : text
}

/** Declination as `+dd:mm:ss.s`, its sign kept also between 0 and -1 degree. Empty for NaN. */
export const formatDeclination = (angle: Degrees, decimals = 1): string => {
  if (!Number.isFinite(angle)) return ''
  const text = formatParts(Math.abs(angle), decimals)
  return `${angle < 0 && /[1-9]/.test(text) ? '-' : '+'}${text}`
}

/** Characters of an angle; longer texts are none. */
const LONGEST = 100
const SEPARATED =
  /^([+-])?(\d{1,3})(?:\s*[:hd°]\s*|\s+)(\d{1,2}(?:\.\d+)?)(?:(?:\s*[:m'′]\s*|\s+)(\d{1,2}(?:\.\d+)?)?\s*[s"″]?|\s*[m'′])?$/i
const PLAIN = /^[+-]?\d+(\.\d*)?$/

/** A sexagesimal number with its sign, or null; `plain` says that it was a single decimal number. */
const parseParts = (text: string): { value: number; plain: boolean } | null => {
  // Blanks may stand in several places: a long run of them would be tried in all of them.
  if (text.length > LONGEST) return null
  const trimmed = text.trim().replace('−', '-')
  if (PLAIN.test(trimmed)) return { value: Number(trimmed), plain: true }
  const match = SEPARATED.exec(trimmed)
  if (match === null) return null
  const [whole, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)]
  if (minutes >= 60 || seconds >= 60 || (match[4] !== undefined && !Number.isInteger(minutes))) return null
  const value = whole + minutes / 60 + seconds / 3600
  return { value: match[1] === '-' ? -value : value, plain: false }
}

/**
 * Right ascension in degrees: `02:04:10.3`, `2 4 10.3`, `2h04m10.3s` are hours; one decimal number is degrees; null for anything else,
 * for hours from 24 and degrees from 360 on, and for negative values.
 */
export const parseRightAscension = (text: string): Degrees | null => {
  if (/[d°'"′″]/i.test(text)) return null
  const parts = parseParts(text)
  if (parts === null || parts.value < 0) return null
  const angle = parts.plain ? parts.value : parts.value * 15
  return angle < 360 ? degrees(angle) : null
}

/** Declination in degrees: `+46:41:23`, `-0 30 00`, `46d41m23s`, `46° 41′ 23″` or one decimal number; null beyond 90 and for anything else. */
export const parseDeclination = (text: string): Degrees | null => {
  if (/h/i.test(text)) return null
  const parts = parseParts(text)
  if (parts === null || Math.abs(parts.value) > 90) return null
  return degrees(parts.value)
}
