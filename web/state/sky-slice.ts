import { chooseNewest, type PlateSolutionRecord } from '../core/plate-solution'
import type { Studio } from '../engine/studio'
import type { NoticesSlice } from './notices-slice'
import type { SliceAccess } from './slice-access'

export interface SkySlice {
  /** The solution that counts, by exposure. */
  readonly solutions: ReadonlyMap<string, PlateSolutionRecord>
  readonly refresh: () => Promise<void>
  readonly forget: (exposures: readonly string[]) => Promise<void>
}

interface Others {
  readonly notices: () => Pick<NoticesSlice, 'tell' | 'tellError'>
}

type Edits = Pick<Studio, 'subscribe' | 'listSolutions' | 'forgetSolutions' | 'restoreSolutions'>

const gatherNewest = (
  solutions: readonly PlateSolutionRecord[],
): ReadonlyMap<string, PlateSolutionRecord> => {
  const groups = Map.groupBy(solutions, ({ exposure }) => exposure)
  return new Map(
    [...groups].flatMap(([exposure, group]) => {
      const newest = chooseNewest(group)
      return newest === null ? [] : [[exposure, newest] as const]
    }),
  )
}

/** Where frames are on the sky: what was solved, with which hints, and what was refused. */
export const createSkySlice = (
  { set }: SliceAccess<SkySlice>,
  studio: Edits,
  { notices }: Others,
): SkySlice => {
  const refresh = async (): Promise<void> => {
    try {
      set({ solutions: gatherNewest(await studio.listSolutions()) })
    } catch (error) {
      notices().tellError(error)
    }
  }
  studio.subscribe((event) => {
    if (event.kind === 'results-changed' && event.tables.includes('solutions')) void refresh()
  })
  return {
    solutions: new Map(),
    refresh,
    forget: async (exposures) => {
      try {
        const removed = await studio.forgetSolutions(exposures)
        await refresh()
        if (removed.length === 0) return
        const restore = async (): Promise<void> => {
          await studio.restoreSolutions(removed)
          await refresh()
        }
        notices().tell({
          key: 'solutionForgotten',
          values: { count: new Set(removed.map(({ exposure }) => exposure)).size },
          undo: () => void restore().catch(notices().tellError),
        })
      } catch (error) {
        notices().tellError(error)
      }
    },
  }
}
