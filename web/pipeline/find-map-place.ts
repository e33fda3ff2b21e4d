import type { ExposureRecord } from '../core/frame'
import type { MasterRecord } from '../core/master'
import { correctedSize } from '../core/raw-correction'
import { placeOnOriginal, type CalibrationRecipe } from '../core/reduced'
import type { Transform } from '../core/transform'
import { isSameCamera } from './plan-bad-pixels'

/**
 * Where the pixels of a frame lie on a map of bad pixels, which has those that are left of the camera's after trimming: for the raw frame and for
 * the calibrated one. Null for a map of another camera, or of another trim.
 */
export const findMapPlace = (
  map: Pick<MasterRecord, 'group' | 'width' | 'height'>,
  exposure: ExposureRecord,
  calibration: Pick<CalibrationRecipe, 'raw' | 'channel'>,
): { readonly raw: Transform; readonly calibrated: Transform } | null => {
  const size = correctedSize(exposure, calibration.raw ?? null)
  if (!isSameCamera({ ...map.group, width: map.width, height: map.height }, exposure, size)) return null
  const { step } = placeOnOriginal(calibration)
  const { left, top } = placeOnOriginal({ raw: calibration.raw ?? null })
  const inner = (step - 1) / 2
  return {
    raw: { a: 1, b: 0, c: -left, d: 0, e: 1, f: -top },
    calibrated: { a: step, b: 0, c: inner, d: 0, e: step, f: inner },
  }
}
