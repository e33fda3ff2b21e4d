import { readText } from '../../core/header'
import { DATE_KEYWORDS } from '../parse-time'
import { readAngle, wrapLongitude, type CardReader } from '../read-values'
import { aliases } from '../header-aliases'
import type { InstrumentProfile } from './profile'

const readWestLongitude: CardReader<number> = (card) => {
  const west = readAngle(card)
  return west === null || Math.abs(west) > 360 ? null : wrapLongitude(-west)
}

/** Kelvin, -1 when there is no reading. */
const readKelvin: CardReader<number> = (card) =>
  typeof card.value === 'number' && card.value > 0 ? Math.round((card.value - 273.15) * 100) / 100 : null

/** Of the ridge on Mount Hopkins; no header gives it. 300 m of error are 1 microsecond of light time. */
const RIDGE_ELEVATION = 2340

/** The observers' names of planet hosts leave hyphens out that every catalogue has. */
const restoreHyphens = (object: string | null): string | null => {
  const match = /^(HAT|WASP|TRES|XO|KELT|QATAR|COROT|TOI)-?(P(?=\s*-?\d)|TR(?=\s*-?\d))?\s*-?\s*(\d+)$/i.exec(
    object ?? '',
  )
  if (!match) return object
  const [, survey = '', kind, number = ''] = match
  return [survey.toUpperCase() === 'TRES' ? 'TrES' : survey.toUpperCase(), kind?.toUpperCase(), number]
    .filter((part) => part !== undefined)
    .join('-')
}

export const microObservatory: InstrumentProfile = {
  name: 'micro-observatory',
  recognise: (header) =>
    (readText(header, 'CREATOR') ?? '').startsWith('MicroObservatory') ||
    (readText(header, 'REFERENC') ?? '').includes('microobservatory'),
  // DATE-OBS is local time; it carries its zone, but UT-OBS needs none.
  dateKeywords: ['UT-OBS', ...DATE_KEYWORDS],
  aliases: { longitude: aliases(readWestLongitude, 'LONGITUD'), temperature: aliases(readKelvin, 'CAMTEMP') },
  defaultKind: 'light',
  correct: (facts) => ({
    // A 12-bit converter.
    saturation: 4095,
    object: restoreHyphens(facts.object),
    site: facts.site?.elevation === 0 ? { ...facts.site, elevation: RIDGE_ELEVATION } : facts.site,
  }),
  notes: [
    'DATE-OBS is local time; the time is taken from UT-OBS.',
    'LONGITUD counts to the west in these headers.',
    'The converter has 12 bits: pixels saturate at 4095.',
    'RA and DEC are where the telescope was pointed, which may be some arc minutes off.',
  ],
}
