import type { Header } from '../../core/header'
import { apogeeSuhora } from './apogee-suhora'
import { generic } from './generic'
import { microObservatory } from './micro-observatory'
import type { InstrumentProfile } from './profile'
import { sbig } from './sbig'

/** In the order in which they are asked; the last one takes what is left. */
const INSTRUMENT_PROFILES: readonly InstrumentProfile[] = [microObservatory, apogeeSuhora, sbig, generic]

export const findProfile = (header: Header): InstrumentProfile =>
  INSTRUMENT_PROFILES.find((profile) => profile.recognise(header)) ?? generic

export type { InstrumentProfile } from './profile'
