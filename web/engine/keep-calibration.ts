import {
  CALIBRATION_SETTING,
  readChoices,
  readKeptCalibration,
  type CalibrationChoices,
  type KeptCalibration,
} from '../pipeline/calibration/choices'
import type { Workspace } from '../storage/workspace'

export interface CalibrationKeeper {
  /** What a person chose for the calibration of this workspace, as far as it differs from the defaults. */
  calibration(): Promise<CalibrationChoices>
  /** Takes the place of all that was chosen before. */
  setCalibration(choices: CalibrationChoices): Promise<void>
}

export const keepCalibration = (
  opened: Promise<Workspace>,
  { requireWriter, onChange }: { requireWriter: () => Promise<void>; onChange: () => void },
): CalibrationKeeper => ({
  calibration: async () => (await readKeptCalibration(await opened)).choices,
  setCalibration: async (choices) => {
    await requireWriter()
    const value: KeptCalibration = { choices: readChoices(choices), changedAt: Date.now() }
    await (await opened).settings.put({ id: CALIBRATION_SETTING, value })
    onChange()
  },
})
