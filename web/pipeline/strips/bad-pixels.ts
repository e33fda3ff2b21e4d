import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { MasterRecord } from '../../core/master'
import { fixBadPixels, type PlanesToFix } from '../../science/calibration/fix-bad-pixels'
import { fixColourPixels } from '../../science/calibration/fix-colour-pixels'
import type { Workspace } from '../../storage/workspace'
import { keepRecent } from '../keep-recent'
import { gridOf, type FrameRecipe } from './frame-recipe'

/** Lists of bad pixels that are kept: a night has one or two maps, and every frame asks for one. */
const readOnce = keepRecent<Uint32Array>(8)

/** Indices of bad pixels on the frame's own grid: of a cell that is bad where one of the pixels of its colour is. */
const placeOnGrid = (
  mask: Float32Array,
  stride: number,
  recipe: Pick<FrameRecipe, 'exposure' | 'raw' | 'channel'>,
): Uint32Array => {
  const { width, height } = gridOf(recipe)
  const { channel } = recipe
  const places = channel?.places.map(([column, row]) => row * stride + column) ?? [0]
  const step = channel === null ? 1 : 2
  const indices: number[] = []
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = step * (y * stride + x)
      if (places.some((place) => mask[cell + place] !== 0)) indices.push(y * width + x)
    }
  }
  return Uint32Array.from(indices)
}

/** The bad pixels of a map as indices on the frame's own grid, ascending. */
export const readBadPixels = (
  workspace: Workspace,
  map: MasterRecord,
  recipe: Pick<FrameRecipe, 'exposure' | 'raw' | 'channel'>,
): Promise<Uint32Array> =>
  readOnce(JSON.stringify([map.id, recipe.channel]), async () => {
    const mask = new Float32Array(map.width * map.height)
    await workspace.pixels.readInto(map.bytesId, 0, new Uint8Array(mask.buffer))
    return placeOnGrid(mask, map.width, recipe)
  })

/** What has no pixel of its own: a mask of them, 1 where bad. */
export const maskOfIndices = (indices: Uint32Array, length: number): Uint8Array => {
  const mask = new Uint8Array(length)
  for (const index of indices) mask[index] = 1
  return mask
}

const hasColours = ({ exposure, channel }: { exposure: ExposureRecord; channel: object | null }): boolean =>
  channel === null && effectiveFacts(exposure).bayerPattern != null

/** Fills the bad pixels of a frame's own grid from neighbours, of their own colour where there are several. */
export const fillBadPixels = (
  planes: PlanesToFix,
  recipe: Pick<FrameRecipe, 'exposure' | 'raw' | 'channel'>,
): void => {
  const { width } = gridOf(recipe)
  if (hasColours(recipe)) fixColourPixels(planes, width, { method: 'interpolate' })
  else fixBadPixels(planes, width, { method: 'interpolate' })
}
