import type { Compute } from '../../compute/create-compute'
import { shiftPattern, type BayerPattern } from '../../core/colour-channel'
import type { ColourPlanes, DebayerMethod } from '../../core/colour-picture'
import { AsterismError } from '../../core/errors'
import { effectiveFacts } from '../../core/frame'
import type { Image } from '../../core/image'
import { placeOnOriginal, type CalibrationRecipe } from '../../core/reduced'
import type { Task } from '../../core/task'
import { medianInPlace } from '../../science/math/median'
import type { Workspace } from '../../storage/workspace'
import { findExposure } from '../find-exposure'
import type { FrameSource } from '../frame-source'
import { makeColourPlanes } from './colour-planes'

export interface ColoursRequest {
  readonly frame: string
  readonly method: DebayerMethod
}

/** A median of so many is good to half a percent of the sky's noise. */
const SKY_SAMPLES = 100_000

interface MosaicImage {
  readonly image: Image
  readonly pattern: BayerPattern
  readonly zero: number | null
  readonly unit: string
}

const measureSky = (plane: Float32Array): number => {
  const stride = Math.max(1, Math.floor(plane.length / SKY_SAMPLES))
  const samples: number[] = []
  for (let index = 0; index < plane.length; index += stride) {
    const value = plane[index]!
    if (value - value === 0) samples.push(value)
  }
  return medianInPlace(Float32Array.from(samples))
}

const noColours = (frame: string, text: string): AsterismError =>
  new AsterismError('not-found', text, { frame })

const NO_FRAME =
  'This picture has no colours: raw and calibrated frames of a camera with a colour mask have them.'
const NO_MASK =
  'This frame has no colours: no colour mask is known of its camera. Set the pattern of the mask among the facts of the frame, or in an instrument profile.'
const ONE_COLOUR =
  'This frame was calibrated in one colour alone. Look at it as it was taken to see its colours.'

/** Whether all that is added to the light was taken off. */
const knowsZero = ({ bias, dark, pedestal, raw }: CalibrationRecipe): boolean =>
  bias !== null || dark !== null || (pedestal ?? 0) > 0 || raw?.overscan != null

const readMosaic = async (
  workspace: Workspace,
  frames: FrameSource,
  frame: string,
  task: Task,
): Promise<MosaicImage> => {
  const exposure = await findExposure(workspace, frame)
  if (exposure !== undefined) {
    const pattern = effectiveFacts(exposure).bayerPattern ?? null
    if (pattern === null) throw noColours(frame, NO_MASK)
    return { image: await frames.raw(exposure, { task }), pattern, zero: null, unit: 'adu' }
  }
  const reduced = await workspace.reduced.get(frame)
  const original = reduced === undefined ? undefined : await workspace.exposures.get(reduced.exposure)
  if (reduced === undefined || original === undefined) throw noColours(frame, NO_FRAME)
  const pattern = effectiveFacts(original).bayerPattern ?? null
  if (pattern === null) throw noColours(frame, NO_MASK)
  const { calibration } = reduced
  if (calibration.channel != null) throw noColours(frame, ONE_COLOUR)
  const { image } = await frames.calibrated(reduced, { task })
  return {
    image,
    pattern: shiftPattern(pattern, placeOnOriginal(calibration)),
    zero: knowsZero(calibration) ? 0 : null,
    unit: reduced.unit,
  }
}

/**
 * Red, green and blue of a raw or calibrated frame behind a colour mask, for looking at; of a registered frame those of its own grid, since
 * colours cannot be taken apart any more once a mosaic is resampled.
 */
export const readFrameColours = async (
  { workspace, frames, compute }: { workspace: Workspace; frames: FrameSource; compute: Compute },
  { frame, method }: ColoursRequest,
  task: Task,
): Promise<ColourPlanes> => {
  const mosaic = await readMosaic(workspace, frames, frame, task)
  const wish = { pattern: mosaic.pattern, method }
  const { level, planes } = await makeColourPlanes(compute, mosaic.image, wish, task)
  const { width, height } = mosaic.image
  const [red, green, blue] = planes
  const sky = [measureSky(red), measureSky(green), measureSky(blue)] as const
  return { width, height, level, planes, sky, zero: mosaic.zero, unit: mosaic.unit }
}
