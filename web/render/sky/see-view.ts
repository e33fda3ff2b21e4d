import { frameToScreen, type View } from '../view'
import type { SkyGeometry } from './paint-sky'

/** Room that the page's own pills take at the top and at the bottom, CSS pixels; they need more rows where it is narrow. */
const ABOVE = 56
const BELOW = { wide: 52, narrow: 112 } as const
const NARROW = 640
const ASIDE = 8

/** How a scene lies on the screen of a view. */
export const seeView = (view: View): SkyGeometry => {
  const { width, height } = view.screen
  const below = width < NARROW ? BELOW.narrow : BELOW.wide
  return {
    place: frameToScreen(view),
    screen: { left: 0, top: 0, right: width, bottom: height },
    box: { left: ASIDE, top: Math.min(ABOVE, height / 2), right: width - ASIDE, bottom: height - below },
  }
}
