import type { Workspace } from '../../storage/workspace'
import { checkProfile } from './parse-profile'
import type { InstrumentProfile } from './profile-schema'

/** A person's own profiles. One that cannot be used, of a newer version perhaps, is left out: its frames are read without it. */
export const readOwnProfiles = async (workspace: Pick<Workspace, 'profiles'>): Promise<InstrumentProfile[]> =>
  (await workspace.profiles.list())
    .map(({ profile }) => checkProfile(profile).profile)
    .filter((profile) => profile !== null)
