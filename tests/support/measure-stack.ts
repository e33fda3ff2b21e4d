import type { StackPlane, StackRecord } from '../../web/core/stack'
import { listPlanes } from '../../web/core/stack'
import { createTransform } from '../../web/science/astrometry/wcs/create-transform'
import type { Wcs } from '../../web/science/astrometry/wcs/wcs'
import type { Workspace } from '../../web/storage/workspace'
import type { SkyStar } from './sky-frames'

export const readStackPlane = async (
  workspace: Workspace,
  stack: StackRecord,
  plane: StackPlane,
): Promise<Float32Array> => {
  const length = stack.width * stack.height * 4
  const place = listPlanes(stack).indexOf(plane)
  const bytes = await workspace.pixels.read(stack.bytesId, place * length, (place + 1) * length)
  return new Float32Array(bytes.buffer)
}

export interface MeasuredStar {
  readonly star: SkyStar
  /** Where it ought to be. */
  readonly x: number
  readonly y: number
  readonly flux: number
  readonly dx: number
  readonly dy: number
}

/** Sums and centres of gravity in square boxes of stars whose boxes lie wholly where there are values; the sky must be off. */
export const measureBoxes = (
  { width, height, data }: { readonly width: number; readonly height: number; readonly data: Float32Array },
  wcs: Wcs,
  stars: readonly SkyStar[],
  reach: number,
): MeasuredStar[] => {
  const { skyToPixel } = createTransform(wcs)
  const out = new Float64Array(6)
  return stars.flatMap((star) => {
    if (!skyToPixel(star.ra, star.dec, out)) return []
    const [x, y] = [out[0]!, out[1]!]
    const [column, row] = [Math.round(x), Math.round(y)]
    if (column < reach || row < reach || column >= width - reach || row >= height - reach) return []
    let [flux, alongX, alongY] = [0, 0, 0]
    for (let v = row - reach; v <= row + reach; v++)
      for (let u = column - reach; u <= column + reach; u++) {
        const value = data[v * width + u]!
        flux += value
        alongX += value * u
        alongY += value * v
      }
    return Number.isFinite(flux) ? [{ star, x, y, flux, dx: alongX / flux - x, dy: alongY / flux - y }] : []
  })
}
