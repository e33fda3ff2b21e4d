import { subtractMesh } from '../../science/detection/background-mesh'
import { clipBoxes } from '../../science/detection/clip-boxes'
import { findAbove } from '../../science/detection/detection-kernels'
import { findPeaks } from '../../science/detection/find-peaks'
import { applyMatchedFilter } from '../../science/detection/matched-filter'
import { implement } from '../kernel'
import {
  clipBoxesKernel,
  convolveKernel,
  findAboveKernel,
  findPeaksKernel,
  subtractMeshKernel,
  type FoundPixels,
} from '../kernels/detection'

export const clipBoxesOnCpu = implement(clipBoxesKernel, (_host: null, { params, input, output }) => {
  const { width, height } = params
  const made = clipBoxes({ width, height, data: input.data }, params)
  output.level.set(made.level)
  output.noise.set(made.noise)
})

export const subtractMeshOnCpu = implement(subtractMeshKernel, (_host: null, { params, input, output }) => {
  const { width, height } = params
  output.data.set(subtractMesh({ width, height, data: input.data }, params))
})

export const convolveOnCpu = implement(convolveKernel, (_host: null, { params, input, output }) => {
  const { width, height, weights } = params
  output.data.set(applyMatchedFilter({ width, height, data: input.data }, weights))
})

export const findAboveOnCpu = implement(findAboveKernel, (_host: null, { params, input, output }) => {
  give(findAbove(input.data, params.level), output)
})

export const findPeaksOnCpu = implement(findPeaksKernel, (_host: null, { params, input, output }) => {
  const { width, height, level } = params
  give(findPeaks({ width, height, data: input.data }, level), output)
})

const give = (found: Uint32Array, { indices, count }: FoundPixels): void => {
  indices.fill(0)
  indices.set(found.subarray(0, indices.length))
  count[0] = found.length
}
