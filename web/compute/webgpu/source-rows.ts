import { findSourceWindow } from '../../science/image/source-window'
import { NotForThisBackend } from '../kernel'
import type { ResampleInput, ResampleParams } from '../kernels/resample'

/** Rows of the target from `start` to `end` (excluded), made of the rows of the source window from `top` to `bottom`. */
export interface RowSlice {
  readonly start: number
  readonly end: number
  readonly top: number
  readonly bottom: number
}

/** Rows below and above a position that the widest method looks at, with one to spare. */
const MARGIN = 4

/** As findSourceWindow, for positions that are given one by one: rows of the source window. */
const rowsOfMap = (map: Float64Array, width: number, { start, end }: { start: number; end: number }) => {
  let [lowest, highest] = [Infinity, -Infinity]
  for (let at = 2 * start * width + 1; at < 2 * end * width; at += 2) {
    const y = map[at]!
    // False where there is no position.
    if (y < lowest) lowest = y
    if (y > highest) highest = y
  }
  return { top: Math.floor(lowest) - MARGIN, bottom: Math.ceil(highest) + MARGIN + 1 }
}

/** Rows of the source window that some rows of the target need; none at all where these lie beside it. */
const findRows = (
  { method, transform, source, target }: ResampleParams,
  map: Float64Array | undefined,
  start: number,
  end: number,
): RowSlice => {
  const whole = { width: source.left + source.width, height: source.top + source.height }
  const part = { ...target, top: target.top + start, height: end - start }
  const window = map === undefined ? findSourceWindow({ method, transform, target: part, ...whole }) : null
  const rows =
    map === undefined
      ? { top: window?.top ?? 0, bottom: window === null ? 0 : window.top + window.height }
      : rowsOfMap(map, target.width, { start, end })
  const top = Math.max(0, rows.top - source.top)
  const bottom = Math.min(source.height, rows.bottom - source.top)
  return bottom > top ? { start, end, top, bottom } : { start, end, top: 0, bottom: 0 }
}

/**
 * Cuts the target into runs of rows, halving until no plane of a run is larger than `bindingBytes`. Not for this backend where
 * a single row needs more of the source than that: a frame turned by 90 degrees and larger than a buffer may be.
 */
export const cutRows = (params: ResampleParams, { map }: ResampleInput, bindingBytes: number): RowSlice[] => {
  const { source, target } = params
  const bytesPerRow = target.width * (map === undefined ? 4 : 16)
  const cut = (start: number, end: number): RowSlice[] => {
    const rows = findRows(params, map, start, end)
    const largest = Math.max((end - start) * bytesPerRow, 4 * source.width * (rows.bottom - rows.top))
    if (largest <= bindingBytes) return [rows]
    if (end - start === 1) throw new NotForThisBackend('One row needs more pixels than a buffer holds.')
    const middle = start + ((end - start) >> 1)
    return [...cut(start, middle), ...cut(middle, end)]
  }
  return target.width * target.height === 0 ? [] : cut(0, target.height)
}
