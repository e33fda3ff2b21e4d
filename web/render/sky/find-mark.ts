import type { Point } from '../../core/image'
import { applyTransform } from '../../core/transform'
import type { SkyGeometry } from './paint-sky'
import type { SkyMark } from './sky-scene'

/** Units of the pen within which a pointer means a mark. */
const REACH = 14

/** The mark that is nearest to a place of the pen's plane, if one is near. */
export const findMark = (
  marks: readonly SkyMark[],
  at: Point,
  { place }: Pick<SkyGeometry, 'place'>,
): { readonly mark: SkyMark; readonly at: Point } | null => {
  let best: { mark: SkyMark; at: Point } | null = null
  let least = REACH
  for (const mark of marks) {
    const there = applyTransform(place, mark)
    const distance = Math.hypot(there.x - at.x, there.y - at.y)
    if (distance > least) continue
    least = distance
    best = { mark, at: there }
  }
  return best
}
