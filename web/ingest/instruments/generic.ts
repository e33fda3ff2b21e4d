import type { InstrumentProfile } from './profile'

/** Any instrument that no other profile knows: the general table, and nothing assumed. */
export const generic: InstrumentProfile = {
  name: 'generic',
  recognise: () => true,
  notes: [],
}
