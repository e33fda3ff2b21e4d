import { flagBit } from '../core/flags'
import type { PhotometryFrameRecord, PhotometryTableRecord } from '../core/photometry'
import type { CandidateStar } from '../science/lightcurve/screen-stars'

/** Flags by which a measurement is not used. */
export const SPOILT = flagBit('saturated') | flagBit('edge') | flagBit('bad-pixel')

/** One star at one radius through the night; flux is NaN in frames where it must not be used. */
export interface StarSeries extends CandidateStar {
  readonly usable: Float64Array
}

/** Turns frame records (all stars in one frame) into series (one star in all frames), in the order of the frames given. */
export const gatherStar = (
  table: Pick<PhotometryTableRecord, 'stars' | 'radii'>,
  frames: readonly PhotometryFrameRecord[],
  star: number,
  radius: number,
): StarSeries => {
  const at = star * table.radii.length + radius
  const pick = (column: (frame: PhotometryFrameRecord) => ArrayLike<number>, index: number) =>
    Float64Array.from(frames, (frame) => column(frame)[index] ?? NaN)
  const flux = pick((frame) => frame.flux, at)
  const flags = Uint8Array.from(frames, (frame) => frame.flags[at] ?? 0)
  return {
    name: table.stars[star]?.name ?? '',
    flux,
    error: pick((frame) => frame.error, at),
    flags,
    x: pick((frame) => frame.x, star),
    y: pick((frame) => frame.y, star),
    peak: pick((frame) => frame.peak, star),
    usable: flux.map((value, frame) => (((flags[frame] ?? 0) & SPOILT) === 0 ? value : NaN)),
  }
}
