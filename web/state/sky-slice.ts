import type { ErrorContext } from '../core/errors'
import { chooseNewest, type PlateSolutionRecord } from '../core/plate-solution'
import type { WorkOrderReport } from '../core/work-order'
import type { Studio } from '../engine/studio'
import type { NoticesSlice } from './notices-slice'
import type { OrdersSlice } from './orders-slice'
import type { PanelsSlice } from './panels-slice'
import type { SliceAccess } from './slice-access'
import { DEFAULT_HINTS, makeSolveParameters, type SolveHintsChoice } from './solve-hints'

/** Why a frame has no solution, as the order said. */
export interface SolveFailure {
  readonly frame: string
  readonly code: string
  readonly reason: string
  /** What the reason speaks of; empty where nothing more is known. */
  readonly values: ErrorContext
}

export interface SkySlice {
  /** The solution that counts, by exposure. */
  readonly solutions: ReadonlyMap<string, PlateSolutionRecord>
  readonly hints: SolveHintsChoice
  /** Of the last order, by exposure. */
  readonly failures: ReadonlyMap<string, SolveFailure>
  readonly refresh: () => Promise<void>
  readonly changeHints: (change: Partial<SolveHintsChoice>) => void
  /** Solves exposures with the hints as they are. */
  readonly solve: (exposures: readonly string[]) => Promise<void>
  readonly forget: (exposures: readonly string[]) => Promise<void>
}

interface Others {
  readonly notices: () => Pick<NoticesSlice, 'tell' | 'tellError'>
  readonly orders: () => Pick<OrdersSlice, 'submit'>
  readonly panels: () => Pick<PanelsSlice, 'panel' | 'open'>
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

const listFailures = (report: WorkOrderReport, exposures: readonly string[]): readonly SolveFailure[] =>
  report.failures.flatMap(({ frame, code, reason, values = {} }) =>
    // What went wrong before any frame was looked at went wrong for all of them.
    (frame === undefined ? exposures : [frame]).map((each) => ({ frame: each, code, reason, values })),
  )

/** Where frames are on the sky: what was solved, with which hints, and what was refused. */
export const createSkySlice = (
  { get, set }: SliceAccess<SkySlice>,
  studio: Edits,
  { notices, orders, panels }: Others,
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
    hints: DEFAULT_HINTS,
    failures: new Map(),
    refresh,
    changeHints: (change) => set(({ hints }) => ({ hints: { ...hints, ...change } })),
    solve: async (exposures) => {
      const kept = new Map(get().failures)
      for (const exposure of exposures) kept.delete(exposure)
      set({ failures: kept })
      const report = await orders().submit(
        { request: 'solve', frames: exposures, parameters: makeSolveParameters(get().hints) },
        { saysFailures: true },
      )
      await refresh()
      if (report === null) return
      const failures = listFailures(report, exposures).filter(({ frame }) => !get().solutions.has(frame))
      set({ failures: new Map([...kept, ...failures.map((failure) => [failure.frame, failure] as const)]) })
      // The panel says of each frame why; whoever looks at something else is told, and led there.
      if (failures.length > 0 && panels().panel !== 'sky')
        notices().tell({
          key: 'notSolved',
          tone: 'bad',
          values: { count: failures.length },
          link: { key: 'whyNotSolved', open: () => panels().open('sky') },
        })
    },
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
