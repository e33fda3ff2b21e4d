import { flagBit } from '../../core/flags'
import { implement } from '../kernel'
import { aperturesKernel } from '../kernels/apertures'
import type { WasmMemory } from './wasm-memory'
import { withAddresses } from './with-addresses'

interface AperturesExports {
  apertureScratch(): number
  /** data, width, height, x, y, stars, radii, count, ratio, cos, sin, edge, badPixel, scratch, sums, areas, peaks, flags */
  measureApertures(...numbers: number[]): void
}

export const aperturesOnWasm = implement(aperturesKernel, (memory: WasmMemory, { params, input, output }) => {
  const { measureApertures, apertureScratch } = memory.exports as unknown as AperturesExports
  const { width, height, shape } = params
  const stars = input.x.length
  if (stars === 0) return
  const angle = shape?.angle ?? 0
  withAddresses(memory, (at) =>
    measureApertures(
      at.input(input.data),
      width,
      height,
      at.input(input.x),
      at.input(input.y),
      stars,
      at.input(input.radii),
      input.radii.length / stars,
      shape?.ratio ?? 0,
      Math.cos(angle),
      Math.sin(angle),
      flagBit('edge'),
      flagBit('bad-pixel'),
      at.scratch(apertureScratch()),
      at.output(output.sums),
      at.output(output.areas),
      at.output(output.peaks),
      at.output(output.flags),
    ),
  )
})
