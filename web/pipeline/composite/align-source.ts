import type { Compute } from '../../compute/create-compute'
import { AsterismError, toAsterismError } from '../../core/errors'
import { flagBit } from '../../core/flags'
import type { Image, Point } from '../../core/image'
import type { Task } from '../../core/task'
import type { Transform } from '../../core/transform'
import { detectStarsWithQuality } from '../../science/detection/detect-stars'
import type { Detection } from '../../science/detection/star'
import { matchStars } from '../../science/registration/match-stars'
import { createDetectionKernels } from '../detection-kernels'

const THRESHOLD = 5
const MOST_STARS = 800
const UNUSABLE = flagBit('edge') | flagBit('centroid-failed')

/** Stars of a picture in lent memory that is given back at once. */
export const findStars = (
  compute: Compute,
  image: Image,
  saturation: number | null,
  task: Task,
): Promise<Detection> =>
  compute.arena.scope(() =>
    detectStarsWithQuality(
      image,
      { threshold: THRESHOLD, fwhm: 'auto', saturation, maximum: MOST_STARS },
      task,
      createDetectionKernels(compute, task),
    ),
  )

const usablePositions = ({ stars }: Detection): Point[] =>
  stars.flatMap(({ x, y, flags }) => ((flags & UNUSABLE) === 0 ? [{ x, y }] : []))

export interface Alignment {
  /** Positions on the picture's grid to positions on the input. */
  readonly transform: Transform
  readonly how: 'stars' | 'wcs'
  readonly matched: number | null
  readonly rms: number | null
}

/** How a frame lies against the one whose grid the picture has, by the pattern of its stars, or by `byWcs` where that fails. */
export const alignSource = async (
  reference: Detection,
  own: Detection,
  name: string,
  byWcs: () => Promise<Transform | null>,
): Promise<Alignment> => {
  try {
    const { transform, matched, rms } = matchStars(usablePositions(reference), usablePositions(own))
    return { transform, how: 'stars', matched, rms }
  } catch (error) {
    const transform = await byWcs()
    if (transform !== null) return { transform, how: 'wcs', matched: null, rms: null }
    const { message } = toAsterismError(error)
    throw new AsterismError(
      'no-match',
      `${name} could not be laid on the other frames of the picture by its stars. ${message} Solve the plates of all of them, and their places on the sky are taken instead.`,
      { frame: name },
    )
  }
}
