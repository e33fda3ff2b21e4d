import type { Image } from '../../core/image'
import { smoothMode } from '../math/half-sample-mode'
import { medianInPlace } from '../math/median'
import { mean } from '../math/statistics'
import { regionValues, type Region } from './scale-flat'

/** 'mean' is what ccdproc.flat_correct divides by. */
export type FlatLevelMethod = 'median' | 'mode' | 'mean'

/**
 * The one number that a flat is brought to 1 by, in its unit: median, smoothed half-sample mode (the most frequent level, which vignetting and the
 * shadow of a decker do not pull) or mean, of the whole frame or of a region. NaN where there is no value.
 */
export const findFlatLevel = (image: Image, method: FlatLevelMethod, region?: Region): number => {
  const values = regionValues(image, region)
  if (method === 'mode') return smoothMode(values)
  return method === 'mean' ? mean(values) : medianInPlace(values)
}
