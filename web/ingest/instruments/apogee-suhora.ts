import { readText } from '../../core/header'
import type { InstrumentProfile } from './profile'

/** Apogee Aspen-47 with Wollaston wedges at the 60 cm telescope of Mount Suhora. */
export const apogeeSuhora: InstrumentProfile = {
  name: 'apogee-suhora',
  recognise: (header) =>
    (readText(header, 'DEVICE') ?? '').startsWith('Apogee') &&
    (readText(header, 'OBSERVAT') ?? '').startsWith('Suhora'),
  // GAIN is the number of a setting; there is no gain in electrons in these headers.
  aliases: { gain: [] },
  correct: (facts) => ({
    telescope: 'Suhora 60 cm',
    // The number in brackets is that of the connection and changes from night to night.
    instrument: facts.instrument.replace(/\s*\[\d+\]$/, ''),
  }),
  notes: [
    'GAIN is the number of a setting, not electrons per ADU.',
    'DATE-OBS is the date alone; the time of day stands in TIME-OBS. JD is the middle of the exposure.',
    'With the filters P1 and P3 every star is there twice, side by side.',
  ],
}
