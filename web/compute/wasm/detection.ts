import { placeInMesh } from '../../science/detection/background-mesh'
import {
  CLIP_ROUNDS,
  LEAST_SAMPLES,
  LEAST_SHARE,
  placeBox,
  samplesPerBox,
  type BoxGrid,
} from '../../science/detection/clip-boxes'
import { implement } from '../kernel'
import {
  clipBoxesKernel,
  convolveKernel,
  findAboveKernel,
  findPeaksKernel,
  subtractMeshKernel,
  type FoundPixels,
} from '../kernels/detection'
import type { WasmMemory } from './wasm-memory'
import { withAddresses } from './with-addresses'

type Call<Result = void> = (...numbers: number[]) => Result

interface DetectionExports {
  /** data, width, x0, x1, y0, y1, stride, rounds, leastSamples, leastShare, samples, room, result, level, noise */
  readonly clipBox: Call
  /** samples */
  readonly clipScratch: Call<number>
  /** data, width, height, columns, rows, boxHeight, level, boxes, shares, along, output */
  readonly subtractMesh: Call
  /** width, reach */
  readonly convolveScratch: Call<number>
  /** data, width, height, weights, reach, scratch, output */
  readonly convolve: Call
  /** data, length, level, indices, room */
  readonly findAbove: Call<number>
  /** data, width, height, level, indices, room */
  readonly findPeaks: Call<number>
}

const exportsOf = ({ exports }: WasmMemory): DetectionExports => exports as unknown as DetectionExports

/** Places for the samples of a box: a row holds at most one more than its share. */
const samplesOf = (grid: BoxGrid): number => {
  const { boxWidth, boxHeight } = grid
  const [width, height] = [Math.ceil(boxWidth) + 1, Math.ceil(boxHeight) + 1]
  const stride = Math.max(1, Math.ceil(((width - 2) * (height - 2)) / samplesPerBox(grid)))
  return Math.ceil(width / stride + 1) * height
}

export const clipBoxesOnWasm = implement(clipBoxesKernel, (memory: WasmMemory, { params, input, output }) => {
  const { clipBox, clipScratch } = exportsOf(memory)
  const { columns, rows, width } = params
  withAddresses(memory, (at) => {
    const data = at.input(input.data)
    const most = samplesOf(params)
    const samples = at.scratch(4 * most)
    const [room, result] = [at.scratch(clipScratch(most)), at.scratch(24)]
    const [level, noise] = [at.output(output.level), at.output(output.noise)]
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const { x0, x1, y0, y1, stride } = placeBox(params, params, column, row)
        const box = 8 * (row * columns + column)
        const rules = [CLIP_ROUNDS, LEAST_SAMPLES, LEAST_SHARE]
        clipBox(
          data,
          width,
          x0,
          x1,
          y0,
          y1,
          stride,
          ...rules,
          samples,
          room,
          result,
          level + box,
          noise + box,
        )
      }
    }
  })
})

export const subtractMeshOnWasm = implement(
  subtractMeshKernel,
  (memory: WasmMemory, { params, input, output }) => {
    const { width, height, columns, rows, boxWidth, boxHeight, level } = params
    const boxes = new Int32Array(width)
    const shares = new Float32Array(width)
    for (let x = 0; x < width; x++) {
      const [box, share] = placeInMesh(x, boxWidth, columns)
      boxes[x] = box
      shares[x] = share
    }
    withAddresses(memory, (at) =>
      exportsOf(memory).subtractMesh(
        at.input(input.data),
        width,
        height,
        columns,
        rows,
        boxHeight,
        at.input(level),
        at.input(boxes),
        at.input(shares),
        at.scratch(4 * (columns + 1)),
        at.output(output.data),
      ),
    )
  },
)

export const convolveOnWasm = implement(convolveKernel, (memory: WasmMemory, { params, input, output }) => {
  const { convolve, convolveScratch } = exportsOf(memory)
  const { width, height, weights } = params
  const reach = weights.length - 1
  withAddresses(memory, (at) =>
    convolve(
      at.input(input.data),
      width,
      height,
      at.input(Float32Array.from(weights)),
      reach,
      at.scratch(convolveScratch(width, reach)),
      at.output(output.data),
    ),
  )
})

export const findAboveOnWasm = implement(findAboveKernel, (memory: WasmMemory, { params, input, output }) =>
  listFound(memory, input.data, output, (data, to, room) =>
    exportsOf(memory).findAbove(data, input.data.length, roundDown(params.level), to, room),
  ),
)

export const findPeaksOnWasm = implement(findPeaksKernel, (memory: WasmMemory, { params, input, output }) => {
  const { width, height, level } = params
  listFound(memory, input.data, output, (data, to, room) =>
    exportsOf(memory).findPeaks(data, width, height, roundDown(level), to, room),
  )
})

/** Has indices written to scratch memory, and takes those that there is room for. */
const listFound = (
  memory: WasmMemory,
  data: Float32Array,
  { indices, count }: FoundPixels,
  find: (data: number, to: number, room: number) => number,
): void =>
  withAddresses(memory, (at) => {
    const room = indices.length
    const to = at.scratch(4 * room)
    const found = find(at.input(data), to, room)
    indices.fill(0)
    indices.set(new Uint32Array(memory.buffer, to, Math.min(found, room)))
    count[0] = found
  })

/** The largest f32 that is not above a level: a value of 32 bits is above the one exactly when it is above the other. */
const roundDown = (level: number): number => {
  const nearest = Math.fround(level)
  if (!(nearest > level)) return nearest
  const float = Float32Array.of(nearest)
  const bits = new Int32Array(float.buffer)
  if (nearest > 0) bits[0]! -= 1
  else if (nearest < 0) bits[0]! += 1
  else float[0] = -1.4e-45
  return float[0]!
}
