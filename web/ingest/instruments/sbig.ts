import { readText } from '../../core/header'
import { aliases, HEADER_ALIASES } from '../header-aliases'
import { within } from '../read-values'
import type { InstrumentProfile } from './profile'

/** ST-402, ST-8, STL-1001 and their kin under CCDSoft or MaxIm DL, with the SBFITSEXT keywords. */
export const sbig: InstrumentProfile = {
  name: 'sbig',
  recognise: (header) => /^SBIG\b/i.test(readText(header, 'INSTRUME') ?? ''),
  aliases: {
    // CCDSoft's DATAMAX is the converter's highest value, not the frame's.
    saturation: [...HEADER_ALIASES.saturation, ...aliases(within(1, 1e6), 'DATAMAX')],
  },
  notes: [
    'EGAIN is in electrons per ADU, as the maker measured it; measure your own camera to be sure.',
    'CCDSoft writes "Light Frame" on flats and arcs too: the kind comes from the name where the name gives one.',
    'A pedestal of 100 ADU is added when the camera subtracts a dark itself.',
  ],
}
