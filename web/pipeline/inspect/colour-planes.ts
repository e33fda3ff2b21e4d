import type { Compute } from '../../compute/create-compute'
import { debayerKernel } from '../../compute/kernels/debayer'
import type { BayerPattern } from '../../core/colour-channel'
import type { ColourPlanes, DebayerMethod, PerChannel } from '../../core/colour-picture'
import type { Image } from '../../core/image'
import { throwIfAborted, type Task } from '../../core/task'
import { reduceRows } from '../../science/image/reduce-rows'
import { letMessagesIn } from '../strips/let-messages-in'

/** Pixels of each plane at most; a larger frame is given at half its size, or a quarter. Three planes of so many hold 192 MiB. */
const MOST_PIXELS = 16 * 1024 * 1024

/** Bytes of mosaic and planes that are worked on at a time. */
const BAND_BYTES = 16 * 1024 * 1024

/** Rows that debayering looks at beyond a band, at either side. */
const REACH = 2

interface ColourWish {
  readonly pattern: BayerPattern
  readonly method: DebayerMethod
  readonly mostPixels?: number
  readonly bandBytes?: number
}

/** The finest level that has no more pixels. */
const chooseLevel = ({ width, height }: Image, most: number): number => {
  let level = 0
  while (Math.ceil(width / 2 ** level) * Math.ceil(height / 2 ** level) > most) level++
  return level
}

/**
 * Red, green and blue of a mosaic, at half, a quarter of its size where it has more than `mostPixels`. Made in bands of rows, so that beside the result only some of the
 * planes of full size are ever held; the values do not depend on the bands.
 */
export const makeColourPlanes = async (
  compute: Compute,
  image: Image,
  { pattern, method, mostPixels = MOST_PIXELS, bandBytes = BAND_BYTES }: ColourWish,
  task: Task,
): Promise<Pick<ColourPlanes, 'level' | 'planes'>> => {
  const { width, height, data } = image
  const level = chooseLevel(image, mostPixels)
  const step = 2 ** level
  const columns = Math.ceil(width / step)
  const make = () => new Float32Array(columns * Math.ceil(height / step))
  const planes: PerChannel<Float32Array<ArrayBuffer>> = [make(), make(), make()]
  // Whole cells of the mosaic and whole blocks of the picture.
  const unit = Math.max(2, step)
  const rows = unit * Math.max(1, Math.floor(bandBytes / (16 * width * unit)))
  for (let top = 0; top < height; top += rows) {
    throwIfAborted(task)
    const bottom = Math.min(height, top + rows)
    const first = Math.max(0, top - REACH)
    const last = Math.min(height, bottom + REACH)
    await compute.arena.scope(async () => {
      const lend = () => compute.arena.float32((last - first) * width)
      const mosaic = lend()
      mosaic.set(data.subarray(first * width, last * width))
      const colours = { red: lend(), green: lend(), blue: lend() }
      const params = { width, height: last - first, pattern, method }
      await compute.run(debayerKernel, params, { data: mosaic }, colours, task)
      for (const [index, plane] of [colours.red, colours.green, colours.blue].entries()) {
        const own = plane.subarray((top - first) * width, (bottom - first) * width)
        const made = step === 1 ? own : reduceRows({ width, data: own }, step)
        planes[index]?.set(made, (top / step) * columns)
      }
    })
    await letMessagesIn()
  }
  return { level, planes }
}
