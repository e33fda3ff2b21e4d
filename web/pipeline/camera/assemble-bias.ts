import type { BiasFrameRecord, CameraReportRecord } from '../../core/camera-report'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { StepRecord } from '../../core/work-order'
import { fitLevelLine } from '../../science/detector/level-line'
import { parseIsoUtc } from '../../science/time/iso-utc'
import { biasSteps, meanOf } from './step-results'

const HOURS_PER_DAY = 24
/** Hours that frames have to span before a drift by the hour is more than a guess. */
const LEAST_SPAN = 0.1

/** Pooled standard deviation of the levels of frames of one night and temperature: how much a level wanders from frame to frame. */
const measureUnrest = (groups: readonly (readonly number[])[]): number => {
  let [squares, freedom] = [0, 0]
  for (const levels of groups) {
    const mean = meanOf(levels)
    squares += levels.reduce((sum, level) => sum + (level - mean) ** 2, 0)
    freedom += Math.max(0, levels.length - 1)
  }
  return freedom === 0 ? 0 : Math.sqrt(squares / freedom)
}

/** Within one night and temperature: else it is the cooling that drifts. */
const fitDrift = (groups: readonly (readonly BiasFrameRecord[])[]) => {
  const longest = groups.toSorted((a, b) => b.length - a.length)[0] ?? []
  const timed = longest.flatMap(({ time, level, error }) =>
    time === null ? [] : [{ x: time * HOURS_PER_DAY, level, error }],
  )
  // Julian hours are near to a hundred million: from the first frame on, nothing is lost.
  const zero = timed[0]?.x ?? 0
  const span = (timed.at(-1)?.x ?? zero) - zero
  if (timed.length < 3 || span < LEAST_SPAN) return null
  return fitLevelLine(timed.map((point) => ({ ...point, x: point.x - zero })))?.slope ?? null
}

/** Bias frames over time: level of each, noise of each pair, and how steady they are. */
export const assembleBias = (
  steps: readonly StepRecord[],
  exposures: ReadonlyMap<string, ExposureRecord>,
): CameraReportRecord['bias'] => {
  const describe = (frame: string) => {
    const exposure = exposures.get(frame)
    const facts = exposure === undefined ? null : effectiveFacts(exposure)
    const dateObs = facts?.dateObs ?? null
    return {
      night: facts?.night ?? '',
      time: dateObs === null ? null : parseIsoUtc(dateObs),
      temperature: facts?.temperature ?? null,
    }
  }
  const groups = biasSteps(steps)
  const members = groups.map(({ result }) =>
    result.levels.map(({ frame, level, error }) => ({ frame, ...describe(frame), level, error })),
  )
  return {
    frames: members.flat(),
    pairs: groups.flatMap(({ result }) =>
      result.pairs.map(({ frames: pair, value, error }) => ({
        frames: pair,
        ...describe(pair[1]),
        noise: value,
        error,
      })),
    ),
    unrest: measureUnrest(groups.map(({ result }) => result.levels.map(({ level }) => level))),
    drift: fitDrift(members),
  }
}
