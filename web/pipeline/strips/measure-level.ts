import { createStatistics, readStatistics, statisticsKernel } from '../../compute/kernels/statistics'
import { calibrateRows } from './calibrate-rows'
import { gridOf, type FrameRecipe } from './frame-recipe'
import { createMasterRows, prepareMasters } from './master-rows'
import { rawBytesOf, readRawRows } from './raw-rows'
import { sampleBands } from './sample-bands'
import type { StripRoom } from './strip-room'

export interface Level {
  readonly median: number
  readonly deviation: number
}

/** Median and robust deviation of pixels that stand for a whole frame. */
export const measureLevel = async (
  { compute, task }: Pick<StripRoom, 'compute' | 'task'>,
  sample: Float32Array,
): Promise<Level> => {
  const made = createStatistics()
  await compute.run(statisticsKernel, null, { data: sample }, made, task)
  const { median, robustDeviation } = readStatistics(made)
  return { median, deviation: robustDeviation }
}

/** The median of a calibrated frame, from the bands that stand for it. */
export const measureFrameLevel = (room: StripRoom, recipe: FrameRecipe): Promise<number> =>
  room.compute.arena.scope(async () => {
    const { width, height } = gridOf(recipe)
    const { arena } = room.compute
    const bands = sampleBands(width, height)
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
    return (await measureLevel(room, sample)).median
  })
