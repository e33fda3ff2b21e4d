import { combineInto } from '../../science/calibration/combine-frames'
import { implement } from '../kernel'
import { combineKernel, type CombineInput, type CombineOutput, type CombineParams } from '../kernels/combine'
import { RULE_BYTES, writeRule } from './combine-rule'
import { runInGroups } from './in-groups'
import type { WasmMemory } from './wasm-memory'
import { withAddresses, type Addresses } from './with-addresses'

interface CombineExports {
  combineScratch(rows: number): number
  combine(
    planes: number,
    stride: number,
    masks: number,
    scales: number,
    offsets: number,
    weights: number,
    rows: number,
    length: number,
    rule: number,
    data: number,
    uncertainty: number,
    count: number,
    scratch: number,
  ): void
}

const GROUP = 4

/** Addresses of masks as a table, 0 where a plane has none; 0 when no plane has one. */
const writeMasks = (
  { buffer }: WasmMemory,
  at: Addresses,
  masks: readonly (Uint8Array | undefined)[] | undefined,
): { table: number; addresses: number[] } => {
  if (masks === undefined || masks.every((mask) => mask === undefined)) return { table: 0, addresses: [] }
  const addresses = masks.map((mask) => at.input(mask))
  const table = at.scratch(4 * addresses.length)
  new Uint32Array(buffer, table, addresses.length).set(addresses)
  return { table, addresses }
}

export interface CombineJob {
  readonly params: CombineParams
  readonly input: CombineInput
  readonly output: CombineOutput
}

export const combineOnWasm = implement(combineKernel, (memory: WasmMemory, job) => combineFloats(memory, job))

export const combineFloats = (memory: WasmMemory, { params, input, output }: CombineJob): void => {
  const { combine, combineScratch } = memory.exports as unknown as CombineExports
  const { length } = output.data
  if (length < GROUP) {
    combineInto({ ...params, strips: input.planes, masks: input.masks }, output)
    return
  }
  const rows = input.planes.length
  const weighted = params.combine.weights === 'inverse-variance'
  withAddresses(memory, (at) => {
    const { address, stride } = at.inputs(input.planes)
    const masks = writeMasks(memory, at, input.masks)
    const scales = params.scales === undefined ? 0 : at.input(Float32Array.from(params.scales))
    const offsets = params.offsets === undefined ? 0 : at.input(Float32Array.from(params.offsets))
    const weights = weighted ? at.input(Float64Array.from(params.weights ?? [])) : 0
    const rule = at.scratch(RULE_BYTES)
    writeRule(memory.buffer, rule, params.combine)
    const scratch = at.scratch(combineScratch(rows))
    const [data, uncertainty, count] = [
      at.output(output.data),
      at.output(output.uncertainty),
      at.output(output.count),
    ]
    runInGroups(length, GROUP, (first, pixels) => {
      if (masks.table !== 0)
        new Uint32Array(memory.buffer, masks.table, rows).set(
          masks.addresses.map((mask) => (mask === 0 ? 0 : mask + first)),
        )
      combine(
        address + 4 * first,
        stride,
        masks.table,
        scales,
        offsets,
        weights,
        rows,
        pixels,
        rule,
        data + 4 * first,
        uncertainty === 0 ? 0 : uncertainty + 4 * first,
        count === 0 ? 0 : count + 2 * first,
        scratch,
      )
    })
  })
}
