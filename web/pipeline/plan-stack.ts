import { AsterismError } from '../core/errors'
import { effectiveFacts, type ExposureRecord } from '../core/frame'
import type { StackNormalisation } from '../core/stack'
import type { OrderParameters } from './order-parameters'
import { addDetections, wishOf, type FramesToLay, type LaidFrames } from './plan-registration'

const weightsOf = ({ weights, combine }: OrderParameters): OrderParameters['weights'] =>
  weights === 'none' && combine.weights === 'inverse-variance' ? 'noise' : weights

/** Refuses what would not be what was meant, before any work is done. */
export const checkStack = (lights: readonly ExposureRecord[], parameters: OrderParameters): void => {
  const { combine, interpolation, method, mixFilters, zoom } = parameters
  const filters = [...new Set(lights.map((light) => effectiveFacts(light).filter ?? '–'))]
  if (filters.length > 1 && !mixFilters)
    throw new AsterismError(
      'bad-order',
      `These frames were taken through ${filters.length} filters (${filters.slice(0, 8).join(', ')}). Stack those of one filter, or say with "mixFilters" that they belong together.`,
    )
  if (weightsOf(parameters) !== 'none' && combine.method !== 'mean')
    throw new AsterismError('bad-order', `Weights go with the mean alone, and not with "${combine.method}".`)
  if (interpolation === 'drizzle' && combine.method === 'median')
    throw new AsterismError(
      'bad-order',
      'Drops are averaged or summed: a median of parts of pixels has no meaning. Ask for "mean" with a rejection.',
    )
  if (method === 'none' && (interpolation === 'drizzle' || zoom !== 1))
    throw new AsterismError(
      'bad-order',
      'Frames that are taken as they lie keep their pixels. To drizzle them or to make their pixels smaller, register them by "stars" or "wcs".',
    )
}

/** A grid that holds more than the reference has frames that do not all overlap: one sky level for each would leave seams. */
const normalisationOf = (parameters: OrderParameters): StackNormalisation => {
  const { method, normalisation } = parameters
  if (normalisation !== undefined) return normalisation
  if (method === 'none') return 'none'
  const { kind, extent } = wishOf(parameters)
  const wide = method === 'wcs' && (extent === undefined ? kind !== 'reference' : extent === 'all')
  return wide ? 'overlap' : 'sky'
}

const needsStars = (parameters: OrderParameters): boolean =>
  ['noise-fwhm', 'snr'].includes(weightsOf(parameters)) ||
  parameters.combine.scale === 'stars' ||
  parameters.leaveOut !== undefined

export const addStack = (frames: FramesToLay, laid: LaidFrames | null): string => {
  const { add, ready, parameters } = frames
  const { interpolation, combine, method, leaveOut, pixfrac, clamp, zoom } = parameters
  const detections = laid?.detections ?? (needsStars(parameters) ? addDetections(frames) : new Map())
  const registered = laid === null ? [] : [laid.reference, laid.grid, ...laid.matches.values()]
  return add({
    name: 'stack-frames',
    frames: [],
    parameters: {
      method,
      interpolation,
      combine,
      normalisation: normalisationOf(parameters),
      weights: weightsOf(parameters),
      ...(interpolation === 'drizzle' ? { pixfrac } : {}),
      ...(interpolation === 'lanczos3' ? { clamp } : {}),
      // A grid on the sky has its zoom already.
      ...(method === 'stars' && zoom !== 1 ? { zoom } : {}),
      ...(leaveOut === undefined ? {} : { leaveOut }),
    },
    after: [
      ...new Set([
        ...registered.filter((id) => id !== null),
        ...(laid === null ? [...ready.values()].flat() : []),
        ...(detections.values() as Iterable<string>),
      ]),
    ],
  })
}
