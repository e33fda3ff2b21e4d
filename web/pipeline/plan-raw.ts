import { parsePixelSection, type PixelSection } from '../core/pixel-section'
import { effectiveFacts, type ExposureRecord } from '../core/frame'
import type { OverscanRecipe, RawCorrection } from '../core/raw-correction'
import type { OrderParameters } from './order-parameters'

type Frame = Pick<ExposureRecord, 'facts' | 'corrections' | 'width' | 'height'>
type RawParameters = Pick<OrderParameters, 'overscan' | 'trim' | 'linearity'>

const isWithin = ({ x, y }: PixelSection, { width, height }: Frame): boolean =>
  x[0] < x[1] && y[0] < y[1] && x[1] <= width && y[1] <= height

const isWhole = ({ x, y }: PixelSection, { width, height }: Frame): boolean =>
  x[0] === 0 && y[0] === 0 && x[1] === width && y[1] === height

/** A section that was asked for, else the one that header or profile name; null where there is none that fits the frame. */
const findSection = (
  frame: Frame,
  wanted: string | undefined,
  known: PixelSection | null | undefined,
): PixelSection | null => {
  const section = wanted === undefined ? (known ?? null) : parsePixelSection(wanted)
  return section !== null && isWithin(section, frame) ? section : null
}

const planOverscan = (frame: Frame, { overscan }: RawParameters): OverscanRecipe | null => {
  if (overscan === 'off') return null
  const how = overscan === 'auto' ? { method: 'median' as const, degree: null } : overscan
  const wanted = overscan === 'auto' ? undefined : overscan.section
  const section = findSection(frame, wanted, effectiveFacts(frame).overscan)
  return section === null ? null : { section, method: how.method, degree: how.degree ?? null }
}

const planTrim = (frame: Frame, { trim }: RawParameters): PixelSection | null => {
  if (trim === 'off') return null
  const section = findSection(frame, trim === 'auto' ? undefined : trim, effectiveFacts(frame).trim)
  return section === null || isWhole(section, frame) ? null : section
}

/**
 * What is done to a frame before any master, by header, profile and the wishes of the order; null where nothing is. Frames of bias hold no
 * light, so there is nothing to make linear.
 */
export const planRaw = (frame: Frame, parameters: RawParameters): RawCorrection | null => {
  const overscan = planOverscan(frame, parameters)
  const trim = planTrim(frame, parameters)
  const linearity = effectiveFacts(frame).kind === 'bias' ? null : (parameters.linearity ?? null)
  return overscan === null && trim === null && linearity === null ? null : { overscan, trim, linearity }
}

/** Whether a master whose frames were treated like this fits a frame that is treated like that; sizes are compared elsewhere. */
export const findRawMisfit = (
  master: RawCorrection | null,
  frame: RawCorrection | null,
): 'overscan' | 'linearity' | null => {
  if (((master?.overscan ?? null) === null) !== ((frame?.overscan ?? null) === null)) return 'overscan'
  const [own, other] = [master?.linearity ?? null, frame?.linearity ?? null]
  return JSON.stringify(own) === JSON.stringify(other) ? null : 'linearity'
}
