import { effectiveFacts } from '../../core/frame'
import type { MasterRecord } from '../../core/master'
import { correctedSize } from '../../core/raw-correction'
import { throwIfAborted, type Task } from '../../core/task'
import { calibratePixels } from '../../science/calibration/calibrate-pixels'
import { takeChannel } from '../../science/colour/take-channel'
import type { Workspace } from '../../storage/workspace'
import type { FrameSource } from '../frame-source'
import { fillBadPixels, maskOfIndices } from '../strips/bad-pixels'
import type { PixelPatch } from '../strips/pixel-patch'
import { applySky, type AppliedSky } from '../strips/sky-fit'
import {
  correctedRecipeOf,
  findFactors,
  gridOf,
  type ChannelChoice,
  type FrameRecipe,
} from '../strips/frame-recipe'

/** Pixels at a time, so that of no master the whole is ever held. */
const STRIP_PIXELS = 1 << 20

/** Row-major pixels `start` to before `end` of a stored picture: data plane 0, uncertainty plane 1. */
const readPixels = async (
  workspace: Workspace,
  master: MasterRecord | null,
  plane: 0 | 1,
  { start, end }: { start: number; end: number },
): Promise<Float32Array | undefined> => {
  if (master === null) return undefined
  const data = new Float32Array(end - start)
  const offset = plane * master.width * master.height + start
  await workspace.pixels.readInto(master.bytesId, 4 * offset, new Uint8Array(data.buffer))
  return data
}

/** What of the level before the masters is no light: the bias, or the dark that holds it. */
const findPedestal = ({ zero, dark }: FrameRecipe): number =>
  zero ?? (dark?.biasSubtracted === false ? dark.statistics.median : 0)

/** Of one colour: the error of a mean of two pixels is that of their variances' mean over the square root of two. */
const takeChannelErrors = (
  uncertainty: Float32Array,
  recipe: FrameRecipe,
  channel: ChannelChoice,
): Float32Array => {
  const { width, height } = gridOf(recipe)
  const stride = correctedSize(recipe.exposure, recipe.raw).width
  const variance = uncertainty.subarray(0, 2 * height * stride).map((sigma) => sigma ** 2)
  const taken = new Float32Array(width * height)
  takeChannel({ mosaic: variance, stride, width, places: channel.places, two: 'mean' }, taken)
  return taken.map((value) => Math.sqrt(value / channel.places.length))
}

/** A filled pixel is no better than what it was filled from; a masked one has no error, as it has no value. */
const treatBadErrors = (errors: Float32Array, recipe: FrameRecipe, { indices, values }: PixelPatch): void => {
  if (values.every(Number.isNaN)) {
    for (const index of indices) errors[index] = Number.NaN
    return
  }
  const bad = maskOfIndices(indices, errors.length)
  const filled = errors.slice()
  fillBadPixels({ data: errors.slice(), uncertainty: filled, bad }, recipe)
  // What has no value for another reason, as where the flat is dark, keeps none.
  for (const index of indices) errors[index] = filled[index]!
}

/** The noise of the map of fringes, and what dividing by the shape of the sky does to errors. */
const addSkyErrors = async (
  frames: Pick<FrameSource, 'stored'>,
  sky: AppliedSky,
  errors: Float32Array,
): Promise<void> => {
  const fringe =
    sky.fringe === null
      ? undefined
      : {
          data: (await frames.stored(sky.fringe, 0)).data,
          uncertainty: (await frames.stored(sky.fringe, 1)).data,
        }
  const height = sky.surface?.height ?? sky.fringe?.height ?? 0
  applySky({ data: new Float32Array(errors.length), uncertainty: errors }, sky, {
    top: 0,
    bottom: height,
    fringe,
  })
}

/**
 * Standard deviation of each calibrated pixel in its unit, on the frame's own grid: photons, read noise, and the uncertainties of the masters,
 * by the rules of `calibratePixels`. Null where the gain is not known: then nobody can say what the noise of the photons is.
 */
export const makeCalibratedUncertainty = async (
  workspace: Workspace,
  frames: Pick<FrameSource, 'make' | 'stored'>,
  recipe: FrameRecipe,
  task?: Task,
): Promise<Float32Array | null> => {
  const { gain, readNoise } = effectiveFacts(recipe.exposure)
  if (gain === null || !(gain > 0)) return null
  const { bias, dark, flat } = recipe
  // A pedestal is no light either: neither its noise nor that of the flat is asked of it.
  const raw = await frames.make({ ...correctedRecipeOf(recipe), pedestal: recipe.pedestal }, { task })
  const factors = {
    ...findFactors(recipe),
    gain: recipe.gain,
    noiseGain: gain,
    readNoise: readNoise ?? 0,
    pedestal: findPedestal(recipe) - recipe.pedestal,
  }
  const uncertainty = new Float32Array(raw.data.length)
  for (let start = 0; start < raw.data.length; start += STRIP_PIXELS) {
    if (task !== undefined) throwIfAborted(task)
    const strip = { start, end: Math.min(raw.data.length, start + STRIP_PIXELS) }
    const read = (master: MasterRecord | null, plane: 0 | 1) => readPixels(workspace, master, plane, strip)
    const pixels = {
      raw: raw.data.subarray(strip.start, strip.end),
      bias: await read(bias, 0),
      dark: await read(dark, 0),
      flat: await read(flat, 0),
      biasUncertainty: await read(bias, 1),
      darkUncertainty: await read(dark, 1),
      flatUncertainty: await read(flat, 1),
    }
    calibratePixels(pixels, factors, {
      data: new Float32Array(strip.end - strip.start),
      uncertainty: uncertainty.subarray(strip.start, strip.end),
    })
  }
  const errors =
    recipe.channel === null ? uncertainty : takeChannelErrors(uncertainty, recipe, recipe.channel)
  if (recipe.badPixels !== null) treatBadErrors(errors, recipe, recipe.badPixels)
  if (recipe.sky !== null) await addSkyErrors(frames, recipe.sky, errors)
  return errors
}
