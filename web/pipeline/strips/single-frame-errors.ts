import { drizzleKernel } from '../../compute/kernels/drizzle'
import { reprojectAreaKernel } from '../../compute/kernels/reproject-area'
import { reprojectKernel } from '../../compute/kernels/reproject'
import { estimateErrors, type PixelNoise } from '../../science/calibration/estimate-errors'
import { scaleByArea } from '../../science/reprojection/scale-by-area'
import type { CombinedPlanes, CombineJob, Rows } from './combine-job'
import { gridOf } from './frame-recipe'
import { findSourceRows, makeSource, type Block } from './make-rows'
import { createMasterRows, prepareMasters } from './master-rows'
import { LEAST_COVER } from './resample-block'
import { splitBlock } from './split-block'
import type { StripRoom } from './strip-room'

interface Alone {
  /** Which frame of the job shows the pixels alone, and where they are: the smallest block that holds them. */
  readonly index: number
  readonly block: Block
}

/** For each pixel of the rows the frame that alone shows it, -1 for all others. */
const findAlone = (
  planes: readonly Float32Array[],
  { width }: Pick<CombineJob, 'width'>,
  { top }: Rows,
  { count, rejected, coverage }: CombinedPlanes,
): { readonly owners: Int32Array; readonly alone: readonly Alone[] } => {
  const owners = new Int32Array(count.length).fill(-1)
  const blocks = new Map<number, { left: number; right: number; top: number; bottom: number }>()
  for (let i = 0; i < count.length; i++) {
    // Where there was more than one and the others were rejected, nobody knows which of them is right.
    if (count[i] !== 1 || (rejected === undefined ? coverage?.[i] !== 1 : rejected[i] !== 0)) continue
    const index = planes.findIndex((plane) => Number.isFinite(plane[i]))
    if (index < 0) continue
    owners[i] = index
    const [x, y] = [i % width, top + Math.floor(i / width)]
    const block = blocks.get(index) ?? { left: x, right: x + 1, top: y, bottom: y + 1 }
    block.left = Math.min(block.left, x)
    block.right = Math.max(block.right, x + 1)
    block.bottom = y + 1
    blocks.set(index, block)
  }
  return { owners, alone: [...blocks].map(([index, block]) => ({ index, block })) }
}

/** Errors of a block's pixels of one frame, as its values are made, before they are scaled. */
const makeErrors = async (
  room: StripRoom,
  job: CombineJob,
  { index, block }: Alone,
  noise: PixelNoise,
): Promise<Float32Array | null> => {
  const { width, interpolation, clamp, drizzle } = job
  const frame = job.frames[index]!
  const source = findSourceRows({ frame, width, interpolation, clamp }, block)
  if (source === null) return null
  const { arena } = room.compute
  const own = gridOf(frame)
  const masters = createMasterRows(room)
  await prepareMasters(masters, [frame], source)
  const data = arena.float32(own.width * (source.bottom - source.top))
  await arena.scope(() => makeSource(room, frame, source, masters, data))
  const uncertainty = arena.float32(data.length)
  // A pixel of one colour has the flat of several.
  const flat = frame.channel === null ? masters.take(frame.flat, source) : undefined
  estimateErrors({ data, flat }, noise, uncertainty)
  if (frame.map === null) return uncertainty
  const { left, right, top, bottom } = block
  const target = { left, top, width: right - left, height: bottom - top }
  const size = target.width * target.height
  const window = { left: 0, top: source.top, width: own.width, height: source.bottom - source.top }
  const errors = arena.float32(size)
  if (drizzle !== undefined) {
    const params = {
      map: drizzle.inverses[index]!,
      source: window,
      target,
      pixfrac: drizzle.pixfrac,
      per: 'target-pixel',
      weight: 1,
    } as const
    const drops = { flux: arena.float64(size), weight: arena.float64(size), variance: arena.float64(size) }
    await room.run(drizzleKernel, params, { data, uncertainty }, drops)
    for (let i = 0; i < size; i++) errors[i] = Math.sqrt(drops.variance[i]!) / drops.weight[i]!
    return errors
  }
  const made = { data: arena.float32(size), uncertainty: errors }
  if (interpolation === 'exact') {
    const params = {
      map: frame.map,
      source: window,
      target,
      per: 'target-pixel',
      leastCover: LEAST_COVER,
    } as const
    await room.run(reprojectAreaKernel, params, { data, uncertainty }, made)
    return errors
  }
  const method = interpolation === 'drizzle' ? 'lanczos3' : interpolation
  const params = { method, map: frame.map, source: window, target, leastCover: 1, clamp: null } as const
  await room.run(reprojectKernel, params, { data, uncertainty }, made)
  scaleByArea(frame.map, target, errors)
  return errors
}

/**
 * Where one frame alone shows a pixel there is no scatter that its error could be read off. There it is what the frame's own pixels are
 * uncertain by (see `estimateErrors`), through the weights with which they came together in it. Neighbouring pixels share sources and so their
 * noise, which a plane of errors cannot say.
 */
export const settleSingleErrors = async (
  room: StripRoom,
  job: CombineJob,
  rows: Rows,
  planes: readonly Float32Array[],
  output: CombinedPlanes,
): Promise<void> => {
  const { noises, width, params, interpolation, clamp } = job
  if (noises === undefined || output.coverage === undefined) return
  const { owners, alone } = findAlone(planes, job, rows, output)
  // A sum is the mean times the number of frames.
  const factor = params.combine.method === 'sum' ? job.frames.length : 1
  for (const { index, block: whole } of alone) {
    const onGrid = { frame: job.frames[index]!, width, interpolation, clamp }
    const scale = factor * (params.scales?.[index] ?? 1)
    // Twice the planes that a block is counted with: values, and their errors.
    const blocks = onGrid.frame.map === null ? [{ ...whole, left: 0, right: width }] : [whole]
    for (const block of blocks.flatMap((each) => splitBlock([onGrid], each, room.budget / 4)))
      await room.compute.arena.scope(async () => {
        const errors = await makeErrors(room, job, { index, block }, noises[index]!)
        if (errors === null) return
        // A frame that keeps its own grid has rows as long as it is wide, however the block was cut.
        const [stride, first] =
          onGrid.frame.map === null ? [width, block.left] : [block.right - block.left, 0]
        for (let y = block.top; y < block.bottom; y++)
          for (let x = block.left; x < block.right; x++) {
            const at = (y - rows.top) * width + x
            if (owners[at] !== index) continue
            output.uncertainty[at] = scale * errors[(y - block.top) * stride + first + x - block.left]!
          }
      })
  }
}
