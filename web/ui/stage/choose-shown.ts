import { mapToOriginal } from '../../core/reduced'
import { composeTransforms, IDENTITY_TRANSFORM, type Transform } from '../../core/transform'
import type { CurrentNight } from '../../state/current-night'
import type { ShownStage } from '../../state/selection-slice'

export interface ShownFrame {
  /** Id to ask pixels for: an exposure, a calibrated frame or a master. */
  readonly id: string
  /** The exposure behind it; null for a master. */
  readonly exposure: string | null
  readonly stage: Exclude<ShownStage, 'best'> | 'master'
  /** Reference to this frame; of a raw frame, to the pixels of the camera. */
  readonly transform: Transform
  /** This frame as it is calibrated, in whose pixels stars were measured, to what is shown: the identity for all but raw frames. */
  readonly fromCalibrated: Transform
  /** True when the picture is to be laid over the reference. */
  readonly register: boolean
}

/**
 * What the viewer shows for a frame at a stage. A registered frame is shown as its calibrated pixels drawn through the transform:
 * nothing is resampled, so what is read off is what was measured. `foreseen` says where a frame will lie on its original that is not calibrated yet.
 */
export const chooseShown = (
  current: Pick<CurrentNight, 'registered' | 'calibrated'>,
  frame: string,
  stage: ShownStage,
  foreseen: Transform = IDENTITY_TRANSFORM,
): ShownFrame => {
  const registered = current.registered.get(frame)
  const calibrated = current.calibrated.get(frame)
  const transform = registered?.registration?.transform ?? IDENTITY_TRANSFORM
  const wanted =
    stage === 'best'
      ? registered !== undefined
        ? 'registered'
        : calibrated !== undefined
          ? 'calibrated'
          : 'raw'
      : stage
  const found = { exposure: frame, transform, fromCalibrated: IDENTITY_TRANSFORM }
  if (wanted === 'registered' && registered !== undefined && calibrated !== undefined) {
    return { ...found, id: calibrated.id, stage: 'registered', register: true }
  }
  if (wanted !== 'raw' && calibrated !== undefined) {
    return { ...found, id: calibrated.id, stage: 'calibrated', register: false }
  }
  const fromCalibrated = calibrated === undefined ? foreseen : mapToOriginal(calibrated.calibration)
  const onRaw = { transform: composeTransforms(fromCalibrated, transform), fromCalibrated }
  return { id: frame, exposure: frame, stage: 'raw', register: false, ...onRaw }
}
