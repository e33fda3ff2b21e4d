import type { PlateSolutionRecord } from '../core/plate-solution'
import type { Workspace } from '../storage/workspace'
import type { NoteForLog } from './keep-log'
import type { Studio } from './studio'

type Edits = Pick<Studio, 'forgetSolutions' | 'restoreSolutions'>

interface EditHooks {
  readonly onChange: () => void
  readonly requireWriter: () => Promise<void>
  readonly note: NoteForLog
}

/** A frame whose place was found wrongly, or with worse hints than there are now, forgets it; the header then counts again. */
export const editSolutions = (
  opened: Promise<Workspace>,
  { onChange, requireWriter, note }: EditHooks,
): Edits => ({
  forgetSolutions: async (exposures) => {
    await requireWriter()
    const { plateSolutions } = await opened
    const lists = await Promise.all(exposures.map((exposure) => plateSolutions.listBy('exposure', exposure)))
    const removed = lists.flat()
    await plateSolutions.deleteMany(removed.map(({ id }) => id))
    for (const { name } of removed) await note(`The plate solution of ${name} was forgotten.`)
    onChange()
    return removed
  },
  restoreSolutions: async (solutions: readonly PlateSolutionRecord[]) => {
    await requireWriter()
    await (await opened).plateSolutions.putMany(solutions)
    for (const { name } of solutions) await note(`The plate solution of ${name} was brought back.`)
    onChange()
  },
})
