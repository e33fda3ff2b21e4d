import type { ProjectRecord, TargetRecord } from '../core/target'
import type { Studio } from '../engine/studio'
import type { NoticesSlice } from './notices-slice'
import type { SliceAccess } from './slice-access'

export interface Change<Item> {
  readonly put?: readonly Item[]
  readonly remove?: readonly string[]
}

export interface TargetsSlice {
  readonly targets: readonly TargetRecord[]
  readonly projects: readonly ProjectRecord[]
  readonly refresh: () => Promise<void>
  /** `done`: what is told of it; with a way back. */
  readonly changeTargets: (change: Change<TargetRecord>, done: string) => Promise<void>
  readonly changeProjects: (change: Change<ProjectRecord>, done: string) => Promise<void>
}

type Store = Pick<Studio, 'subscribe' | 'listTargets' | 'changeTargets' | 'listProjects' | 'changeProjects'>

/** The change that takes a change back, from what was there before. */
const reverse = <Item extends { readonly id: string }>(
  { put = [], remove = [] }: Change<Item>,
  before: readonly Item[],
): Change<Item> => {
  const touched = new Set([...put.map(({ id }) => id), ...remove])
  const former = before.filter(({ id }) => touched.has(id))
  const known = new Set(former.map(({ id }) => id))
  return { put: former, remove: put.flatMap(({ id }) => (known.has(id) ? [] : [id])) }
}

export const createTargetsSlice = (
  { get, set }: SliceAccess<TargetsSlice>,
  studio: Store,
  notices: () => NoticesSlice,
): TargetsSlice => {
  const refresh = async (): Promise<void> => {
    try {
      const [targets, projects] = await Promise.all([studio.listTargets(), studio.listProjects()])
      set({ targets, projects })
    } catch (error) {
      notices().tellError(error)
    }
  }
  studio.subscribe((event) => {
    if (
      event.kind === 'results-changed' &&
      event.tables.some((table) => table === 'targets' || table === 'projects')
    )
      void refresh()
  })
  const act = async <Item extends { readonly id: string }>(
    store: (change: Change<Item>) => Promise<void>,
    change: Change<Item>,
    before: readonly Item[],
    done: string,
  ): Promise<void> => {
    try {
      await store(change)
      notices().tell({
        key: done,
        undo: () => void store(reverse(change, before)).catch(notices().tellError),
      })
    } catch (error) {
      notices().tellError(error)
    }
  }
  return {
    targets: [],
    projects: [],
    refresh,
    changeTargets: (change, done) => act((each) => studio.changeTargets(each), change, get().targets, done),
    changeProjects: (change, done) =>
      act((each) => studio.changeProjects(each), change, get().projects, done),
  }
}
