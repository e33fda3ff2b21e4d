import { AsterismError } from '../core/errors'
import { hashRecipe, idFromHash } from '../core/ids'
import { BAD_PIXEL_KINDS, type MasterRecord } from '../core/master'
import { countBadPixels } from '../science/calibration/make-bad-pixel-map'
import type { Workspace } from '../storage/workspace'
import { STEP_VERSIONS } from './step-versions'
import { describeMap, packMap } from './steps/map-bad-pixels'

/** Pixels by index y * width + x. */
export interface BadPixelEdits {
  readonly bad: readonly number[]
  readonly good: readonly number[]
}

const requireMap = async (workspace: Workspace, id: string): Promise<MasterRecord> => {
  const map = await workspace.masters.get(id)
  if (map?.kind === 'master-bad-pixels') return map
  throw new AsterismError('not-found', 'This map of bad pixels is not in the workspace any more.', {
    master: id,
  })
}

/**
 * A map with what a person marked as bad or as good: a new one that names the old one among its inputs, so that frames which were
 * calibrated with the old one stay what they are.
 */
export const editBadPixels = async (
  workspace: Workspace,
  id: string,
  { bad, good }: BadPixelEdits,
): Promise<MasterRecord> => {
  const map = await requireMap(workspace, id)
  const length = map.width * map.height
  const outside = [...bad, ...good].find((pixel) => !Number.isInteger(pixel) || pixel < 0 || pixel >= length)
  if (outside !== undefined)
    throw new AsterismError(
      'bad-order',
      `There is no pixel ${outside} in a map of ${map.width} x ${map.height}.`,
    )
  const mask = new Float32Array(length)
  await workspace.pixels.readInto(map.bytesId, 0, new Uint8Array(mask.buffer))
  let edits = 0
  const set = (pixel: number, value: number): void => {
    if (mask[pixel] === value) return
    mask[pixel] = value
    edits++
  }
  for (const pixel of bad) if (mask[pixel] === 0) set(pixel, BAD_PIXEL_KINDS.person)
  for (const pixel of good) set(pixel, 0)
  if (edits === 0) return map
  const recipe = { map: id, bad: [...bad].sort((a, b) => a - b), good: [...good].sort((a, b) => a - b) }
  const version = STEP_VERSIONS['map-bad-pixels']
  const edited = idFromHash('master', await hashRecipe({ step: 'edit-bad-pixels', version, ...recipe }))
  const counts = countBadPixels(mask)
  const bytesId = `bytes-${edited}`
  await workspace.pixels.write(bytesId, packMap(mask))
  const record: MasterRecord = {
    ...map,
    ...describeMap({ width: map.width, height: map.height, counts }),
    id: edited,
    name: map.name.replace(/(?:-edited)?\.fits$/, '-edited.fits'),
    inputs: [id],
    bytesId,
    badPixels: { counts, edits: (map.badPixels?.edits ?? 0) + edits },
    createdAt: Date.now(),
  }
  await workspace.masters.put(record)
  return record
}
