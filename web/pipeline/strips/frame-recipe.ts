import type { CellPlace } from '../../core/colour-channel'
import type { ExposureRecord } from '../../core/frame'
import type { MasterRecord } from '../../core/master'
import type { PixelMap } from '../../core/pixel-map'
import { correctedSize, type RawCorrection } from '../../core/raw-correction'
import type { PixelPatch } from './pixel-patch'
import type { AppliedSky } from './sky-fit'

/** All that makes the pixels of one frame: where they are stored, what is taken off, and how they lie on the wanted grid. */
export interface FrameRecipe {
  readonly exposure: ExposureRecord
  /** What is done before any master; null where nothing is. */
  readonly raw: RawCorrection | null
  /** ADU that stand for no light after that: none without the overscan, else the level of the bias; null where it is not known. */
  readonly zero: number | null
  readonly bias: MasterRecord | null
  readonly dark: MasterRecord | null
  readonly flat: MasterRecord | null
  /** Factor on the dark's pixels. */
  readonly darkFactor: number
  /** ADU that are taken off every pixel with the masters. */
  readonly pedestal: number
  /** Electrons per ADU that the calibrated pixels are multiplied with; 1 keeps ADU. */
  readonly gain: number
  /** The pixels of one colour, and what stands for a cell that has two of them; null keeps all pixels. */
  readonly channel: ChannelChoice | null
  /** Leads from pixels of the wanted grid to positions on this frame; null keeps the frame's own grid. */
  readonly map: PixelMap | null
  /** Pixels that stand in place of bad ones, NaN where those are masked; on the frame's own grid. */
  readonly badPixels: PixelPatch | null
  /** What was fitted to its sky; null leaves it as it is. */
  readonly sky: AppliedSky | null
  /** Pixels that stand in place of cosmic rays. */
  readonly patch: PixelPatch | null
}

export interface ChannelChoice {
  readonly places: readonly CellPlace[]
  /** The greatest is for questions of saturation: one full pixel of two is enough. */
  readonly two: 'mean' | 'greatest'
}

/** A frame as the camera wrote it, but for what is named. */
export const createRecipe = (
  exposure: ExposureRecord,
  wanted: Partial<Omit<FrameRecipe, 'exposure' | 'zero'>> = {},
): FrameRecipe => ({
  exposure,
  raw: null,
  zero: wanted.raw?.overscan == null ? (wanted.bias?.statistics.median ?? (wanted.pedestal || null)) : 0,
  pedestal: 0,
  bias: null,
  dark: null,
  flat: null,
  darkFactor: 1,
  gain: 1,
  channel: null,
  map: null,
  badPixels: null,
  sky: null,
  patch: null,
  ...wanted,
})

/** The frame's own grid: what is left after trimming, in cells where one colour is taken. */
export const gridOf = ({
  exposure,
  raw,
  channel,
}: {
  readonly exposure: { readonly width: number; readonly height: number }
  readonly raw: RawCorrection | null
  readonly channel: object | null
}): { readonly width: number; readonly height: number } => {
  const { width, height } = correctedSize(exposure, raw)
  return channel === null ? { width, height } : { width: width >> 1, height: height >> 1 }
}

/** Rows of trimmed pixels, which masters have too, that rows of the frame's own grid are made of. */
export const findPixelRows = (
  { channel }: Pick<FrameRecipe, 'channel'>,
  { top, bottom }: { readonly top: number; readonly bottom: number },
): { readonly top: number; readonly bottom: number } =>
  channel === null ? { top, bottom } : { top: 2 * top, bottom: 2 * bottom }

/** Masters whose pixels are needed. */
export const listMasters = ({
  bias,
  dark,
  flat,
}: Pick<FrameRecipe, 'bias' | 'dark' | 'flat'>): MasterRecord[] =>
  [bias, dark, flat].filter((master) => master !== null)

/**
 * Factors on bias and dark. A dark that still holds the bias takes it off as well; scaled by f it takes off f times the bias,
 * and the bias frame makes up for the rest: -bias - f (dark - bias) = -(1 - f) bias - f dark.
 */
export const findFactors = ({
  bias,
  dark,
  darkFactor,
}: Pick<FrameRecipe, 'bias' | 'dark' | 'darkFactor'>): { biasFactor: number; darkFactor: number } => {
  if (dark === null) return { biasFactor: bias === null ? 0 : 1, darkFactor: 0 }
  if (dark.biasSubtracted) return { biasFactor: bias === null ? 0 : 1, darkFactor }
  if (darkFactor === 1) return { biasFactor: 0, darkFactor: 1 }
  // Without a bias frame such a dark cannot be scaled: it is left out.
  return bias === null ? { biasFactor: 0, darkFactor: 0 } : { biasFactor: 1 - darkFactor, darkFactor }
}

/** What the camera wrote, on the grid of the calibrated frame: trimmed and of one colour as that, and nothing taken off. */
export const rawRecipeOf = ({ exposure, raw, channel }: FrameRecipe): FrameRecipe =>
  createRecipe(exposure, {
    raw: raw === null ? null : { overscan: null, trim: raw.trim, linearity: null },
    channel: channel === null ? null : { ...channel, two: 'greatest' },
  })

/** A frame before its masters: overscan off, trimmed, linear; all colours. */
export const correctedRecipeOf = (recipe: FrameRecipe): FrameRecipe => ({
  ...recipe,
  bias: null,
  dark: null,
  flat: null,
  pedestal: 0,
  gain: 1,
  channel: null,
  map: null,
  badPixels: null,
  sky: null,
  patch: null,
})
