import type { Compute } from '../../compute/create-compute'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { Image } from '../../core/image'
import { hashRecipe, idFromHash } from '../../core/ids'
import { applyTransform, IDENTITY_TRANSFORM } from '../../core/transform'
import type { PhotometryFrameRecord, PhotometryTableRecord } from '../../core/photometry'
import type { ReducedRecord } from '../../core/reduced'
import type { CalibratedFrame } from '../frame-source'
import { findFrameWidth, measureFrameInto, timeFrame } from '../measure-stars'
import { createPhotometryKernels } from '../photometry-kernels'
import { skip, stepBefore, type StepDefinition } from '../step'

interface Input {
  readonly id: string
  readonly table: PhotometryTableRecord
  readonly reduced: ReducedRecord
  readonly exposure: ExposureRecord
  readonly frame: CalibratedFrame
  readonly raw: Image
  readonly centroid: boolean
  readonly fwhm: number | null
  readonly compute: Compute
}

/** Measures every star of the table in one frame, on calibrated pixels at the registered positions. */
export const measureFrame: StepDefinition<Input, PhotometryFrameRecord> = {
  name: 'measure-frame',
  load: async (context) => {
    const { step, workspace, frames } = context
    const head = stepBefore(context, 'choose-stars')
    const match = stepBefore(context, 'match-frame')
    const registered = match?.outputs[0]
    if (head?.state !== 'done') return skip('No stars were chosen.')
    if (registered === undefined) return skip('This frame was not registered.')
    const table = await workspace.photometryTables.get(String(head.result['table']))
    const reduced = await workspace.reduced.get(registered)
    if (table === undefined || reduced === undefined)
      return skip('What an earlier step wrote is no longer in the workspace.')
    const id = idFromHash('measured', await hashRecipe({ table: table.id, registered }))
    if ((await workspace.photometryFrames.get(id)) !== undefined)
      return { result: { stars: table.stars.length }, outputs: [id] }
    const frame = await frames.calibrated(reduced, { task: context.task, lent: true })
    return {
      id,
      table,
      reduced,
      exposure: frame.exposure,
      frame,
      raw: await frames.uncorrected(reduced, { task: context.task, lent: true }),
      centroid: step.parameters['centroid'] !== false,
      fwhm: await findFrameWidth(workspace, reduced),
      compute: context.compute,
    }
  },
  compute: async ({ id, table, reduced, exposure, frame, raw, centroid, fwhm, compute }, task) => {
    const transform = reduced.registration?.transform ?? IDENTITY_TRANSFORM
    const columns = await measureFrameInto(
      createPhotometryKernels(compute, task),
      { image: frame.image, raw },
      table.stars.map((star) => applyTransform(transform, star)),
      table,
      { centroid, saturation: effectiveFacts(exposure).saturation, fwhm },
    )
    return {
      id,
      table: table.id,
      frame: reduced.id,
      exposure: exposure.id,
      ...timeFrame(exposure, table.position),
      ...columns,
      inputs: [reduced.id, table.id],
    }
  },
  save: async (record, { table }, { workspace }) => {
    await workspace.photometryFrames.put(record)
    return { result: { stars: table.stars.length }, outputs: [record.id] }
  },
}
