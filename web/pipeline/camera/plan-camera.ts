import type { CameraRegion } from '../../core/camera-report'
import { AsterismError } from '../../core/errors'
import type { ExposureRecord } from '../../core/frame'
import type { StepRecord } from '../../core/work-order'
import { groupFrames, listCameraSets, narrowSet, type CameraSet, type FrameGroup } from './camera-sets'

/** Side of the usual region: 160 000 pixels give a variance to a third of a per cent. */
const SIDE = 400
const LEAST_PIXELS = 1000
/** Some seventy bytes of working memory each. */
const MOST_PIXELS = 1024 * 1024
/** More frames of one group make the errors hardly smaller. */
const MOST_FRAMES = 64
/** Blocks along the longer side of a map. */
const BLOCKS = 32
const MOST_MAPS = 8

export interface CameraWish {
  readonly region?:
    { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | undefined
  readonly filter?: string | undefined
  readonly temperature?: number | undefined
}

type Draft = Pick<StepRecord, 'name' | 'frames' | 'parameters' | 'after'>

/** The middle of a frame, free of overscan, glow at the edges and dark corners; at most half of it each way. */
export const middleRegion = (width: number, height: number): CameraRegion => {
  const [columns, rows] = [Math.max(1, Math.min(SIDE, width >> 1)), Math.max(1, Math.min(SIDE, height >> 1))]
  return { left: (width - columns) >> 1, top: (height - rows) >> 1, width: columns, height: rows }
}

const settleRegion = ({ region }: CameraWish, { camera }: CameraSet): CameraRegion => {
  if (region === undefined) return middleRegion(camera.width, camera.height)
  const { x, y, width, height } = region
  const pixels = width * height
  if (x + width > camera.width || y + height > camera.height)
    throw new AsterismError(
      'bad-order',
      `The region reaches beyond the frames, which have ${camera.width} x ${camera.height} pixels.`,
    )
  if (pixels < LEAST_PIXELS || pixels > MOST_PIXELS)
    throw new AsterismError(
      'bad-order',
      `The region has ${pixels} pixels; choose one of ${LEAST_PIXELS} to ${MOST_PIXELS}.`,
    )
  return { left: x, top: y, width, height }
}

const chooseSet = (exposures: readonly ExposureRecord[], named: ReadonlySet<string> | null): CameraSet => {
  const sets = listCameraSets(named === null ? exposures : exposures.filter(({ id }) => named.has(id)))
  const [set, other] = sets
  if (set === undefined)
    throw new AsterismError(
      'not-found',
      'There is no bias, dark or flat frame to characterise a camera from. Add some, or say which of the frames they are.',
    )
  if (named !== null && other !== undefined)
    throw new AsterismError(
      'bad-order',
      `The frames are of more than one camera or way of reading it out: ${set.camera.instrument || 'a camera'} and ${other.camera.instrument || 'another'}. Name frames of one.`,
    )
  return set
}

const idsOf = ({ frames }: FrameGroup): string[] => frames.slice(0, MOST_FRAMES).map(({ id }) => id)

const factsOf = ({ night, temperature, exposure, filter }: FrameGroup) => ({
  night,
  temperature,
  exposure,
  filter,
})

/** Flats to be divided: of one night the last by the first, of several each night's first by that of the night before. */
const pairMaps = (flats: readonly FrameGroup[]): [ExposureRecord, ExposureRecord][] => {
  const filters = new Map<string, FrameGroup[]>()
  for (const group of flats) {
    const filter = (group.filter ?? '').toLowerCase()
    filters.set(filter, [...(filters.get(filter) ?? []), group])
  }
  const pairs: [ExposureRecord, ExposureRecord][] = []
  for (const groups of filters.values()) {
    const nights = new Map<string, FrameGroup>()
    for (const group of groups) {
      const known = nights.get(group.night)
      if (known === undefined || group.frames.length > known.frames.length) nights.set(group.night, group)
    }
    const chosen = [...nights.values()]
    chosen.slice(1).forEach((group, index) => {
      const [now, before] = [group.frames[0], chosen[index]?.frames[0]]
      if (now !== undefined && before !== undefined) pairs.push([now, before])
    })
    const [only] = chosen
    const [first, last] = [only?.frames[0], only?.frames.at(-1)]
    if (chosen.length === 1 && first !== undefined && last !== undefined && first !== last)
      pairs.push([last, first])
  }
  return pairs.slice(0, MOST_MAPS)
}

/**
 * The steps that characterise one camera: bias frames first, since flats and darks stand on their level; then each group of darks and flats
 * and each map by itself; at last the report. Without named frames the camera with most calibration frames is taken.
 */
export const planCamera = (
  add: (draft: Draft) => string,
  exposures: readonly ExposureRecord[],
  named: ReadonlySet<string> | null,
  wish: CameraWish,
): void => {
  const set = narrowSet(chooseSet(exposures, named), wish)
  const region = settleRegion(wish, set)
  const { bias, dark, flat } = set.frames
  if (bias.length + dark.length + flat.length === 0 && set.subtracted > 0)
    throw new AsterismError(
      'not-found',
      'The camera took the bias or a dark off all of these frames itself; what it is like can only be measured on raw ones.',
    )
  if (bias.length + dark.length + flat.length === 0)
    throw new AsterismError(
      'not-found',
      'No frame of this camera has the filter and the temperature that were asked for.',
    )
  const biases = groupFrames(bias, 'bias').map((group) =>
    add({
      name: 'measure-bias-frames',
      frames: idsOf(group),
      parameters: { region, ...factsOf(group) },
      after: [],
    }),
  )
  const darks = groupFrames(dark, 'dark').map((group) =>
    add({
      name: 'measure-dark-frames',
      frames: idsOf(group),
      parameters: { region, ...factsOf(group) },
      after: biases,
    }),
  )
  const flatGroups = groupFrames(flat, 'flat')
  const flats =
    biases.length === 0
      ? []
      : flatGroups.map((group) =>
          add({
            name: 'measure-flat-frames',
            frames: idsOf(group),
            parameters: { region, ...factsOf(group) },
            after: biases,
          }),
        )
  const block = Math.ceil(Math.max(set.camera.width, set.camera.height) / BLOCKS)
  const maps =
    biases.length === 0
      ? []
      : pairMaps(flatGroups).map(([first, second]) =>
          add({
            name: 'map-flat-ratio',
            frames: [first.id, second.id],
            parameters: { block },
            after: biases,
          }),
        )
  add({
    name: 'write-camera-report',
    frames: [...bias, ...dark, ...flat].map(({ id }) => id),
    parameters: { region, filter: wish.filter ?? null, temperature: wish.temperature ?? null },
    after: [...biases, ...darks, ...flats, ...maps],
  })
}
