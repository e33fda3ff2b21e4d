import type { ExposureRecord } from '../../core/frame'
import type { OverscanRecipe } from '../../core/raw-correction'
import type { PixelSection } from '../../core/pixel-section'
import {
  chooseOverscanAxis,
  findOverscanLevels,
  readOverscanLines,
  subtractLevels,
} from '../../science/calibration/overscan'
import { mean } from '../../science/math/statistics'
import { keepRecent } from '../keep-recent'
import { rowsWithin } from './combine-job'
import { readFilePixels } from './file-rows'
import type { StripRoom } from './strip-room'

interface FrameWithOverscan {
  readonly exposure: ExposureRecord
  readonly overscan: OverscanRecipe
}

/** Rows that are read at a time where the whole of an overscan is wanted. */
const READ_BYTES = 4 * 1024 * 1024
/** Lines whose mean stands for the frame's level. */
const SAMPLE_LINES = 64
/** Levels of frames that are kept: those that one worker has in hand, and more. */
const MOST_KEPT = 128

/** Every part of a frame needs the levels of all of it where they are a curve; they are made once in each worker. */
const levelsOnce = keepRecent<Float64Array>(MOST_KEPT)

const modelOf = ({ degree }: OverscanRecipe) =>
  degree === null ? null : ({ basis: 'legendre', degree } as const)

/** Pixels of rows of a section, line after line, read some rows at a time. */
const readSection = async (
  room: StripRoom,
  { exposure, overscan }: FrameWithOverscan,
  section: PixelSection,
): Promise<ReturnType<typeof readOverscanLines>> => {
  const { width } = exposure
  const columns = section.x[1] - section.x[0]
  const data = new Float32Array(columns * (section.y[1] - section.y[0]))
  const step = rowsWithin(READ_BYTES, width * 4)
  for (let top = section.y[0]; top < section.y[1]; top += step) {
    const bottom = Math.min(section.y[1], top + step)
    await room.compute.arena.scope(async () => {
      const rows = await readFilePixels(room, exposure, { top, bottom })
      for (let row = 0; row < bottom - top; row++)
        data.set(
          rows.subarray(row * width + section.x[0], row * width + section.x[1]),
          (top - section.y[0] + row) * columns,
        )
    })
  }
  const height = section.y[1] - section.y[0]
  const whole = { x: [0, columns], y: [0, height] } as const
  return readOverscanLines({ width: columns, height, data }, whole, chooseOverscanAxis(overscan.section))
}

const findAllLevels = (room: StripRoom, frame: FrameWithOverscan): Promise<Float64Array> =>
  levelsOnce(JSON.stringify([frame.exposure.id, frame.overscan]), async () => {
    const { overscan } = frame
    const { pixels, perLine } = await readSection(room, frame, overscan.section)
    return findOverscanLevels(pixels, perLine, { method: overscan.method, model: modelOf(overscan) }).levels
  })

/** Takes the overscan level off whole rows of the file, the first of which is `top`, in place. */
export const subtractOverscan = async (
  room: StripRoom,
  frame: FrameWithOverscan,
  top: number,
  pixels: Float32Array,
): Promise<void> => {
  const { exposure, overscan } = frame
  const { width } = exposure
  const { section, method } = overscan
  const axis = chooseOverscanAxis(section)
  const height = pixels.length / width
  const isWithin = section.y[0] <= top && section.y[1] >= top + height
  if (axis === 'rows' && overscan.degree === null && isWithin) {
    // Every row has its own level, and its overscan is here.
    const here = { x: section.x, y: [0, height] } as const
    const { pixels: lines, perLine } = readOverscanLines({ width, height, data: pixels }, here, axis)
    const { levels } = findOverscanLevels(lines, perLine, { method })
    subtractLevels(pixels, width, levels, { axis })
    return
  }
  const levels = await findAllLevels(room, frame)
  const firstLevel = axis === 'rows' ? section.y[0] : section.x[0]
  subtractLevels(pixels, width, levels, { axis, firstLevel, firstRow: top })
}

/** Level of a frame's overscan as a whole, ADU, from lines in its middle. */
export const measureOverscan = async (
  room: StripRoom,
  { exposure, overscan }: FrameWithOverscan,
): Promise<number> => {
  const { section } = overscan
  const axis = chooseOverscanAxis(section)
  const along = axis === 'rows' ? section.y : section.x
  const half = Math.min(SAMPLE_LINES, along[1] - along[0]) >> 1
  const middle = (along[0] + along[1]) >> 1
  const lines = [middle - half, middle + Math.max(1, half)] as const
  const sample = axis === 'rows' ? { x: section.x, y: lines } : { x: lines, y: section.y }
  const { pixels, perLine } = await readSection(room, { exposure, overscan }, sample)
  const { levels } = findOverscanLevels(pixels, perLine, { method: overscan.method })
  return mean(levels.filter(Number.isFinite))
}
