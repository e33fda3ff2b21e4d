import type { Header } from '../../core/header'
import { listBuiltInProfiles } from './built-in-profiles'
import { weighCondition } from './condition'
import type { InstrumentProfile } from './profile-schema'

/** How well a profile fits: null where it does not. */
const weighProfile = (profile: InstrumentProfile, header: Header): number | null => {
  const weight = weighCondition(profile.recognise, header)
  return weight === null ? null : (profile.specificity ?? weight)
}

/** Of those that fit, the one whose conditions say most; of equals the first. */
const findBest = (profiles: readonly InstrumentProfile[], header: Header): InstrumentProfile | null => {
  let best: { readonly profile: InstrumentProfile; readonly weight: number } | null = null
  for (const profile of profiles) {
    const weight = weighProfile(profile, header)
    if (weight !== null && (best === null || weight > best.weight)) best = { profile, weight }
  }
  return best?.profile ?? null
}

/** The profile for a header. A person's own come before all that are built in. */
export const findProfile = (header: Header, own: readonly InstrumentProfile[] = []): InstrumentProfile => {
  const builtIn = listBuiltInProfiles()
  const found = findBest(own, header) ?? findBest(builtIn, header) ?? builtIn.at(-1)
  if (found === undefined) throw new Error('There is no generic profile.')
  return found
}
