import { implement } from '../kernel'
import { skyAnnuliKernel } from '../kernels/sky-annuli'
import type { WasmMemory } from './wasm-memory'
import { withAddresses } from './with-addresses'

interface SkyExports {
  clipScratch(samples: number): number
  /** data, width, height, x, y, stars, inner, outer, sigmas, rounds, samples, room, result, output */
  measureSkies(...numbers: number[]): void
}

export const skyAnnuliOnWasm = implement(skyAnnuliKernel, (memory: WasmMemory, { params, input, output }) => {
  const { measureSkies, clipScratch } = memory.exports as unknown as SkyExports
  const { width, height, annulus, sigma, iterations } = params
  const stars = input.x.length
  const side = 2 * Math.ceil(annulus[1]) + 3
  withAddresses(memory, (at) => {
    const planes = at.scratch(5 * 8 * stars)
    const to = [
      at.scratch(4 * side * side + 16),
      at.scratch(clipScratch(side * side)),
      at.scratch(24),
      planes,
    ]
    const positions = [at.input(input.x), at.input(input.y), stars]
    measureSkies(
      at.input(input.data),
      width,
      height,
      ...positions,
      ...annulus,
      sigma,
      Math.min(iterations, 1000),
      ...to,
    )
    const { level, mean, sigma: deviation, count, rejected } = output
    for (const [index, plane] of [level, mean, deviation, count, rejected].entries())
      plane.set(new Float64Array(memory.buffer, planes + 8 * stars * index, stars))
  })
})
