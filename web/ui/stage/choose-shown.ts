import { IDENTITY_TRANSFORM, type Transform } from '../../core/transform'
import type { CurrentNight } from '../../state/current-night'
import type { ShownStage } from '../../state/selection-slice'

export interface ShownFrame {
  /** Id to ask pixels for: an exposure, a calibrated frame or a master. */
  readonly id: string
  /** The exposure behind it; null for a master. */
  readonly exposure: string | null
  readonly stage: Exclude<ShownStage, 'best'> | 'master'
  /** Reference to this frame; identity before registration. */
  readonly transform: Transform
  /** True when the picture is to be laid over the reference. */
  readonly register: boolean
}

/**
 * What the viewer shows for a frame at a stage. A registered frame is shown as its calibrated pixels drawn through the transform:
 * nothing is resampled, so what is read off is what was measured.
 */
export const chooseShown = (current: CurrentNight, frame: string, stage: ShownStage): ShownFrame => {
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
  if (wanted === 'registered' && registered !== undefined && calibrated !== undefined) {
    return { id: calibrated.id, exposure: frame, stage: 'registered', transform, register: true }
  }
  if (wanted !== 'raw' && calibrated !== undefined) {
    return { id: calibrated.id, exposure: frame, stage: 'calibrated', transform, register: false }
  }
  return { id: frame, exposure: frame, stage: 'raw', transform, register: false }
}
