import type { MasterQuality, MasterRecord } from '../../core/master'
import { throwIfAborted } from '../../core/task'
import { countAbove, countBelow } from '../../science/detector/count-hot-pixels'
import { chooseBlock, describePattern, takeBlockMedians } from '../../science/detector/large-scale-pattern'
import type { StripRoom } from '../strips/strip-room'

/** A pixel this many times the noise of one frame off the level can be seen in each frame by itself. */
const SIGMAS = 5
/** A pixel of a flat that sees less than this part of the light is as good as blind. */
const BLIND = 0.5

type WholePlane = Pick<MasterQuality, 'hotPixels'> & Required<Pick<MasterQuality, 'coldPixels' | 'structure'>>

/** Thresholds above and below which pixels are counted; null where nobody can say. */
const findLimits = (
  { kind }: MasterRecord,
  { level, noise }: Pick<MasterQuality, 'level' | 'noise'>,
): { hot: number | null; cold: number | null } => {
  if (kind === 'master-flat') return { hot: null, cold: BLIND }
  if (noise === null) return { hot: null, cold: null }
  const reach = SIGMAS * noise.value
  return { hot: kind === 'master-dark' ? level.value + reach : null, cold: level.value - reach }
}

/** What is read off the whole data plane of a master, once and some rows at a time: hot and cold pixels, and what changes slowly over it. */
export const measurePlane = async (
  { workspace, task }: StripRoom,
  master: MasterRecord,
  quality: Pick<MasterQuality, 'level' | 'noise'>,
): Promise<WholePlane> => {
  const { bytesId, width, height } = master
  const { hot, cold } = findLimits(master, quality)
  const block = chooseBlock(width, height)
  const strip = new Float32Array(width * block)
  const medians: number[] = []
  let [hotCount, coldCount] = [0, 0]
  for (let top = 0; top < height; top += block) {
    throwIfAborted(task)
    const rows = strip.subarray(0, width * Math.min(block, height - top))
    await workspace.pixels.readInto(
      bytesId,
      top * width * 4,
      new Uint8Array(strip.buffer, 0, rows.byteLength),
    )
    if (hot !== null) hotCount += countAbove(rows, hot)
    if (cold !== null) coldCount += countBelow(rows, cold)
    if (rows.length === strip.length) medians.push(...takeBlockMedians(rows, width, block))
  }
  const part = (count: number, threshold: number) => ({
    count,
    threshold: Math.abs(threshold - (master.kind === 'master-flat' ? 0 : quality.level.value)),
    fraction: count / (width * height),
  })
  return {
    hotPixels: hot === null ? null : part(hotCount, hot),
    coldPixels: cold === null ? null : part(coldCount, cold),
    structure: describePattern(medians, Math.floor(width / block), block),
  }
}
