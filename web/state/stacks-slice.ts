import type { Studio } from '../engine/studio'
import { trimStackChoices, type StackChoices } from '../pipeline/stack/stack-choices'
import type { LibrarySlice } from './library-slice'
import type { NoticesSlice } from './notices-slice'
import type { SliceAccess } from './slice-access'
import type { SelectionSlice } from './selection-slice'

export interface StacksSlice {
  /** How stacks are made, where a person said more than nothing. */
  readonly choices: StackChoices
  /** Exposures that are ticked to be stacked; null for the lights of the open night in one filter. */
  readonly picked: readonly string[] | null
  readonly change: (choices: StackChoices) => void
  readonly reset: () => void
  readonly pick: (frames: readonly string[] | null) => void
  readonly rename: (stack: string, name: string) => Promise<void>
  readonly remove: (stack: string) => Promise<void>
}

interface Others {
  readonly notices: () => Pick<NoticesSlice, 'tell' | 'tellError'>
  readonly library: () => Pick<LibrarySlice, 'refresh'>
  readonly selection: () => Pick<SelectionSlice, 'master' | 'closeMaster'>
}

type Edits = Pick<Studio, 'renameStack' | 'removeStacks' | 'restoreStacks'>

/** What a person does to stacks; each can be taken back. */
export const createStacksSlice = (
  { get, set }: SliceAccess<StacksSlice>,
  studio: Edits,
  { notices, library, selection }: Others,
): StacksSlice => {
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
      await library().refresh()
    } catch (error) {
      notices().tellError(error)
    }
  }
  return {
    choices: {},
    picked: null,
    change: (choices) => set({ choices: trimStackChoices({ ...get().choices, ...choices }) }),
    reset: () => set({ choices: {} }),
    pick: (picked) => set({ picked }),
    rename: (stack, name) =>
      attempt(async () => {
        const former = await studio.renameStack(stack, name)
        if (former === name.trim()) return
        const undo = () => void attempt(async () => void (await studio.renameStack(stack, former)))
        notices().tell({ key: 'stackRenamed', values: { name: name.trim() }, undo })
      }),
    remove: (stack) =>
      attempt(async () => {
        const removed = await studio.removeStacks([stack])
        if (selection().master === stack) selection().closeMaster()
        const [first] = removed
        if (first === undefined) return
        const undo = () => void attempt(() => studio.restoreStacks(removed))
        notices().tell({ key: 'stackRemoved', values: { name: first.name }, undo })
      }),
  }
}
