import type { PixelScaling } from '../../science/fits/decode-pixels'
import { implement } from '../kernel'
import type { CombineOutput } from '../kernels/combine'
import { combineRawKernel, type CombineRawInput, type CombineRawParams } from '../kernels/combine-raw'
import { combineFloats } from './combine'
import { isPlainRule, RULE_BYTES, writeRule } from './combine-rule'
import { decodeInto } from './decode'
import { runInGroups } from './in-groups'
import type { WasmMemory } from './wasm-memory'
import { withAddresses } from './with-addresses'

interface CombineRawExports {
  combineRawScratch(rows: number): number
  combineRaw(
    planes: number,
    stride: number,
    zero: number,
    rows: number,
    length: number,
    rule: number,
    data: number,
    uncertainty: number,
    count: number,
    scratch: number,
  ): void
}

const GROUP = 8
/** Numbers of planes that have a sorting network of their own. */
const MOST_ROWS = 32

/** Does order survive, and is every value exact, when integers are sorted first and scaled after? */
const keepsOrder = ({ bzero, bscale, blank }: PixelScaling): boolean =>
  blank === null && bscale === 1 && Math.fround(bzero) === bzero && Math.abs(bzero) <= 65_536

export const combineRawOnWasm = implement(combineRawKernel, (memory: WasmMemory, job) => {
  const { combineRaw, combineRawScratch } = memory.exports as unknown as CombineRawExports
  const { params, input, output } = job
  const { length } = output.data
  const rows = input.planes.length
  if (
    rows < 2 ||
    rows > MOST_ROWS ||
    length < GROUP ||
    !keepsOrder(params.scaling) ||
    !isPlainRule(params.combine)
  )
    return combineAsFloats(memory, job)
  withAddresses(memory, (at) => {
    const { address, stride } = at.inputs(input.planes)
    const rule = at.scratch(RULE_BYTES)
    writeRule(memory.buffer, rule, params.combine)
    const scratch = at.scratch(combineRawScratch(rows))
    const [data, uncertainty, count] = [
      at.output(output.data),
      at.output(output.uncertainty),
      at.output(output.count),
    ]
    runInGroups(length, GROUP, (first, pixels) =>
      combineRaw(
        address + 2 * first,
        stride,
        params.scaling.bzero,
        rows,
        pixels,
        rule,
        data + 4 * first,
        uncertainty === 0 ? 0 : uncertainty + 4 * first,
        count === 0 ? 0 : count + 2 * first,
        scratch,
      ),
    )
  })
})

/** Pixels that are decoded at once: planes of a block should stay in the cache. */
const BLOCK_BYTES = 1024 * 1024

interface RawJob {
  readonly params: CombineRawParams
  readonly input: CombineRawInput
  readonly output: CombineOutput
}

/** What integers cannot do: decoded block by block, then combined as floats. */
const combineAsFloats = (memory: WasmMemory, { params, input, output }: RawJob): void => {
  const { arena } = memory
  const { length } = output.data
  const rows = input.planes.length
  const step = Math.max(64, Math.floor(BLOCK_BYTES / 4 / rows) & ~3)
  const before = arena.mark()
  const planes = arena.planes(rows, step)
  for (let from = 0; from < length; from += step) {
    const to = Math.min(length, from + step)
    const block = planes.map((plane) => plane.subarray(0, to - from))
    for (const [row, plane] of block.entries())
      decodeInto(memory, params.scaling, input.planes[row]!.subarray(2 * from, 2 * to), plane)
    combineFloats(memory, {
      params: { combine: params.combine },
      input: { planes: block },
      output: {
        data: output.data.subarray(from, to),
        uncertainty: output.uncertainty?.subarray(from, to),
        count: output.count?.subarray(from, to),
      },
    })
  }
  arena.release(before)
}
