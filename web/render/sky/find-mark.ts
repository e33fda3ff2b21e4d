import type { Point } from '../../core/image'
import { applyTransform } from '../../core/transform'
import { frameToScreen, type View } from '../view'
import type { SkyMark } from './sky-scene'

/** CSS pixels within which a pointer means a mark. */
const REACH = 14

/** The mark that is nearest to a place on the screen, if one is near. */
export const findMark = (
  marks: readonly SkyMark[],
  at: Point,
  view: View,
): { readonly mark: SkyMark; readonly at: Point } | null => {
  const place = frameToScreen(view)
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
