import { AsterismError } from '../../core/errors'
import type { FrameReading } from '../../core/frame'
import type { Workspace } from '../../storage/workspace'
import { readFacts } from '../read-facts'
import { listBuiltInProfiles } from './built-in-profiles'
import { weighCondition } from './condition'
import { findProfile } from './find-profile'
import { readOwnProfiles } from './own-profiles'
import { checkProfile, type CheckedProfile } from './parse-profile'
import type { InstrumentProfile } from './profile-schema'

/** What a draft would do. */
export interface ProfileTrial {
  /** What is wrong with it, a sentence each; then nothing else is known. */
  readonly faults: readonly string[]
  /** Its conditions hold for this frame. */
  readonly fits: boolean
  /** Name of the profile that this frame would be read by; another one may fit better. */
  readonly taken: string
  /** How many of the frames that are here would be read by it. */
  readonly frames: number
  readonly of: number
  /** This frame as the draft reads it, whether its conditions hold or not. */
  readonly reading: Pick<FrameReading, 'facts' | 'sources' | 'warnings'> | null
}

const SLICE = 100

/** Checks a profile that a person made: its name must be free. */
export const checkOwnProfile = (given: unknown): CheckedProfile => {
  const checked = checkProfile(given)
  const name = checked.profile?.name
  if (name === undefined || listBuiltInProfiles().every((builtIn) => builtIn.name !== name)) return checked
  return { profile: null, faults: [`name: "${name}" is the name of a built-in profile. Choose another.`] }
}

/** Reads one frame with a draft, and counts the frames that it would take. Nothing is stored. */
export const tryProfile = async (
  workspace: Pick<Workspace, 'exposures' | 'headers' | 'profiles'>,
  given: unknown,
  frame: string,
): Promise<ProfileTrial> => {
  const { profile, faults } = checkOwnProfile(given)
  const none = { fits: false, taken: '', frames: 0, of: 0, reading: null }
  if (profile === null) return { ...none, faults }
  const [record, header] = await Promise.all([workspace.exposures.get(frame), workspace.headers.get(frame)])
  if (record === undefined || header === undefined)
    throw new AsterismError('not-found', 'This frame has no header in the workspace.', { frame })
  const others = (await readOwnProfiles(workspace)).filter(({ name }) => name !== profile.name)
  const profiles: readonly InstrumentProfile[] = [profile, ...others]
  const ids = (await workspace.exposures.list()).map(({ id }) => id)
  let frames = 0
  for (let start = 0; start < ids.length; start += SLICE) {
    const headers = await workspace.headers.getMany(ids.slice(start, start + SLICE))
    frames += headers.filter(({ cards }) => findProfile(cards, profiles) === profile).length
  }
  const { facts, sources, warnings } = readFacts(header.cards, record.path, profile)
  return {
    faults: [],
    fits: weighCondition(profile.recognise, header.cards) !== null,
    taken: findProfile(header.cards, profiles).name,
    frames,
    of: ids.length,
    reading: { facts, sources, warnings },
  }
}
