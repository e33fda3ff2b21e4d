import { describe, it } from 'vitest'
import {
  clipBoxesKernel,
  convolveKernel,
  findAboveKernel,
  findPeaksKernel,
  subtractMeshKernel,
} from '../../web/compute/kernels/detection'
import { expectParity } from '../support/check-parity'
import { openTestWasm } from '../support/kernel-backends'
import {
  CLIP_BOXES_CASES,
  CONVOLVE_CASES,
  FIND_ABOVE_CASES,
  FIND_PEAKS_CASES,
  SUBTRACT_MESH_CASES,
} from './cases/detection'

const wasm = await openTestWasm()

describe('what star finding is made of, in WebAssembly', () => {
  it.each(CLIP_BOXES_CASES)('clips boxes: $name', (example) => expectParity(clipBoxesKernel, example, wasm))
  it.each(SUBTRACT_MESH_CASES)('takes the sky off: $name', (example) =>
    expectParity(subtractMeshKernel, example, wasm),
  )
  it.each(CONVOLVE_CASES)('convolves: $name', (example) => expectParity(convolveKernel, example, wasm))
  it.each(FIND_ABOVE_CASES)('finds what is above: $name', (example) =>
    expectParity(findAboveKernel, example, wasm),
  )
  it.each(FIND_PEAKS_CASES)('finds peaks: $name', (example) => expectParity(findPeaksKernel, example, wasm))
})
