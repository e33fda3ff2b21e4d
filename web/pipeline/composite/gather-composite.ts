import type { CompositeInput, CompositeMeasures } from '../../core/composite'
import { AsterismError } from '../../core/errors'
import type { Image } from '../../core/image'
import { throwIfAborted, type Task } from '../../core/task'
import { resampleImage } from '../../science/image/resample-image'
import type { Detection } from '../../science/detection/star'
import { letMessagesIn } from '../strips/let-messages-in'
import { alignSource, findStars, type Alignment } from './align-source'
import { fitBalance } from './fit-balance'
import { measurePlaneLevels } from './measure-plane'
import { alignBySky } from './find-places'
import { findStarColours } from './star-colours'
import { openSource, type CompositeRoom, type SourceFacts } from './read-source'

/** Pixels of all inputs together that are held at once: 1.5 GiB of them. */
const MOST_PIXELS = 384 * 1024 * 1024

export interface GatheredComposite {
  readonly width: number
  readonly height: number
  /** The inputs on the grid of the first. */
  readonly planes: readonly Float32Array[]
  readonly facts: readonly SourceFacts[]
  readonly measures: CompositeMeasures
}

const SAME = { how: 'same', matched: null, rms: null, transform: null } as const

/** Reads one input after the other and lays each on the grid of the first. What is `known` is not looked for again. */
export const gatherComposite = async (
  room: CompositeRoom,
  sources: readonly CompositeInput[],
  known: CompositeMeasures | null,
  task: Task,
): Promise<GatheredComposite> => {
  const opened = await Promise.all(sources.map((source) => openSource(room, source)))
  const [first] = opened
  if (first === undefined)
    throw new AsterismError(
      'bad-order',
      'A picture in colour needs at least one frame. Choose one for red, green and blue each.',
    )
  const { width, height, grid } = first.facts
  if (width * height * opened.length > MOST_PIXELS)
    throw new AsterismError(
      'too-large',
      `${opened.length} frames of ${width} x ${height} pixels are more than fit into memory at once. Bin the frames, or take fewer.`,
    )
  const planes: Image[] = []
  const alignments: (Alignment | typeof SAME)[] = []
  let stars: Detection | null = null
  const total = opened.length + (known === null ? 1 : 0)
  for (const [index, { facts, readImage }] of opened.entries()) {
    throwIfAborted(task)
    task.report({ label: facts.label.name, done: index, total })
    const image = await readImage(task)
    const isSame = known === null ? facts.grid === grid : known.transforms[index] === null
    if (index === 0 || (isSame && image.width === width && image.height === height)) {
      planes.push(image)
      alignments.push(SAME)
      continue
    }
    const place = known?.transforms[index]
    const reference = planes[0] ?? image
    let alignment: Alignment
    if (place == null) {
      stars ??= await findStars(room.compute, reference, first.facts.saturation, task)
      const own = await findStars(room.compute, image, facts.saturation, task)
      const pair = [sources[0]!.frame, sources[index]!.frame] as const
      alignment = await alignSource(stars, own, facts.label.name, () =>
        alignBySky(room.workspace, pair, { width, height }),
      )
    } else
      alignment = {
        transform: place,
        how: known?.alignment[index] === 'wcs' ? 'wcs' : 'stars',
        matched: known?.matched[index] ?? null,
        rms: known?.rms[index] ?? null,
      }
    alignments.push(alignment)
    planes.push(resampleImage(image, alignment.transform, { width, height, method: 'lanczos3' }))
    await letMessagesIn()
  }
  if (known !== null)
    return gathered(
      planes,
      opened.map(({ facts }) => facts),
      known,
    )
  task.report({ label: 'measure-stars', done: opened.length, total })
  const levels = planes.map(({ data }) => measurePlaneLevels(data))
  const fit = await balance(room, sources, planes, { stars, first: first.facts }, task)
  return gathered(
    planes,
    opened.map(({ facts }) => facts),
    {
      transforms: alignments.map(({ transform }) => transform),
      alignment: alignments.map(({ how }) => how),
      matched: alignments.map(({ matched }) => matched),
      rms: alignments.map(({ rms }) => rms),
      sky: levels.map(({ sky }) => sky),
      noise: levels.map(({ noise }) => noise),
      bright: levels.map(({ bright }) => bright),
      fit,
    },
  )
}

const gathered = (
  planes: readonly Image[],
  facts: readonly SourceFacts[],
  measures: CompositeMeasures,
): GatheredComposite => ({
  width: planes[0]?.width ?? 0,
  height: planes[0]?.height ?? 0,
  planes: planes.map(({ data }) => data),
  facts,
  measures,
})

/** A picture without stars has no balance of them, which is no fault of the picture. */
const balance = async (
  { compute, workspace }: CompositeRoom,
  sources: readonly CompositeInput[],
  planes: readonly Image[],
  { stars, first }: { readonly stars: Detection | null; readonly first: SourceFacts },
  task: Task,
) => {
  const [reference] = planes
  if (reference === undefined || planes.length < 2) return null
  try {
    const found = stars ?? (await findStars(compute, reference, first.saturation, task))
    return fitBalance(planes, found, 0, await findStarColours(workspace, sources[0]?.frame ?? '', reference))
  } catch (error) {
    if (error instanceof AsterismError && (error.code === 'no-stars' || error.code === 'no-match'))
      return null
    throw error
  }
}
