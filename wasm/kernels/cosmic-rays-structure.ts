import { insideOf, planeAt, Frame } from './cosmic-rays-frame'
import {
  middleInRow5,
  middleInRow7,
  middleInRow9,
  middleOf5,
  middleOf7,
  middleOf9,
  middleOfMany,
} from './cosmic-rays-medians'

/** Three vectors: columns x - 4 to x + 7. */
const SPAN: usize = 48

/** Median filter for the noise at four pixels from x on, right from the plane. `half` 3 separable, 2 square. */
export function smoothAt(frame: Frame, x: i32, y: i32): v128 {
  const windows = frame.windows
  const separable = frame.separable
  const itself = v128.load(planeAt(frame, x, y))
  if (separable) {
    for (let k = 0; k < 7; k++) {
      v128.store(windows + ((<usize>k) << 4), middleInRow7(planeAt(frame, x - 3, y + k - 3)))
    }
    const middle = middleOf7(
      v128.load(windows),
      v128.load(windows, 16),
      v128.load(windows, 32),
      v128.load(windows, 48),
      v128.load(windows, 64),
      v128.load(windows, 80),
      v128.load(windows, 96),
    )
    return v128.bitselect(middle, itself, insideOf(frame, x, y, 3))
  }
  return v128.bitselect(
    squareMiddle5(frame, planeAt(frame, x - 2, y), frame.stride << 2),
    itself,
    insideOf(frame, x, y, 2),
  )
}

/** Median of 5 x 5 about two columns right of `at`, whose rows lie `step` bytes apart. */
export function squareMiddle5(frame: Frame, at: usize, step: usize): v128 {
  return squareMiddle5Of(frame, at - 2 * step, at - step, at, at + step, at + 2 * step)
}

/** Median of the 5 x 5 of five rows that start at these addresses. */
export function squareMiddle5Of(frame: Frame, a: usize, b: usize, c: usize, d: usize, e: usize): v128 {
  let to = frame.windows
  for (let k: usize = 0; k < 20; k += 4) {
    v128.store(to, v128.load(a + k))
    v128.store(to, v128.load(b + k), 16)
    v128.store(to, v128.load(c + k), 32)
    v128.store(to, v128.load(d + k), 48)
    v128.store(to, v128.load(e + k), 64)
    to += 80
  }
  return middleOfMany(frame.windows, 25)
}

/** The image without its points at columns x - 4 to x + 7 of row y; at the frame's edge the image itself. */
function storePoints(frame: Frame, x: i32, y: i32, half: i32, part: i32, middle: v128, to: usize): void {
  const column = x - 4 + 4 * part
  const itself = v128.load(planeAt(frame, column, y))
  v128.store(to, v128.bitselect(middle, itself, insideOf(frame, column, y, half)), 0)
}

/**
 * What a star has and a cosmic ray has not, in electrons, at four pixels from x on: the image without its points, less that
 * without its stars. Only asked for where the Laplacian stands out, so the windows are worked out here and not kept.
 */
export function fineStructure(frame: Frame, x: i32, y: i32): v128 {
  const inside = insideOf(frame, x, y, frame.separable ? 4 : 3)
  if (!v128.any_true(inside)) return f32x4.splat(0)
  return v128.and(frame.separable ? separableStructure(frame, x, y) : squareStructure(frame, x, y), inside)
}

function separableStructure(frame: Frame, x: i32, y: i32): v128 {
  const rows = frame.windows
  for (let k = 0; k < 13; k++) {
    const from = planeAt(frame, x - 6, y + k - 6)
    const to = rows + <usize>k * SPAN
    v128.store(to, middleInRow5(from))
    v128.store(to, middleInRow5(from + 16), 16)
    v128.store(to, middleInRow5(from + 32), 32)
  }
  const points = rows + 13 * SPAN
  for (let k = 0; k < 9; k++) {
    for (let part = 0; part < 3; part++) {
      const at = rows + <usize>k * SPAN + ((<usize>part) << 4)
      const middle = middleOf5(
        v128.load(at),
        v128.load(at + SPAN),
        v128.load(at + 2 * SPAN),
        v128.load(at + 3 * SPAN),
        v128.load(at + 4 * SPAN),
      )
      const to = points + <usize>k * SPAN + ((<usize>part) << 4)
      storePoints(frame, x, y + k - 4, 2, part, middle, to)
    }
  }
  const stars = middleOf9(
    middleInRow9(points),
    middleInRow9(points + SPAN),
    middleInRow9(points + 2 * SPAN),
    middleInRow9(points + 3 * SPAN),
    middleInRow9(points + 4 * SPAN),
    middleInRow9(points + 5 * SPAN),
    middleInRow9(points + 6 * SPAN),
    middleInRow9(points + 7 * SPAN),
    middleInRow9(points + 8 * SPAN),
  )
  return f32x4.sub(v128.load(points + 4 * SPAN + 16), stars)
}

function squareStructure(frame: Frame, x: i32, y: i32): v128 {
  const window = frame.windows
  const points = window + 49 * 16
  const step = frame.stride << 2
  for (let k = 0; k < 7; k++) {
    for (let part = 0; part < 3; part++) {
      const at = planeAt(frame, x - 5 + 4 * part, y + k - 3)
      const middle = middleOf9(
        v128.load(at - step),
        v128.load(at - step + 4),
        v128.load(at - step + 8),
        v128.load(at),
        v128.load(at + 4),
        v128.load(at + 8),
        v128.load(at + step),
        v128.load(at + step + 4),
        v128.load(at + step + 8),
      )
      storePoints(frame, x, y + k - 3, 1, part, middle, points + <usize>k * SPAN + ((<usize>part) << 4))
    }
  }
  let to = window
  for (let k: usize = 0; k < 7; k++) {
    for (let j: usize = 1; j < 8; j++, to += 16) v128.store(to, v128.load(points + k * SPAN + 4 * j))
  }
  return f32x4.sub(v128.load(points + 3 * SPAN + 16), middleOfMany(window, 49))
}
