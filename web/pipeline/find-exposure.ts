import type { ExposureRecord } from '../core/frame'
import { planesOf } from '../core/frame'
import { splitPartId } from '../core/provenance'
import { locatePlane } from '../science/fits'
import type { Workspace } from '../storage/workspace'

/**
 * The exposure of this id; undefined where there is none. `<cube>/plane3` is a plane of a cube, counted from 1 as in the names of planes:
 * it can be looked at without being a frame of its own.
 */
export const findExposure = async (
  workspace: Pick<Workspace, 'exposures'>,
  id: string,
): Promise<ExposureRecord | undefined> => {
  const { record, part } = splitPartId(id)
  const exposure = await workspace.exposures.get(record)
  if (exposure === undefined || part === null) return exposure
  const number = Number(/^plane(\d{1,9})$/.exec(part)?.[1] ?? Number.NaN)
  if (Number.isNaN(number)) return undefined
  const of = planesOf(exposure)
  return {
    ...exposure,
    id,
    pixels: locatePlane(exposure, number - 1, of),
    plane: { cube: record, number, of },
  }
}
