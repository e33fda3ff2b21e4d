import { findExtremes, findPercentileCuts, findSkyCuts, findZscaleCuts } from '../../render/cuts'
import type { DisplaySettings } from '../../render/image-renderer'
import type { DisplayChoice } from '../../state/display-slice'

/** Below a map of bad pixels, whose values are kinds and no amounts: darkness. */
export const DARKNESS: DisplaySettings = {
  stretch: 'linear',
  low: 1e6,
  high: 2e6,
  colormap: 'grey',
  invert: false,
}

/** Where black ends and white begins, as the person chose or the pixels say. */
export const findCuts = (
  data: Float32Array,
  choice: DisplayChoice,
): { readonly low: number; readonly high: number } => {
  if (choice.cuts === 'manual') return choice
  if (choice.cuts === 'zscale') return findZscaleCuts(data)
  if (choice.cuts === 'sky') return findSkyCuts(data)
  return choice.cuts === 'range' ? findExtremes(data) : findPercentileCuts(data, 99.5)
}
