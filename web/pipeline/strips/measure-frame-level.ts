import { measureNeighbourNoise } from '../../science/image/neighbour-noise'
import { calibrateRows } from './calibrate-rows'
import { gridOf, type FrameRecipe } from './frame-recipe'
import { bandsOf, findLevel, MEDIAN_OF_ALL, type LevelRule } from './level-rule'
import { createMasterRows, prepareMasters } from './master-rows'
import { rawBytesOf, readRawRows } from './raw-rows'
import type { StripRoom } from './strip-room'

/** The level of a calibrated frame, from the bands that stand for it. */
export const measureFrameLevel = (
  room: StripRoom,
  recipe: FrameRecipe,
  rule: LevelRule = MEDIAN_OF_ALL,
): Promise<number> =>
  withBands(room, recipe, rule, (sample, { width }) => findLevel(room, sample, width, rule))

/** Level and noise of a pixel of a calibrated frame, on its own grid. */
export const measureFrameSky = (
  room: StripRoom,
  recipe: FrameRecipe,
): Promise<{ readonly level: number; readonly noise: number }> =>
  withBands(room, recipe, MEDIAN_OF_ALL, async (sample, { width, height }) => {
    // First: finding the level uses the sample up.
    const noise = measureNeighbourNoise({ width, height, data: sample })
    return { level: await findLevel(room, sample, width, MEDIAN_OF_ALL), noise }
  })

const withBands = <Result>(
  room: StripRoom,
  recipe: FrameRecipe,
  rule: LevelRule,
  measure: (
    sample: Float32Array,
    size: { readonly width: number; readonly height: number },
  ) => Promise<Result>,
): Promise<Result> =>
  room.compute.arena.scope(async () => {
    const { width, height } = gridOf(recipe)
    const { arena } = room.compute
    const bands = bandsOf(rule, width, height)
    const rows = bands.reduce((sum, { top, bottom }) => sum + bottom - top, 0)
    const sample = arena.float32(rows * width)
    let at = 0
    for (const band of bands) {
      const target = sample.subarray(at, at + (band.bottom - band.top) * width)
      await arena.scope(async () => {
        const masters = createMasterRows(room)
        await prepareMasters(masters, [recipe], band)
        const raw = await readRawRows(room, recipe, band, arena.uint8(rawBytesOf(recipe, band)))
        await calibrateRows(room, recipe, raw, { masters, ...band }, target)
      })
      at += target.length
    }
    return measure(sample, { width, height: rows })
  })
