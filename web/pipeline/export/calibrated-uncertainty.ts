import { effectiveFacts } from '../../core/frame'
import type { Image } from '../../core/image'
import type { MasterRecord } from '../../core/master'
import { calibratePixels } from '../../science/calibration/calibrate-pixels'
import type { Workspace } from '../../storage/workspace'
import { findFactors, type FrameRecipe } from '../strips/frame-recipe'

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

/** What of the raw level is no light: the bias, or the dark that holds it. */
const pedestalOf = ({ bias, dark, pedestal = 0 }: FrameRecipe): number =>
  bias?.statistics.median ?? (dark?.biasSubtracted === false ? dark.statistics.median : pedestal)

/**
 * Standard deviation of each calibrated pixel in ADU, on the frame's own grid: photons, read noise, and the uncertainties of the masters, by the
 * rules of `calibratePixels`. Null where the gain is not known: then nobody can say what the noise of the photons is.
 */
export const makeCalibratedUncertainty = async (
  workspace: Workspace,
  recipe: FrameRecipe,
  raw: Image,
): Promise<Float32Array | null> => {
  const { gain, readNoise } = effectiveFacts(recipe.exposure)
  if (gain === null || !(gain > 0)) return null
  const { bias, dark, flat } = recipe
  const factors = {
    ...findFactors(recipe),
    gain: 1,
    noiseGain: gain,
    readNoise: readNoise ?? 0,
    pedestal: pedestalOf(recipe),
  }
  const uncertainty = new Float32Array(raw.data.length)
  for (let start = 0; start < raw.data.length; start += STRIP_PIXELS) {
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
  return uncertainty
}
