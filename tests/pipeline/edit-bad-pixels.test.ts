import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import type { MasterRecord } from '../../web/core/master'
import { editBadPixels } from '../../web/pipeline/edit-bad-pixels'
import { openWorkspace } from '../../web/storage/workspace'
import { createMemoryPixels } from '../support/memory-pixels'

const open = async (name: string) => {
  const workspace = await openWorkspace({ name, pixels: createMemoryPixels() })
  const planes = new Float32Array(2 * 12)
  planes.set([1, 0, 0, 8, 0, 2, 0, 0, 0, 0, 0, 3])
  await workspace.pixels.write('bytes-map', new Uint8Array(planes.buffer))
  const counts = { hot: 2, cold: 2, bright: 0, column: 1, person: 0, any: 4 }
  await workspace.masters.put({
    id: 'map',
    kind: 'master-bad-pixels',
    name: 'master-bad-pixels-2025.fits',
    bytesId: 'bytes-map',
    width: 4,
    height: 3,
    inputs: ['dark'],
    badPixels: { counts, edits: 0 },
  } as unknown as MasterRecord)
  return workspace
}

describe('a map of bad pixels that a person changes', () => {
  it('is a new one that names the old one, with every kind counted anew', async () => {
    const workspace = await open('edit-map')
    const edited = await editBadPixels(workspace, 'map', { bad: [1, 0], good: [11, 3] })
    expect(edited).toMatchObject({
      name: 'master-bad-pixels-2025-edited.fits',
      inputs: ['map'],
      badPixels: { counts: { hot: 1, cold: 1, bright: 0, column: 0, person: 1, any: 3 }, edits: 3 },
    })
    const planes = new Float32Array((await workspace.pixels.read(edited.bytesId)).buffer)
    expect([...planes.subarray(0, 12)]).toEqual([1, 16, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0])
    expect(new Float32Array((await workspace.pixels.read('bytes-map')).buffer)[3]).toBe(8)
    const again = await editBadPixels(workspace, edited.id, { bad: [], good: [1] })
    expect(again).toMatchObject({ name: 'master-bad-pixels-2025-edited.fits', inputs: [edited.id] })
    expect(again.badPixels?.edits).toBe(4)
    workspace.close()
  })

  it('stays the same where nothing changes, and refuses pixels that it has not', async () => {
    const workspace = await open('edit-map-nothing')
    expect((await editBadPixels(workspace, 'map', { bad: [0], good: [1] })).id).toBe('map')
    await expect(editBadPixels(workspace, 'map', { bad: [12], good: [] })).rejects.toThrow(/no pixel 12/)
    await expect(editBadPixels(workspace, 'gone', { bad: [1], good: [] })).rejects.toThrow(
      /not in the workspace/,
    )
    workspace.close()
  })
})
