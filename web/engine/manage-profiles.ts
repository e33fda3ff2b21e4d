import { AsterismError } from '../core/errors'
import { formatProfile } from '../ingest/instruments/format-profile'
import type { InstrumentProfile } from '../ingest/instruments/profile-schema'
import type { IngestContract } from '../rpc/contracts'
import type { Workspace } from '../storage/workspace'
import type { NoteForLog } from './keep-log'
import type { KeptWorker } from './keep-worker'
import type { ProfileEntry, Studio } from './studio'

type ProfileCalls = Pick<
  Studio,
  | 'listProfiles'
  | 'proposeProfile'
  | 'tryProfile'
  | 'saveProfile'
  | 'removeProfile'
  | 'importProfile'
  | 'exportProfile'
  | 'rereadFrames'
  | 'restoreReadings'
>

interface ProfileHooks {
  readonly opened: Promise<Workspace>
  /** Checks what comes from outside, and reads headers, away from the page's own thread. */
  readonly worker: KeptWorker<IngestContract>
  readonly requireWriter: () => Promise<void>
  readonly onFrames: () => void
  readonly onProfiles: () => void
  readonly note: NoteForLog
}

const byTitle = (a: ProfileEntry, b: ProfileEntry): number => a.profile.title.localeCompare(b.profile.title)

/** A person's instrument profiles, and frames that are read again with them. */
export const manageProfiles = ({
  opened,
  worker,
  requireWriter,
  onFrames,
  onProfiles,
  note,
}: ProfileHooks): ProfileCalls => {
  const check = async (given: unknown): Promise<InstrumentProfile> => {
    const { profile, faults } = await worker.call((remote) => remote.checkProfile(given))
    if (profile === null) throw new AsterismError('bad-profile', faults.join(' '))
    return profile
  }
  const readOwn = async (name: string): Promise<InstrumentProfile | null> => {
    const stored = await (await opened).profiles.get(name)
    // One of a newer version is no former state that could come back through `saveProfile`.
    return stored === undefined
      ? null
      : (await worker.call((remote) => remote.checkProfile(stored.profile))).profile
  }
  const keep = async (profile: InstrumentProfile): Promise<InstrumentProfile | null> => {
    await requireWriter()
    const former = await readOwn(profile.name)
    await (await opened).profiles.put({ id: profile.name, profile, createdAt: Date.now() })
    await note(`The instrument profile "${profile.title}" was saved.`, { context: { profile: profile.name } })
    onProfiles()
    return former
  }
  const listOwn = async (): Promise<ProfileEntry[]> => {
    const stored = await (await opened).profiles.list()
    const checked = await Promise.all(
      stored.map(async ({ profile, createdAt }) => ({
        profile: (await worker.call((remote) => remote.checkProfile(profile))).profile,
        createdAt,
      })),
    )
    return checked.flatMap(({ profile, createdAt }) =>
      profile === null ? [] : [{ profile, createdAt, builtIn: false }],
    )
  }
  const listProfiles = async (): Promise<ProfileEntry[]> => {
    const builtIn = await worker.call((remote) => remote.builtInProfiles())
    const entries = builtIn.map((profile) => ({ profile, createdAt: null, builtIn: true }))
    return [...(await listOwn()).sort(byTitle), ...entries.sort(byTitle)]
  }
  return {
    listProfiles,
    proposeProfile: (frame) => worker.call((remote) => remote.proposeProfile(frame)),
    tryProfile: (given, frame) => worker.call((remote) => remote.tryProfile(given, frame)),
    saveProfile: async (given) => keep(await check(given)),
    removeProfile: async (name) => {
      await requireWriter()
      const former = await readOwn(name)
      await (await opened).profiles.delete(name)
      await note(`The instrument profile "${former?.title ?? name}" was removed.`, {
        context: { profile: name },
      })
      onProfiles()
      return former
    },
    importProfile: async (text) => {
      const profile = await worker.call((remote) => remote.parseProfile(text))
      return { profile, former: await keep(profile) }
    },
    exportProfile: async (name) => {
      const entry = (await listProfiles()).find(({ profile }) => profile.name === name)
      if (entry === undefined)
        throw new AsterismError('not-found', `There is no instrument profile "${name}".`, { profile: name })
      return formatProfile(entry.profile)
    },
    rereadFrames: async (frames, options = {}) => {
      await requireWriter()
      const ids = frames ?? (await (await opened).exposures.list()).map(({ id }) => id)
      try {
        const former = await worker.callTask((remote, port) => remote.rereadFrames(ids, port), options)
        await note(`The headers of ${ids.length} frames were read again; ${former.size} changed.`)
        return former
      } finally {
        onFrames()
      }
    },
    restoreReadings: async (readings) => {
      await requireWriter()
      const { exposures } = await opened
      const records = await exposures.getMany([...readings.keys()])
      await exposures.putMany(
        records.map(({ factWarnings: _factWarnings, ...record }) => ({
          ...record,
          ...readings.get(record.id),
        })),
      )
      await note(`${records.length} frames were set back to what was read from their headers before.`)
      onFrames()
    },
  }
}
