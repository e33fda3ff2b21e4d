import { median } from '../../science/math/median'
import { medianExcess } from './expect-noise'
import type { StackParameters } from './stack-choices'

/** A light that may go into a stack, with what is known of it before. */
export interface FrameToStack {
  readonly id: string
  readonly filter: string | null
  /** Seconds. */
  readonly exposure: number | null
  readonly width: number
  readonly height: number
  readonly calibrated: boolean
  /** True where its place on the sky is known; null until that was looked up. */
  readonly placed: boolean | null
  /** Pixels; null until its stars were found. */
  readonly fwhm: number | null
  readonly stars: number | null
}

/** Something that will be done, or that is wrong with it, as a code with values that the page turns into words. */
export interface StackRemark {
  readonly code: string
  readonly values: Readonly<Record<string, string | number>>
}

export interface FrameSpared {
  readonly id: string
  readonly reason: 'fwhm' | 'stars' | 'no-world'
  readonly value: number | null
  readonly limit: number | null
}

export interface StackForecast {
  /** Frames that come in, as far as that is known before. */
  readonly used: readonly string[]
  readonly leftOut: readonly FrameSpared[]
  /** In the order in which it is done. */
  readonly steps: readonly StackRemark[]
  readonly traps: readonly StackRemark[]
  /** The order would be refused. */
  readonly refused: boolean
  /** Of all frames that come in, pixels; null where no frame was measured. */
  readonly limits: { readonly fwhm: number | null; readonly stars: number | null }
}

/** Fewer frames than these tell no outlier from noise by clipping. */
const FEWEST_FOR_CLIPPING = 5
/** Drops of drizzled frames are scattered evenly enough from so many frames on. */
const FEWEST_FOR_DRIZZLE = 8

const findLimits = (
  frames: readonly FrameToStack[],
  { leaveOut }: StackParameters,
): StackForecast['limits'] => {
  const widths = frames.flatMap(({ fwhm }) => fwhm ?? [])
  const counts = frames.flatMap(({ stars }) => stars ?? [])
  return {
    fwhm: leaveOut?.fwhm === undefined || widths.length === 0 ? null : leaveOut.fwhm * median(widths),
    stars: leaveOut?.stars === undefined || counts.length === 0 ? null : leaveOut.stars * median(counts),
  }
}

const spare = (
  { id, fwhm, stars, placed }: FrameToStack,
  limits: StackForecast['limits'],
  { method, solve }: StackParameters,
): FrameSpared[] => {
  if (method === 'wcs' && !solve && placed === false)
    return [{ id, reason: 'no-world' as const, value: null, limit: null }]
  if (limits.fwhm !== null && fwhm !== null && fwhm > limits.fwhm)
    return [{ id, reason: 'fwhm' as const, value: fwhm, limit: limits.fwhm }]
  if (limits.stars !== null && stars !== null && stars < limits.stars)
    return [{ id, reason: 'stars' as const, value: stars, limit: limits.stars }]
  return []
}

const listTraps = (
  frames: readonly FrameToStack[],
  used: readonly FrameToStack[],
  parameters: StackParameters,
): StackRemark[] => {
  const { combine, method, interpolation, solve, weights, mixFilters, leaveOut } = parameters
  const filters = [...new Set(frames.map(({ filter }) => filter ?? '–'))]
  const unplaced = frames.filter(({ placed }) => placed === false).length
  const unmeasured = frames.filter(({ fwhm }) => fwhm === null).length
  const sizes = new Set(frames.map(({ width, height }) => `${width} ${height}`))
  const clips = combine.rejection === 'sigma-clip' || combine.rejection === 'winsorized'
  const traps: (StackRemark | null)[] = [
    frames.length === 1 ? { code: 'one-frame', values: {} } : null,
    filters.length > 1
      ? { code: mixFilters ? 'mixed-filters' : 'filters', values: { filters: filters.join(', ') } }
      : null,
    method === 'wcs' && !solve && unplaced > 0 ? { code: 'no-world', values: { count: unplaced } } : null,
    method === 'none' && sizes.size > 1 ? { code: 'sizes', values: {} } : null,
    weights !== 'none' && combine.method !== 'mean' ? { code: 'weights', values: {} } : null,
    used.length > 1 && used.length < FEWEST_FOR_CLIPPING && clips
      ? { code: 'few-to-clip', values: { count: used.length } }
      : null,
    interpolation === 'drizzle' && used.length < FEWEST_FOR_DRIZZLE
      ? { code: 'few-to-drizzle', values: { count: used.length } }
      : null,
    leaveOut !== undefined && unmeasured > 0 ? { code: 'unmeasured', values: { count: unmeasured } } : null,
  ]
  return traps.filter((trap) => trap !== null)
}

