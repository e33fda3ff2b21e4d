import { AsterismError } from '../../core/errors'
import type { FrameQuality } from '../../core/source-list'
import { findFrameWcs } from '../astrometry/find-frame-wcs'
import { skip, type StepDefinition } from '../step'

export interface ReferenceCandidate {
  readonly exposure: string
  readonly calibrated: string
  readonly sources: string
  readonly quality: FrameQuality
}

interface Input {
  /** In time order. */
  readonly candidates: readonly ReferenceCandidate[]
  readonly wanted: string | null
}

interface Output {
  readonly reference: ReferenceCandidate
  readonly reason: 'chosen-by-person' | 'first-good' | 'most-stars'
}

const middle = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? NaN
}

/**
 * The frame that gives the series its pixel positions: the first one that is as good as most, so that positions read off
 * the first frame of a night hold; a person's choice wins. Good: at least 70 % of the usual star count, stars at most
 * 1.3 times as wide and 1.5 times as long as usual.
 */
const chooseReference = ({ candidates, wanted }: Input): Output => {
  const named = candidates.find(({ exposure, calibrated }) => exposure === wanted || calibrated === wanted)
  if (wanted !== null && named === undefined) {
    throw new AsterismError(
      'not-found',
      'The reference frame that was asked for is not among the frames, or has no stars.',
      { frame: wanted },
    )
  }
  if (named !== undefined) return { reference: named, reason: 'chosen-by-person' }
  const usual = {
    count: middle(candidates.map((candidate) => candidate.quality.starCount)),
    fwhm: middle(candidates.flatMap((candidate) => candidate.quality.fwhm ?? [])),
    elongation: middle(candidates.flatMap((candidate) => candidate.quality.elongation ?? [])),
  }
  const good = candidates.find(
    ({ quality }) =>
      quality.starCount >= 0.7 * usual.count &&
      (quality.fwhm ?? Infinity) <= 1.3 * usual.fwhm &&
      (quality.elongation ?? Infinity) <= 1.5 * usual.elongation,
  )
  if (good !== undefined) return { reference: good, reason: 'first-good' }
  const most = [...candidates].sort((a, b) => b.quality.starCount - a.quality.starCount)[0]
  if (most === undefined || most.quality.starCount === 0) {
    throw new AsterismError(
      'no-stars',
      'No frame shows enough stars to match patterns. Check the calibration, or lower the detection threshold.',
    )
  }
  return { reference: most, reason: 'most-stars' }
}

export const chooseReferenceStep: StepDefinition<Input, Output> = {
  name: 'choose-reference',
  load: async ({ step, before, workspace }) => {
    const found = before.filter((earlier) => earlier.name === 'detect-stars' && earlier.state === 'done')
    if (found.length === 0) return skip('No frame could be searched for stars.')
    const all = found
      .sort((a, b) => a.index - b.index)
      .map((earlier) => ({
        exposure: earlier.frames[0] ?? '',
        calibrated: String(earlier.parameters['calibrated']),
        sources: String(earlier.result['sources']),
        quality: earlier.result as unknown as FrameQuality,
      }))
    const wanted = step.parameters['reference'] as string | null
    if (step.parameters['method'] !== 'wcs') return { candidates: all, wanted }
    // A frame that does not know where it is cannot tell where the others lie.
    const candidates: ReferenceCandidate[] = []
    for (const candidate of all)
      if ((await findFrameWcs(workspace, candidate.calibrated)) !== null) candidates.push(candidate)
    return candidates.length === 0 ? skip('No frame says where on the sky it is.') : { candidates, wanted }
  },
  compute: chooseReference,
  save: ({ reference, reason }) =>
    Promise.resolve({
      result: {
        reference: reference.calibrated,
        exposure: reference.exposure,
        sources: reference.sources,
        fwhm: reference.quality.fwhm,
        reason,
      },
      outputs: [],
    }),
}
