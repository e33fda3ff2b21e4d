import type { CameraRegion, CameraReportRecord } from '../../core/camera-report'
import { AsterismError } from '../../core/errors'
import { effectiveFacts } from '../../core/frame'
import { hashRecipe, idFromHash } from '../../core/ids'
import { assembleReport, type ReportInput } from '../camera/assemble-report'
import { saturationOf } from '../camera/read-region'
import { summariseReport } from '../camera/summarise-report'
import { skip, type StepDefinition } from '../step'
import { STEP_VERSIONS } from '../step-versions'

/** Puts together what the steps before it measured, and keeps it as the report of a camera. */
export const writeCameraReport: StepDefinition<Omit<ReportInput, 'id'>, CameraReportRecord> = {
  name: 'write-camera-report',
  load: async ({ step, before, workspace }) => {
    if (!before.some(({ state }) => state === 'done')) return skip('None of the frames could be measured.')
    return {
      order: step.order,
      region: step.parameters['region'] as CameraRegion,
      exposures: await workspace.exposures.getMany(step.frames),
      steps: before,
    }
  },
  compute: async (input) => {
    const recipe = {
      step: 'write-camera-report',
      versions: [
        STEP_VERSIONS['write-camera-report'],
        STEP_VERSIONS['measure-bias-frames'],
        STEP_VERSIONS['measure-dark-frames'],
        STEP_VERSIONS['measure-flat-frames'],
        STEP_VERSIONS['map-flat-ratio'],
      ],
      region: input.region,
      // What a person corrects changes what is measured, and so the name of the report.
      frames: input.exposures.map((exposure) => {
        const {
          kind,
          night,
          filter,
          exposure: seconds,
          temperature,
          gain,
          readNoise,
        } = effectiveFacts(exposure)
        return [
          exposure.id,
          kind,
          night,
          filter,
          seconds,
          temperature,
          gain,
          readNoise,
          saturationOf(exposure),
        ]
      }),
      measured: input.steps.filter(({ state }) => state === 'done').map(({ name, frames }) => [name, frames]),
    }
    const id = idFromHash('camera', await hashRecipe(recipe))
    const report = assembleReport({ ...input, id })
    if (report === null)
      throw new AsterismError('not-found', 'The frames of this camera are no longer in the workspace.')
    return { ...report, createdAt: Date.now() }
  },
  save: async (report, _input, { workspace }) => {
    const known = await workspace.cameraReports.get(report.id)
    if (known === undefined) await workspace.cameraReports.put(report)
    return { result: summariseReport(report), outputs: [report.id] }
  },
}
