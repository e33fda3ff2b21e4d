import { degrees, type Degrees } from '../../core/units'
import { parseDeclination, parseRightAscension } from './sexagesimal'

export interface Place {
  readonly rightAscension: Degrees
  readonly declination: Degrees
}

const LONGEST = 100
const DECIMAL_DEGREES = /^([+-]?\d+(?:\.\d*)?)\s*(?:d|deg|degrees|°)$/i
/** As names have it: J020410.28+464116.2, or without seconds. */
const COMPACT = /^j?(\d{2})(\d{2})(\d{2}(?:\.\d+)?)?([+-])(\d{2})(\d{2})(\d{2}(?:\.\d+)?)?$/i

const readRa = (text: string): Degrees | null => {
  const plain = DECIMAL_DEGREES.exec(text.trim())?.[1]
  if (plain !== undefined) {
    const value = Number(plain)
    return value >= 0 && value < 360 ? degrees(value) : null
  }
  return parseRightAscension(text)
}

const readDec = (text: string): Degrees | null => {
  const plain = DECIMAL_DEGREES.exec(text.trim())?.[1]
  return parseDeclination(plain ?? text)
}

/** The two halves: before and after a comma, before a sign, or as many numbers in each. */
const cutInTwo = (text: string): readonly [string, string] | null => {
  const comma = /^([^,;]+)[,;]([^,;]+)$/.exec(text)
  if (comma !== null) return [comma[1] ?? '', comma[2] ?? '']
  const sign = text.slice(1).search(/[+-]/)
  if (sign >= 0) return [text.slice(0, sign + 1), text.slice(sign + 1)]
  const words = text.split(' ')
  if (words.length % 2 !== 0) return null
  const half = words.length / 2
  return [words.slice(0, half).join(' '), words.slice(half).join(' ')]
}

/**
 * A place in the sky as people write it, ICRS or J2000: `02 04 10.2 +46 41 16`, `2h4m10.2s +46d41m16s`, `02:04:10.2 +46:41:16`,
 * `31.0425 46.6878`, `31.04d 46.69d`, `J020410.28+464116.2`. Right ascensions in three or two numbers are hours, single numbers degrees. Null
 * for anything else, which is then a name.
 */
export const parsePlace = (text: string): Place | null => {
  if (text.length > LONGEST) return null
  const tidy = text.trim().replaceAll('−', '-').replaceAll(/\s+/g, ' ')
  const compact = COMPACT.exec(tidy.replaceAll(' ', ''))
  if (compact !== null && (/^j/i.test(tidy) || compact[3] !== undefined)) {
    const [, hours, minutes, seconds = '0', sign = '+', degree, arc, arcSeconds = '0'] = compact
    const east = parseRightAscension(`${hours ?? ''}:${minutes ?? ''}:${seconds}`)
    const north = parseDeclination(`${sign}${degree ?? ''}:${arc ?? ''}:${arcSeconds}`)
    if (east !== null && north !== null) return { rightAscension: east, declination: north }
  }
  const halves = cutInTwo(tidy)
  if (halves === null) return null
  const [rightAscension, declination] = [readRa(halves[0].trim()), readDec(halves[1].trim())]
  return rightAscension === null || declination === null ? null : { rightAscension, declination }
}
