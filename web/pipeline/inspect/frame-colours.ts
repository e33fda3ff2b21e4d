import type { Compute } from '../../compute/create-compute'
import { debayerKernel } from '../../compute/kernels/debayer'
import { shiftPattern, type BayerPattern } from '../../core/colour-channel'
import type { ColourPlanes, DebayerMethod, PerChannel } from '../../core/colour-picture'
import { AsterismError } from '../../core/errors'
import { effectiveFacts } from '../../core/frame'
import type { Image } from '../../core/image'
import { placeOnOriginal, type CalibrationRecipe } from '../../core/reduced'
import { throwIfAborted, type Task } from '../../core/task'
import { reduceRows } from '../../science/image/reduce-rows'
import { medianInPlace } from '../../science/math/median'
import type { Workspace } from '../../storage/workspace'
import { findExposure } from '../find-exposure'
import type { FrameSource } from '../frame-source'
import { letMessagesIn } from '../strips/let-messages-in'

export interface ColoursRequest {
  readonly frame: string
  readonly method: DebayerMethod
}

/** Pixels of each plane at most; a larger frame is given at half its size, or a quarter. Three planes of so many hold 192 MiB. */
export const MOST_COLOUR_PIXELS = 16 * 1024 * 1024

/** Bytes of mosaic and planes that are worked on at a time. */
const BAND_BYTES = 16 * 1024 * 1024

/** Rows that debayering looks at beyond a band, at either side. */
const REACH = 2

/** A median of so many is good to half a percent of the sky's noise. */
const SKY_SAMPLES = 100_000

interface MosaicImage {
  readonly image: Image
  readonly pattern: BayerPattern
  readonly zero: number | null
  readonly unit: string
}

/** The coarsest level that is not coarser than it has to be. */
const chooseLevel = ({ width, height }: Image): number => {
  let level = 0
  while (Math.ceil(width / 2 ** level) * Math.ceil(height / 2 ** level) > MOST_COLOUR_PIXELS) level++
  return level
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

const debayerBands = async (
  compute: Compute,
  { image, pattern }: MosaicImage,
  method: DebayerMethod,
  task: Task,
): Promise<Pick<ColourPlanes, 'level' | 'planes'>> => {
  const { width, height, data } = image
  const level = chooseLevel(image)
  const step = 2 ** level
  const columns = Math.ceil(width / step)
  const make = () => new Float32Array(columns * Math.ceil(height / step))
  const planes: PerChannel<Float32Array<ArrayBuffer>> = [make(), make(), make()]
  // Whole cells of the mosaic and whole blocks of the picture.
  const unit = Math.max(2, step)
  const rows = unit * Math.max(1, Math.floor(BAND_BYTES / (16 * width * unit)))
  for (let top = 0; top < height; top += rows) {
    throwIfAborted(task)
    const bottom = Math.min(height, top + rows)
    const first = Math.max(0, top - REACH)
    const last = Math.min(height, bottom + REACH)
    await compute.arena.scope(async () => {
      const lend = () => compute.arena.float32((last - first) * width)
      const mosaic = lend()
      mosaic.set(data.subarray(first * width, last * width))
      const colours = { red: lend(), green: lend(), blue: lend() }
      const params = { width, height: last - first, pattern, method }
      await compute.run(debayerKernel, params, { data: mosaic }, colours, task)
      for (const [index, plane] of [colours.red, colours.green, colours.blue].entries()) {
        const own = plane.subarray((top - first) * width, (bottom - first) * width)
        const made = step === 1 ? own : reduceRows({ width, data: own }, step)
        planes[index]?.set(made, (top / step) * columns)
      }
    })
    await letMessagesIn()
  }
  return { level, planes }
}

const noColours = (frame: string, text: string): AsterismError =>
  new AsterismError('not-found', text, { frame })

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
  if (reduced === undefined || original === undefined) throw noColours(frame, NO_MASK)
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
 * colours cannot be taken apart any more once a mosaic is resampled. Made in bands, so that the memory it takes follows from the
 * size of the result; the values do not depend on the bands.
 */
export const readFrameColours = async (
  { workspace, frames, compute }: { workspace: Workspace; frames: FrameSource; compute: Compute },
  { frame, method }: ColoursRequest,
  task: Task,
): Promise<ColourPlanes> => {
  const mosaic = await readMosaic(workspace, frames, frame, task)
  const { level, planes } = await debayerBands(compute, mosaic, method, task)
  const { width, height } = mosaic.image
  const [red, green, blue] = planes
  const sky = [measureSky(red), measureSky(green), measureSky(blue)] as const
  return { width, height, level, planes, sky, zero: mosaic.zero, unit: mosaic.unit }
}
