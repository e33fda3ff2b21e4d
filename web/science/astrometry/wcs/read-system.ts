import { readNumber, readText, type Header } from '../../../core/header'
import type { SkySystem } from '../systems/sky-system'

/** Modified Julian Date of J2000.0. */
const MJD_J2000 = 51_544.5

/** When the picture was taken as a Julian year, from MJD-OBS or DATE-OBS; to a day, which is more than the rotation of the FK4 asks for. */
const readEpoch = (header: Header): number | null => {
  const mjd = readNumber(header, 'MJD-OBS')
  if (mjd !== null) return 2000 + (mjd - MJD_J2000) / 365.25
  const date = /^(\d{4})-(\d{2})-(\d{2})/.exec(readText(header, 'DATE-OBS') ?? '')
  if (date === null) return null
  const days = Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3])) / 86_400_000
  return 2000 + (days + 40_587 - MJD_J2000) / 365.25
}

/**
 * The system of the axes from their name, RADESYS and EQUINOX (FITS standard 4.0, table 24 and section 8.3): without RADESYS an equinox before
 * 1984 means FK4 and a later one FK5, without both ICRS is meant. EPOCH and RADECSYS are older names of the same.
 */
export const readSystem = (header: Header, name: string, alternate: string): SkySystem => {
  if (name === 'GLON') return { name: 'galactic' }
  if (name === 'SLON') return { name: 'supergalactic' }
  const stated = (
    readText(header, `RADESYS${alternate}`) ??
    (alternate === '' ? readText(header, 'RADECSYS') : null) ??
    ''
  ).toUpperCase()
  const equinox =
    readEquinox(header, `EQUINOX${alternate}`) ?? (alternate === '' ? readEquinox(header, 'EPOCH') : null)
  if (name === 'ELON') return { name: 'ecliptic', equinox: equinox ?? 2000 }
  if (name !== 'RA') return { name: 'other', title: name }
  return nameEquatorial(stated, equinox, readEpoch(header))
}

/** EQUINOX as a number or as J2000 and B1950; what is no year counts as nothing. */
const readEquinox = (header: Header, keyword: string): number | null => {
  const number =
    readNumber(header, keyword) ?? Number(readText(header, keyword)?.replace(/^[JB]/i, '') ?? Number.NaN)
  return number > 1500 && number < 3000 ? number : null
}

const nameEquatorial = (stated: string, equinox: number | null, epoch: number | null): SkySystem => {
  if (stated === 'ICRS') return { name: 'icrs' }
  if (stated === 'FK5' || stated === 'J2000') return { name: 'fk5', equinox: equinox ?? 2000 }
  if (stated === 'FK4' || stated === 'FK4-NO-E' || stated === 'B1950') {
    const year = equinox ?? 1950
    return { name: stated === 'FK4-NO-E' ? 'fk4-no-e' : 'fk4', equinox: year, epoch: epoch ?? year }
  }
  if (stated !== '') return { name: 'other', title: stated }
  if (equinox === null) return { name: 'icrs' }
  return equinox < 1984 ? { name: 'fk4', equinox, epoch: epoch ?? equinox } : { name: 'fk5', equinox }
}
