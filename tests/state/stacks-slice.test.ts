import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { StackRecord } from '../../web/core/stack'
import { editStacks } from '../../web/engine/edit-stacks'
import { createStacksSlice, type StacksSlice } from '../../web/state/stacks-slice'
import { openWorkspace, type Workspace } from '../../web/storage/workspace'
import { makeStack } from '../support/make-stack'
import { createMemoryPixels } from '../support/memory-pixels'

let workspace: Workspace
let slice: StacksSlice
let undo: (() => void) | null
let open: string | null
const errors: unknown[] = []

const keep = async (stack: StackRecord): Promise<void> => {
  await workspace.pixels.write(stack.bytesId, new Uint8Array(8 * stack.width * stack.height))
  await workspace.stacks.put(stack)
}
const list = async () => (await workspace.stacks.list()).map(({ name }) => name)

beforeEach(async () => {
  workspace = await openWorkspace({ name: `stacks-${Math.random()}`, pixels: createMemoryPixels() })
  errors.length = 0
  undo = null
  open = 'stack-1'
  const studio = editStacks(Promise.resolve(workspace), {
    onChange: () => undefined,
    requireWriter: () => Promise.resolve(),
    note: () => Promise.resolve(),
  })
  const set = (change: Partial<StacksSlice> | ((former: StacksSlice) => Partial<StacksSlice>)) => {
    slice = { ...slice, ...(typeof change === 'function' ? change(slice) : change) }
  }
  slice = createStacksSlice({ get: () => slice, set }, studio, {
    notices: () => ({
      tell: (notice) => {
        undo = notice.undo ?? null
      },
      tellError: (error) => errors.push(error),
    }),
    library: () => ({ refresh: () => Promise.resolve() }),
    selection: () => ({
      master: open,
      closeMaster: () => {
        open = null
      },
    }),
  })
  await keep(makeStack({ id: 'stack-1', name: 'deep.fits' }))
})

afterEach(() => workspace.close())

it('a stack is renamed, and has its former name again', async () => {
  await slice.rename('stack-1', '  M 37 in V ')
  expect(await list()).toEqual(['M 37 in V'])
  undo?.()
  await vi.waitFor(async () => expect(await list()).toEqual(['deep.fits']))
  expect(errors).toEqual([])
})

it('a name of nothing or of a thousand letters is refused, and the stack keeps its own', async () => {
  await slice.rename('stack-1', '   ')
  await slice.rename('stack-1', 'x'.repeat(1000))
  expect(errors).toHaveLength(2)
  expect(await list()).toEqual(['deep.fits'])
})

it('a stack that is removed is no longer looked at, leaves its bytes, and comes back whole', async () => {
  const before = await workspace.stacks.get('stack-1')
  await slice.remove('stack-1')
  expect(await list()).toEqual([])
  expect(open).toBeNull()
  expect(await workspace.pixels.has('bytes-stack-1')).toBe(true)
  undo?.()
  await vi.waitFor(async () => expect(await workspace.stacks.get('stack-1')).toEqual(before))
  // It is a stack like any other again: the next purge leaves its bytes alone.
  await vi.waitFor(async () => expect(await workspace.settings.get('unused-bytes')).toBeUndefined())
  await workspace.purgeRemoved()
  expect(await workspace.pixels.has('bytes-stack-1')).toBe(true)
})

it('a purge takes the bytes of a removed stack, and then there is nothing to bring back', async () => {
  await slice.remove('stack-1')
  await workspace.purgeRemoved()
  expect(await workspace.pixels.has('bytes-stack-1')).toBe(false)
  undo?.()
  await vi.waitFor(() => expect(errors).toHaveLength(1))
  expect(String(errors[0])).toContain('Stack its frames again')
  expect(await list()).toEqual([])
})

it('bytes that another record uses outlive the stack', async () => {
  await workspace.stacks.put(makeStack({ id: 'stack-2', name: 'twin.fits', bytesId: 'bytes-stack-1' }))
  await slice.remove('stack-1')
  await workspace.purgeRemoved()
  expect(await workspace.pixels.has('bytes-stack-1')).toBe(true)
})
