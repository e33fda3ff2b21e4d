import type { FrameLeftOut } from '../../core/stack'
import { median } from '../../science/math/median'
import type { StackCandidate, StackParameters } from './stack-input'

/** Pixels of the stack: frames of several cameras are compared in what they have in common. */
export const widthOnGrid = ({ record, sources }: StackCandidate): number | null => {
  const fwhm = sources?.quality.fwhm ?? null
  return fwhm === null ? null : fwhm / (record.registration?.scale ?? 1)
}

/** Stars that agree where the frame was matched by them, else those that were found on it. */
export const countStars = ({ record, sources }: StackCandidate): number | null => {
  const { registration } = record
  const matched = registration === null || registration.method === 'wcs' ? null : registration.matched
  return matched ?? sources?.quality.starCount ?? null
}

export const nameLeftOut = (
  { record }: Pick<StackCandidate, 'record'>,
  reason: FrameLeftOut['reason'],
  value: number | null = null,
  limit: number | null = null,
): FrameLeftOut => ({
  frame: record.id,
  exposure: record.exposure,
  name: record.name,
  reason,
  value,
  limit,
})

/** Frames whose stars are much wider, or much fewer, than those of most. A frame of which nothing is known stays in. */
export const leaveOutFrames = (
  frames: readonly StackCandidate[],
  rule: StackParameters['leaveOut'] = {},
): { readonly kept: StackCandidate[]; readonly leftOut: FrameLeftOut[] } => {
  const kept: StackCandidate[] = []
  const leftOut: FrameLeftOut[] = []
  const usualWidth = median(frames.flatMap((frame) => widthOnGrid(frame) ?? []))
  const usualCount = median(frames.flatMap((frame) => countStars(frame) ?? []))
  for (const frame of frames) {
    const [width, count] = [widthOnGrid(frame), countStars(frame)]
    const widest = (rule.fwhm ?? Infinity) * usualWidth
    const fewest = (rule.stars ?? 0) * usualCount
    if (width !== null && width > widest) leftOut.push(nameLeftOut(frame, 'fwhm', width, widest))
    else if (count !== null && count < fewest) leftOut.push(nameLeftOut(frame, 'stars', count, fewest))
    else kept.push(frame)
  }
  return { kept, leftOut }
}
