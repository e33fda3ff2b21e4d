import type { ExposureRecord } from '../../core/frame'
import { mapToOriginal } from '../../core/reduced'
import type { Transform } from '../../core/transform'
import { planTreatment } from '../plan-calibration'
import { withDefaults, type CalibrationChoices } from './choices'

/** Where a light will lie on its original once it is calibrated with these choices: from positions on the calibrated frame to the original's. */
export const foreseePlace = (light: ExposureRecord, choices: CalibrationChoices): Transform =>
  mapToOriginal(planTreatment(light, withDefaults(choices)))
