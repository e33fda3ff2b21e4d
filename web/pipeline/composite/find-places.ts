import type { Point } from '../../core/image'
import type { Transform } from '../../core/transform'
import { createIcrsTransform } from '../../science/astrometry/icrs-transform'
import type { Wcs } from '../../science/astrometry/wcs/wcs'
import { fitAffine } from '../../science/registration/fit-transform'
import type { Workspace } from '../../storage/workspace'
import { findFrameWcs } from '../astrometry/find-frame-wcs'

/** Points along each axis that the map between two frames is fitted on. */
const STEPS = 8

/**
 * Positions on a picture of `size` to positions on another, by the places that both show; the affine map that fits best. Null where one of them has no place on
 * the sky. What bends the two differently is left: a fraction of a pixel for frames of one telescope.
 */
const mapBySky = (
  reference: Wcs | null,
  own: Wcs | null,
  { width, height }: { readonly width: number; readonly height: number },
): Transform | null => {
  if (reference === null || own === null) return null
  const [from, to] = [createIcrsTransform(reference), createIcrsTransform(own)]
  if (from === null || to === null) return null
  const sky = new Float64Array(6)
  const pixel = new Float64Array(6)
  const pairs: { readonly from: Point[]; readonly to: Point[] } = { from: [], to: [] }
  for (let row = 0; row <= STEPS; row++)
    for (let column = 0; column <= STEPS; column++) {
      const [x, y] = [(column * (width - 1)) / STEPS, (row * (height - 1)) / STEPS]
      if (!from.pixelToSky(x, y, sky) || !to.skyToPixel(sky[0]!, sky[1]!, pixel)) continue
      pairs.from.push({ x, y })
      pairs.to.push({ x: pixel[0]!, y: pixel[1]! })
    }
  return pairs.from.length < 4 ? null : fitAffine(pairs)
}

/** The map between two frames by their places on the sky; null where it is not known of both. */
export const alignBySky = async (
  workspace: Workspace,
  [reference, own]: readonly [string, string],
  size: { readonly width: number; readonly height: number },
): Promise<Transform | null> =>
  mapBySky(
    (await findFrameWcs(workspace, reference))?.wcs ?? null,
    (await findFrameWcs(workspace, own))?.wcs ?? null,
    size,
  )
