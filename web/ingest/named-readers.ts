import type { NumberReader } from './instruments/profile-words'
import type { CardReader } from './read-values'
import {
  readAngle,
  readBinning,
  readCelsius,
  readDeclination,
  readFinite,
  readGainWithUnit,
  readLongitude,
  readMetres,
  readRightAscension,
  readSeconds,
  within,
  wrapLongitude,
} from './read-values'

const hundredths = (value: number): number => Math.round(value * 100) / 100

/** Kelvin as degrees Celsius; -1 and 0 are "no reading". */
const readKelvin: CardReader<number> = (card) => {
  const kelvin = readFinite(card)
  return kelvin !== null && kelvin > 0 ? hundredths(kelvin - 273.15) : null
}

const readFahrenheit: CardReader<number> = (card) => {
  const fahrenheit = readFinite(card)
  return fahrenheit === null ? null : hundredths(((fahrenheit - 32) * 5) / 9)
}

/** Hours, as a number or sexagesimal, as degrees. */
const readHours: CardReader<number> = (card) => {
  const hours = readAngle(card)
  return hours !== null && hours >= 0 && hours <= 24 ? (hours * 15) % 360 : null
}

const readRadians: CardReader<number> = (card) => {
  const radians = readFinite(card)
  return radians === null ? null : (radians * 180) / Math.PI
}

const readWestLongitude: CardReader<number> = (card) => {
  const west = readAngle(card)
  return west === null || Math.abs(west) > 360 ? null : wrapLongitude(-west)
}

const readEastLongitude: CardReader<number> = (card) => {
  const east = readAngle(card)
  return east === null || Math.abs(east) > 360 ? null : wrapLongitude(east)
}

/**
 * What a profile may name as the way to read a number out of a card. Each gives the unit in which facts are kept: seconds, degrees,
 * degrees Celsius, metres.
 */
export const READ_NUMBER: Readonly<Record<NumberReader, CardReader<number>>> = {
  number: readFinite,
  seconds: readSeconds,
  milliseconds: within(0, 1e6, 1e-3),
  microseconds: within(0, 1e6, 1e-6),
  minutes: within(0, 1e6, 60),
  celsius: readCelsius,
  kelvin: readKelvin,
  fahrenheit: readFahrenheit,
  degrees: readAngle,
  hours: readHours,
  radians: readRadians,
  'right-ascension': readRightAscension,
  declination: readDeclination,
  longitude: readLongitude,
  'east-longitude': readEastLongitude,
  'west-longitude': readWestLongitude,
  metres: readMetres,
  'binning-x': readBinning(0),
  'binning-y': readBinning(1),
  'gain-with-unit': readGainWithUnit,
}
