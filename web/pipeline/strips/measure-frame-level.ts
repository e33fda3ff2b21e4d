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
    return findLevel(room, sample, width, rule)
  })