const REFUSED: readonly string[] = ['filters', 'sizes', 'weights']

const describeGrid = ({ method, grid }: StackParameters): StackRemark | null => {
  if (method === 'none') return null
  const kind = method === 'stars' ? 'reference' : typeof grid === 'string' ? grid : grid.kind
  const extent = typeof grid === 'string' || method === 'stars' ? undefined : grid.extent
  const covers = extent ?? (kind === 'reference' ? 'reference' : 'all')
  return { code: `grid.${kind}.${covers}`, values: {} }
}

const listSteps = (
  frames: readonly FrameToStack[],
  used: readonly FrameToStack[],
  parameters: StackParameters,
): StackRemark[] => {
  const { combine, method, interpolation, normalisation, weights } = parameters
  const waiting = frames.filter(({ calibrated }) => !calibrated).length
  const grid = describeGrid(parameters)
  const seconds = used.flatMap(({ exposure }) => exposure ?? [])
  const count = used.length
  const gain = Math.sqrt(count) / (combine.method === 'median' ? medianExcess(count) : 1)
  const steps: (StackRemark | null)[] = [
    waiting === 0
      ? { code: 'calibrated', values: { count: frames.length } }
      : { code: 'calibrate', values: { count: waiting, all: frames.length } },
    method === 'wcs' && parameters.solve ? { code: 'solve', values: { count: frames.length } } : null,
    { code: `lay.${method}`, values: { count: frames.length } },
    grid,
    method === 'none' || parameters.zoom === 1 ? null : { code: 'zoom', values: { zoom: parameters.zoom } },
    method === 'none' ? null : { code: `draw.${interpolation}`, values: { pixfrac: parameters.pixfrac } },
    { code: `match.${normalisation ?? 'default'}`, values: {} },
    combine.scale === undefined || combine.scale === 'none'
      ? null
      : { code: `scale.${combine.scale}`, values: {} },
    weights === 'none' ? null : { code: `weights.${weights}`, values: {} },
    combine.rejection === 'none'
      ? null
      : { code: `reject.${combine.rejection}`, values: { low: combine.low ?? 0, high: combine.high ?? 0 } },
    { code: `combine.${combine.method}`, values: {} },
    { code: 'result', values: { count, gain, seconds: seconds.reduce((sum, value) => sum + value, 0) } },
  ]
  return steps.filter((step) => step !== null)
}

/** What an order to stack these frames would do, which of them it would leave out, and what speaks against it. */
export const foreseeStack = (frames: readonly FrameToStack[], parameters: StackParameters): StackForecast => {
  const limits = findLimits(frames, parameters)
  const leftOut = frames.flatMap((frame) => spare(frame, limits, parameters))
  const out = new Set(leftOut.map(({ id }) => id))
  const used = frames.filter(({ id }) => !out.has(id))
  const traps = listTraps(frames, used, parameters)
  return {
    used: used.map(({ id }) => id),
    leftOut,
    limits,
    traps,
    refused: traps.some(({ code }) => REFUSED.includes(code)),
    steps: frames.length === 0 ? [] : listSteps(frames, used, parameters),
  }
}
