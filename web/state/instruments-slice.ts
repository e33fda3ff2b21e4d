import type { ExposureRecord, FrameReading } from '../core/frame'
import type { ProfileEntry, Studio } from '../engine/studio'
import type { InstrumentProfile } from '../ingest/instruments/profile-schema'
import { withMeasured, type MeasuredCamera } from '../ingest/instruments/with-measured'
import type { NoticesSlice } from './notices-slice'
import type { SliceAccess } from './slice-access'

/** A profile that is being written, beside the frame that it is tried on. */
export interface ProfileDraft {
  readonly profile: InstrumentProfile
  readonly frame: string
}

export interface InstrumentsSlice {
  /** A person's own first; null until they were asked for. */
  readonly entries: readonly ProfileEntry[] | null
  readonly draft: ProfileDraft | null
  /** A profile changed, and frames that are here were read before that. */
  readonly stale: boolean
  readonly rereading: boolean
  readonly refresh: () => Promise<void>
  /** Begins a profile from a frame. */
  readonly begin: (frame: string) => Promise<void>
  readonly edit: (profile: InstrumentProfile, frame: string) => void
  readonly change: (profile: InstrumentProfile) => void
  readonly drop: () => void
  /** Keeps the draft, and reads the frames that are here again if wanted. True when it was kept. */
  readonly save: (reread: boolean) => Promise<boolean>
  /** Writes what was measured of a frame's camera into the person's own profile of it, and reads the frames that are here again. */
  readonly useMeasured: (frame: ExposureRecord, measured: MeasuredCamera) => Promise<void>
  readonly remove: (profile: InstrumentProfile) => Promise<void>
  readonly bringIn: (files: readonly { readonly name: string; readonly blob: Blob }[]) => Promise<void>
  readonly reread: () => Promise<void>
}

/** A profile is a page of text; what is longer is looked at by nobody. */
const MOST_BYTES = 1_000_000

export const createInstrumentsSlice = (
  { get, set }: SliceAccess<InstrumentsSlice>,
  studio: Studio,
  notices: () => NoticesSlice,
): InstrumentsSlice => {
  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work()
      return true
    } catch (error) {
      notices().tellError(error)
      return false
    }
  }
  const refresh = async (): Promise<void> => {
    await attempt(async () => set({ entries: await studio.listProfiles() }))
  }
  studio.subscribe((event) => {
    if (event.kind === 'profiles-changed' && get().entries !== null) void refresh()
  })

  const readAgain = async (): Promise<Map<string, FrameReading>> => {
    set({ rereading: true })
    try {
      const former = await studio.rereadFrames()
      set({ stale: false })
      return former
    } finally {
      set({ rereading: false })
    }
  }
  const takeBack = (profile: InstrumentProfile, former: InstrumentProfile | null) =>
    former === null ? studio.removeProfile(profile.name) : studio.saveProfile(former)

  const keep = async (
    profile: InstrumentProfile,
    reread: boolean,
    change: Partial<InstrumentsSlice> = {},
  ): Promise<void> => {
    const former = await studio.saveProfile(profile)
    set({ ...change, stale: !reread })
    const readings = reread ? await readAgain() : new Map<string, FrameReading>()
    notices().tell({
      key: reread ? 'profileSavedAndRead' : 'profileSaved',
      values: { name: profile.title, count: readings.size },
      tone: 'good',
      undo: () =>
        void attempt(async () => {
          await takeBack(profile, former)
          if (readings.size > 0) await studio.restoreReadings(readings)
        }),
    })
  }

  return {
    entries: null,
    draft: null,
    stale: false,
    rereading: false,
    refresh,
    begin: async (frame) => {
      await attempt(async () => set({ draft: { profile: await studio.proposeProfile(frame), frame } }))
    },
    edit: (profile, frame) => set({ draft: { profile, frame } }),
    change: (profile) => set(({ draft }) => (draft === null ? {} : { draft: { ...draft, profile } })),
    drop: () => set({ draft: null }),
    save: async (reread) => {
      const { draft } = get()
      if (draft === null) return false
      return attempt(() => keep(draft.profile, reread, { draft: null }))
    },
    useMeasured: async (frame, measured) => {
      await attempt(async () => {
        const entries = await studio.listProfiles()
        const own = entries.find(({ builtIn, profile }) => !builtIn && profile.name === frame.profile)
        const base = own?.profile ?? (await studio.proposeProfile(frame.id))
        await keep(withMeasured(base, measured), true)
      })
    },
    remove: async (profile) => {
      await attempt(async () => {
        const former = await studio.removeProfile(profile.name)
        set({ stale: true })
        const undo =
          former === null ? null : () => void attempt(async () => void (await studio.saveProfile(former)))
        notices().tell({ key: 'profileRemoved', values: { name: profile.title }, undo })
      })
    },
    bringIn: async (files) => {
      for (const { name, blob } of files) {
        await attempt(async () => {
          // Read no more of it than shows that it is too long.
          const { profile, former } = await studio.importProfile(await blob.slice(0, MOST_BYTES).text())
          set({ stale: true })
          notices().tell({
            key: former === null ? 'profileImported' : 'profileReplaced',
            values: { name: profile.title, file: name },
            tone: 'good',
            undo: () => void attempt(async () => void (await takeBack(profile, former))),
          })
        })
      }
    },
    reread: async () => {
      await attempt(async () => {
        const readings = await readAgain()
        notices().tell({
          key: 'reread',
          values: { count: readings.size },
          tone: 'good',
          undo: readings.size === 0 ? null : () => void attempt(() => studio.restoreReadings(readings)),
        })
      })
    },
  }
}
