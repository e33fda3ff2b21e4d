import { LANCZOS_PHASES, LANCZOS_TAPS, lanczosWeights } from '../../science/image/lanczos-weights'
import { implement } from '../kernel'
import { resampleKernel, type ResampleParams } from '../kernels/resample'
import type { WasmMemory } from './wasm-memory'
import { withAddresses, type Addresses } from './with-addresses'

interface ResampleExports {
  readonly RESAMPLE_SOURCE_BYTES: WebAssembly.Global
  resample(
    source: number,
    method: number,
    table: number,
    transform: number,
    map: number,
    left: number,
    top: number,
    width: number,
    height: number,
    output: number,
  ): void
  resampleShift(
    from: number,
    step: number,
    across: number,
    along: number,
    count: number,
    height: number,
    ring: number,
    output: number,
    outputStep: number,
  ): void
}

const METHODS = ['nearest', 'bilinear', 'lanczos3'] as const
/** f32 for each phase in the kernels' table: the six weights, and two places so that a phase is two vectors. */
const PLACES = 8

let table: Float32Array | null = null

const makeTable = (): Float32Array => {
  const weights = lanczosWeights()
  const made = new Float32Array((LANCZOS_PHASES + 1) * PLACES)
  for (let phase = 0; phase <= LANCZOS_PHASES; phase++)
    for (let tap = 0; tap < LANCZOS_TAPS; tap++)
      made[phase * PLACES + tap] = weights[phase * LANCZOS_TAPS + tap]!
  return made
}

export const resampleOnWasm = implement(resampleKernel, (memory: WasmMemory, { params, input, output }) => {
  withAddresses(memory, (at) => {
    const addresses = { input: at.input(input.data), output: at.output(output.data) }
    if (isShift(params) && input.map === undefined) shift(memory, at, params, addresses)
    else general(memory, at, params, { ...addresses, map: at.input(input.map) })
  })
})

const general = (
  { exports, buffer }: WasmMemory,
  at: Addresses,
  { method, transform, source, target }: ResampleParams,
  addresses: { input: number; output: number; map: number },
): void => {
  const { resample, RESAMPLE_SOURCE_BYTES } = exports as unknown as ResampleExports
  const { a, b, c, d, e, f } = transform
  const record = at.scratch(Number(RESAMPLE_SOURCE_BYTES.value))
  new Int32Array(buffer, record, 3).set([addresses.input, source.width, source.height])
  new Float64Array(buffer, record + 16, 2).set([source.left, source.top])
  resample(
    record,
    METHODS.indexOf(method),
    method === 'lanczos3' ? at.input((table ??= makeTable())) : 0,
    at.input(Float64Array.of(a, b, c, d, e, f)),
    addresses.map,
    target.left,
    target.top,
    target.width,
    target.height,
    addresses.output,
  )
}

const isShift = ({ method, transform: { a, b, d, e } }: ResampleParams): boolean =>
  method === 'lanczos3' && a === 1 && b === 0 && d === 0 && e === 1

/** The stretch of one axis where all taps lie within the source: indices in the target, from (included) to (excluded). */
const findStretch = (
  target: { readonly start: number; readonly length: number },
  source: { readonly start: number; readonly length: number },
  whole: number,
): { from: number; to: number } => {
  // Target pixel i takes source pixels i + first ... i + first + 5.
  const first = target.start + whole - 2 - source.start
  const from = Math.max(0, -first)
  const to = Math.min(target.length, source.length - LANCZOS_TAPS + 1 - first)
  return { from: Math.min(from, target.length), to: Math.max(to, Math.min(from, target.length)) }
}

const shift = (
  { exports, buffer }: WasmMemory,
  at: Addresses,
  { transform: { c, f }, source, target }: ResampleParams,
  addresses: { input: number; output: number },
): void => {
  const { resampleShift } = exports as unknown as ResampleExports
  const [wholeX, wholeY] = [Math.floor(c), Math.floor(f)]
  const columns = findStretch(
    { start: target.left, length: target.width },
    { start: source.left, length: source.width },
    wholeX,
  )
  const rows = findStretch(
    { start: target.top, length: target.height },
    { start: source.top, length: source.height },
    wholeY,
  )
  const made = new Float32Array(buffer, addresses.output, target.width * target.height)
  const [count, height] = [columns.to - columns.from, rows.to - rows.from]
  if (count <= 0 || height <= 0) {
    made.fill(Number.NaN)
    return
  }
  const whole = (table ??= makeTable())
  const weightsAt = (fraction: number): number => {
    const phase = Math.round(fraction * LANCZOS_PHASES)
    return at.input(whole.slice(phase * PLACES, phase * PLACES + PLACES))
  }
  const firstColumn = target.left + columns.from + wholeX - 2 - source.left
  const firstRow = target.top + rows.from + wholeY - 2 - source.top
  resampleShift(
    addresses.input + 4 * (firstRow * source.width + firstColumn),
    4 * source.width,
    weightsAt(c - wholeX),
    weightsAt(f - wholeY),
    count,
    height,
    at.scratch(4 * LANCZOS_TAPS * count),
    addresses.output + 4 * (rows.from * target.width + columns.from),
    4 * target.width,
  )
  blankOutside(made, target.width, columns, rows)
}

/** No value where the taps reach beyond the source. */
const blankOutside = (
  made: Float32Array,
  width: number,
  columns: { from: number; to: number },
  rows: { from: number; to: number },
): void => {
  made.fill(Number.NaN, 0, rows.from * width)
  made.fill(Number.NaN, rows.to * width)
  for (let row = rows.from; row < rows.to; row++) {
    made.fill(Number.NaN, row * width, row * width + columns.from)
    made.fill(Number.NaN, row * width + columns.to, (row + 1) * width)
  }
}
