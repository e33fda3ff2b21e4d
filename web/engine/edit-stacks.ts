import { AsterismError } from '../core/errors'
import type { StackRecord } from '../core/stack'
import { z } from '../core/validation'
import type { Workspace } from '../storage/workspace'
import type { NoteForLog } from './keep-log'
import type { Studio } from './studio'

type Edits = Pick<Studio, 'renameStack' | 'removeStacks' | 'restoreStacks'>

interface EditHooks {
  readonly onChange: () => void
  readonly requireWriter: () => Promise<void>
  readonly note: NoteForLog
}

const nameSchema = z.string().trim().min(1).max(200)

const requireStack = async (workspace: Workspace, id: string): Promise<StackRecord> => {
  const stack = await workspace.stacks.get(id)
  if (stack === undefined)
    throw new AsterismError('not-found', 'This stack is not in the workspace any more.', { stack: id })
  return stack
}

/**
 * What a person changes about stacks. One that is removed leaves its bytes where they are until the next purge, so that it can come back;
 * its frames stay as they are.
 */
export const editStacks = (
  opened: Promise<Workspace>,
  { onChange, requireWriter, note }: EditHooks,
): Edits => ({
  renameStack: async (id, name) => {
    const checked = nameSchema.safeParse(name)
    if (!checked.success)
      throw new AsterismError('bad-order', 'The name of a stack has between 1 and 200 characters.')
    await requireWriter()
    const workspace = await opened
    const stack = await requireStack(workspace, id)
    await workspace.stacks.put({ ...stack, name: checked.data })
    onChange()
    return stack.name
  },
  removeStacks: async (ids) => {
    await requireWriter()
    const workspace = await opened
    const stacks = await workspace.stacks.getMany(ids)
    // Noted first: bytes that a record still names are kept by the purge, whatever the note says.
    await workspace.noteUnusedBytes(stacks.map(({ bytesId }) => bytesId))
    await workspace.stacks.deleteMany(stacks.map(({ id }) => id))
    for (const { name } of stacks) await note(`The stack ${name} was removed.`)
    onChange()
    return stacks
  },
  restoreStacks: async (stacks) => {
    await requireWriter()
    const workspace = await opened
    for (const { bytesId, name } of stacks)
      if (!(await workspace.pixels.has(bytesId)))
        throw new AsterismError(
          'not-found',
          `The pixels of ${name} were deleted for good in the meantime. Stack its frames again.`,
        )
    await workspace.stacks.putMany(stacks)
    await workspace.noteUnusedBytes(
      stacks.map(({ bytesId }) => bytesId),
      true,
    )
    for (const { name } of stacks) await note(`The stack ${name} was brought back.`)
    onChange()
  },
})
