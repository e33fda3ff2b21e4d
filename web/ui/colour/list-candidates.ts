import type { CompositeInput, CompositePart } from '../../core/composite'
import type { PerChannel } from '../../core/colour-picture'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { ReducedRecord } from '../../core/reduced'
import type { StackRecord } from '../../core/stack'
import { findPassband, isLuminanceFilter, proposeColours } from '../../science/colour/palettes'

/** A frame that a picture in colour can be made of. */
export interface Candidate {
  readonly id: string
  readonly name: string
  readonly filter: string | null
  readonly object: string | null
  readonly source: 'stack' | 'calibrated' | 'raw'
  /** Behind a mosaic of filters: it has a red, a green and a blue of its own. */
  readonly mosaic: boolean
}

/** One input as a person chose it. */
export interface Channel extends CompositeInput {
  readonly colour: PerChannel<number>
  /** It gives the brightness of the picture and no colour. */
  readonly brightness: boolean
}

interface Things {
  readonly exposures: readonly ExposureRecord[]
  readonly reduced: readonly ReducedRecord[]
  readonly stacks: readonly StackRecord[]
}

/** Stacks first and newest first, then calibrated frames, of each the last recipe, then raw lights. */
export const listCandidates = ({ exposures, reduced, stacks }: Things): Candidate[] => {
  const lights = new Map(
    exposures
      .filter((exposure) => !exposure.excluded && effectiveFacts(exposure).kind === 'light')
      .map((exposure) => [exposure.id, exposure]),
  )
  const newest = new Map<string, ReducedRecord>()
  for (const frame of reduced) if (lights.has(frame.exposure)) newest.set(frame.exposure, frame)
  const describe = (exposure: ExposureRecord) => {
    const { filter, object, bayerPattern } = effectiveFacts(exposure)
    return { filter, object, mosaic: bayerPattern != null }
  }
  return [
    ...stacks
      .toReversed()
      .map(
        ({ id, name, filter, object }) =>
          ({ id, name, filter, object, source: 'stack', mosaic: false }) as const,
      ),
    ...[...newest].flatMap(([original, { id, name, calibration }]) => {
      const light = lights.get(original)
      if (light === undefined) return []
      const facts = describe(light)
      const colour = calibration.channel?.name ?? null
      return {
        id,
        name,
        source: 'calibrated',
        ...facts,
        filter: colour ?? facts.filter,
        mosaic: facts.mosaic && colour === null,
      } as const
    }),
    ...[...lights.values()].map(
      (exposure) => ({ id: exposure.id, name: exposure.name, source: 'raw', ...describe(exposure) }) as const,
    ),
  ]
}

const PARTS: readonly CompositePart[] = ['red', 'green', 'blue']
const WHITE: PerChannel<number> = [1, 1, 1]
const RGB: readonly PerChannel<number>[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

/** At most so many inputs are proposed: more are a choice. */
const MOST_PROPOSED = 3

/**
 * A picture to begin with, of the object that has most filters: one frame of each, a stack rather than a single frame, with its colour by wavelength;
 * of a camera with a mosaic its three colours. Of more than three filters the longest, the shortest and the one in the middle are taken.
 */
export const proposeChannels = (candidates: readonly Candidate[]): Channel[] => {
  const objects = new Map<string, Map<string, Candidate>>()
  for (const candidate of candidates) {
    const filters = objects.get(candidate.object ?? '') ?? new Map<string, Candidate>()
    objects.set(candidate.object ?? '', filters)
    const key = candidate.filter ?? ''
    // The best come first.
    if (!filters.has(key)) filters.set(key, candidate)
  }
  const [filters] = [...objects.values()].toSorted((a, b) => b.size - a.size)
  if (filters === undefined) return []
  const frames = [...filters.values()]
  const mosaic = frames.find((frame) => frame.mosaic)
  if (frames.length === 1 && mosaic !== undefined)
    return PARTS.map((part, index) => ({
      frame: mosaic.id,
      part,
      colour: RGB[index] ?? WHITE,
      brightness: false,
    }))
  const luminance = frames.length > 2 ? frames.find(({ filter }) => isLuminanceFilter(filter)) : undefined
  const wavelength = ({ filter }: Candidate) => findPassband(filter)?.wavelength ?? 1e4
  const coloured = frames
    .filter((frame) => frame !== luminance)
    .toSorted((a, b) => wavelength(b) - wavelength(a))
  const chosen = coloured.filter(
    (_, index) =>
      coloured.length <= MOST_PROPOSED ||
      index === 0 ||
      index === coloured.length >> 1 ||
      index === coloured.length - 1,
  )
  const colours = proposeColours(chosen.map(({ filter }) => filter))
  return [
    ...chosen.map(({ id }, index) => ({
      frame: id,
      part: 'whole' as const,
      colour: colours[index] ?? WHITE,
      brightness: false,
    })),
    ...(luminance === undefined
      ? []
      : [{ frame: luminance.id, part: 'whole' as const, colour: [0, 0, 0] as const, brightness: true }]),
  ]
}

/** The one that gives the brightness comes last, as orders have it. */
export const orderChannels = (channels: readonly Channel[]): Channel[] => [
  ...channels.filter(({ brightness }) => !brightness),
  ...channels.filter(({ brightness }) => brightness).slice(0, 1),
]
