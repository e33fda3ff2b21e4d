import { effectiveFacts, type ExposureRecord, type FrameFacts } from '../core/frame'
import { median } from '../science/math/median'

/** What a frame's darkest pixels must lie below, of the level of bias and darks of its camera. */
interface BiasLevel {
  /** ADU, the median of those frames. */
  readonly level: number
  /** ADU: darker than this is no chance, and no drift of the electronics. */
  readonly limit: number
  readonly frames: number
}

/** Light only adds: a frame with its bias in it has hardly a pixel so many sigma below the level of a bias. */
const SIGMAS = 8
/** Nor does the offset of a camera drift by so much of itself. */
const LEAST_DROP = 0.2

/** The same camera read out the same way. */
const cameraOf = (exposure: ExposureRecord): string => {
  const { telescope, instrument, binning, gainSetting } = effectiveFacts(exposure)
  return JSON.stringify([
    telescope.toLowerCase(),
    instrument.toLowerCase(),
    binning,
    gainSetting,
    exposure.width,
    exposure.height,
  ])
}

const isReference = (exposure: ExposureRecord): boolean => {
  const { kind, subtracted } = effectiveFacts(exposure)
  const known = subtracted === 'bias' || subtracted === 'dark'
  return (kind === 'bias' || kind === 'dark') && !known && exposure.level != null
}

const findBiasLevels = (exposures: readonly ExposureRecord[]): Map<string, BiasLevel> => {
  const cameras = new Map<string, ExposureRecord[]>()
  for (const exposure of exposures.filter(isReference)) {
    const camera = cameraOf(exposure)
    cameras.set(camera, [...(cameras.get(camera) ?? []), exposure])
  }
  return new Map(
    [...cameras].map(([camera, frames]) => {
      const biases = frames.filter((frame) => effectiveFacts(frame).kind === 'bias')
      const levels = (biases.length > 0 ? biases : frames).flatMap((frame) => frame.level ?? [])
      const level = median(levels.map((each) => each.median))
      const noise = median(levels.map((each) => each.deviation))
      const limit = Math.min(level - SIGMAS * noise, (1 - LEAST_DROP) * level)
      return [camera, { level, limit, frames: levels.length }]
    }),
  )
}

/** By its pixels: what the level is that a bias of its camera has, where the frame's darkest pixels lie far below it; else null. */
const findMissingBias = (
  exposure: ExposureRecord,
  levels: ReadonlyMap<string, BiasLevel>,
): BiasLevel | null => {
  const expected = levels.get(cameraOf(exposure))
  if (expected === undefined || exposure.level == null) return null
  return exposure.level.low < expected.limit ? expected : null
}

const settle = (exposure: ExposureRecord, levels: ReadonlyMap<string, BiasLevel>): ExposureRecord => {
  if (effectiveFacts(exposure).subtracted != null) return exposure
  const expected = findMissingBias(exposure, levels)
  if (expected === null) return exposure
  // A camera that takes something off by itself takes a dark, with the bias in it; a bias alone looks the same.
  const facts: FrameFacts = { ...exposure.facts, subtracted: 'dark' }
  return { ...exposure, facts, sources: { ...exposure.sources, subtracted: 'pixels' } }
}

/**
 * Exposures with what the camera took off them, where their headers are silent and their pixels tell: the lowest 1 % of them lie far
 * below the bias and darks of the same camera. It can only be told where the camera's offset is well above its noise and some pixels
 * of the frame saw little light. What a header or a person says stays.
 */
export const settleSubtracted = (exposures: readonly ExposureRecord[]): readonly ExposureRecord[] => {
  const levels = findBiasLevels(exposures)
  return levels.size === 0 ? exposures : exposures.map((exposure) => settle(exposure, levels))
}
