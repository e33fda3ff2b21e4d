import type { InstrumentProfile } from './profile-schema'

/** The text of a profile's file. */
export const formatProfile = (profile: InstrumentProfile): string => `${JSON.stringify(profile, null, 2)}\n`
