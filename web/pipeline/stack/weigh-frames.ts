import { AsterismError } from '../../core/errors'
import type { StackWeights } from '../../core/stack'

export interface FrameToWeigh {
  readonly name: string
  /** Sigma of a pixel of the stack that this frame alone would give, as it is combined. */
  readonly noise: number
  /** Of its stars, pixels of the stack; null where nobody looked. */
  readonly fwhm: number | null
  /** How bright stars are in the frame as it is combined, relative to the reference; null where nobody looked. */
  readonly transparency: number | null
}

const weigh = (rule: Exclude<StackWeights, 'none'>, { noise, fwhm, transparency }: FrameToWeigh): number => {
  const clean = 1 / (noise * noise)
  if (rule === 'noise') return clean
  const sharp = clean / ((fwhm ?? Number.NaN) * (fwhm ?? Number.NaN))
  return rule === 'noise-fwhm' ? sharp : sharp * (transparency ?? Number.NaN) ** 2
}

/**
 * What each frame counts for in the mean, relative to the mean of all: the inverse of the noise squared, which gives the least noise of the sky; that over
 * the square of the stars' width, since the light of a faint star is collected from an area that grows with it; or that times the square of the stars'
 * brightness, the square of the signal to noise of a faint star (King 1983, PASP 95, 163). Null for equal weights.
 */
export const weighFrames = (rule: StackWeights, frames: readonly FrameToWeigh[]): number[] | null => {
  if (rule === 'none') return null
  const raw = frames.map((frame) => weigh(rule, frame))
  const lost = raw.findIndex((weight) => !(weight > 0 && Number.isFinite(weight)))
  if (lost >= 0)
    throw new AsterismError(
      'no-stars',
      rule === 'noise'
        ? `${frames[lost]?.name ?? 'A frame'} has no measurable noise, and so no weight. Stack with equal weights, or leave it out.`
        : `${frames[lost]?.name ?? 'A frame'} shows no stars whose width and brightness could be measured, and so it has no weight. Weigh by "noise" alone, or leave it out.`,
    )
  const mean = raw.reduce((sum, weight) => sum + weight, 0) / raw.length
  return raw.map((weight) => weight / mean)
}
