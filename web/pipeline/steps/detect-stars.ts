import type { Compute } from '../../compute/create-compute'
import { hashRecipe, idFromHash } from '../../core/ids'
import type { Image } from '../../core/image'
import type { SourceListRecord } from '../../core/source-list'
import type { ReducedRecord } from '../../core/reduced'
import { detectStarsWithQuality } from '../../science/detection/detect-stars'
import type { Detection } from '../../science/detection/star'
import { createDetectionKernels } from '../detection-kernels'
import { skip, type StepDefinition } from '../step'
import { STEP_VERSIONS } from '../step-versions'

/** More stars than this neither help the matching of patterns nor the choice of comparisons. */
const MOST_STARS = 1500

interface Input {
  readonly id: string
  readonly reduced: ReducedRecord
  readonly image: Image
  readonly saturation: number | null
  readonly threshold: number
  readonly fwhm: number | null
  readonly compute: Compute
}

const column = (
  detection: Detection,
  key: 'x' | 'y' | 'flux' | 'peak' | 'fwhm' | 'elongation',
): Float32Array => Float32Array.from(detection.stars, (star) => star[key])

const describe = (record: Pick<SourceListRecord, 'id' | 'quality'>) => ({
  result: { rows: record.quality.starCount, sources: record.id, ...record.quality },
  outputs: [record.id],
})

/** Finds the stars of one calibrated frame and measures what the frame is like: width of the stars, sky, noise. */
export const detectStarsStep: StepDefinition<Input, Detection> = {
  name: 'detect-stars',
  load: async ({ step, workspace, frames, compute, task }) => {
    const calibrated = String(step.parameters['calibrated'])
    const reduced = await workspace.reduced.get(calibrated)
    if (reduced === undefined) return skip('The frame could not be calibrated.')
    const threshold = Number(step.parameters['threshold'])
    const fwhm = step.parameters['fwhm'] as number | null
    const recipe = {
      step: 'detect-stars',
      version: STEP_VERSIONS['detect-stars'],
      calibrated,
      threshold,
      fwhm,
    }
    const id = idFromHash('sources', await hashRecipe(recipe))
    const known = await workspace.sources.get(id)
    if (known !== undefined) return describe(known)
    const { image, saturation } = await frames.calibrated(reduced, { task, lent: true })
    return { id, reduced, image, saturation, threshold, fwhm, compute }
  },
  compute: ({ image, saturation, threshold, fwhm, compute }, task) =>
    detectStarsWithQuality(
      image,
      { threshold, fwhm: fwhm ?? 'auto', saturation, maximum: MOST_STARS },
      task,
      createDetectionKernels(compute, task),
    ),
  save: async (detection, { id, reduced }, { step, workspace }) => {
    const record: SourceListRecord = {
      id,
      frame: reduced.id,
      exposure: reduced.exposure,
      order: step.order,
      x: column(detection, 'x'),
      y: column(detection, 'y'),
      flux: column(detection, 'flux'),
      peak: column(detection, 'peak'),
      fwhm: column(detection, 'fwhm'),
      elongation: column(detection, 'elongation'),
      flags: Uint8Array.from(detection.stars, (star) => star.flags),
      quality: detection.quality,
      inputs: [reduced.id],
      createdAt: Date.now(),
    }
    await workspace.sources.put(record)
    return describe(record)
  },
}
