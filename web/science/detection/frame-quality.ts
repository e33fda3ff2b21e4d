import { flagBit } from '../../core/flags'
import type { FrameQuality } from '../../core/source-list'
import { median } from '../math/median'
import type { BackgroundMesh } from './background-mesh'
import type { Star } from './star'

/** Below this significance a width is mostly noise. */
const TRUSTED_SNR = 20
const MOST_STARS = 200

const middleOf = (values: ArrayLike<number>): number | null => (values.length === 0 ? null : median(values))

/** The stars whose shape says what the frame looks like: clean, finite, well above the noise; all clean ones if too few. */
const trustedStars = (stars: readonly Star[]): Star[] => {
  const bad =
    flagBit('saturated') |
    flagBit('edge') |
    flagBit('bad-pixel') |
    flagBit('centroid-failed') |
    flagBit('blended')
  const clean = stars.filter(
    (star) => (star.flags & bad) === 0 && Number.isFinite(star.fwhm) && Number.isFinite(star.elongation),
  )
  const bright = clean.filter((star) => star.snr >= TRUSTED_SNR)
  return (bright.length >= 5 ? bright : clean).slice(0, MOST_STARS)
}

/** Median full width at half maximum in pixels over the clean bright stars; null without any. Stars are brightest first. */
export const estimateFwhm = (stars: readonly Star[]): number | null =>
  middleOf(trustedStars(stars).map((star) => star.fwhm))

export const measureFrameQuality = (stars: readonly Star[], background: BackgroundMesh): FrameQuality => ({
  fwhm: estimateFwhm(stars),
  elongation: middleOf(trustedStars(stars).map((star) => star.elongation)),
  starCount: stars.length,
  background: median(background.level),
  noise: median(background.noise),
})
