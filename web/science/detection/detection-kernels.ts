import type { Image } from '../../core/image'
import { clipBoxes, type BoxGrid, type BoxStatistics } from './clip-boxes'
import { applyMatchedFilter } from './matched-filter'
import { findPeaks } from './find-peaks'
import { subtractMesh, type BackgroundMesh } from './background-mesh'

/** The loops over all pixels that finding stars is made of. What is here is the reference; others must agree with it. */
export interface DetectionKernels {
  clipBoxes(image: Image, grid: BoxGrid): Promise<BoxStatistics>
  /** The image above its background; a pixel without a value becomes 0. */
  subtractMesh(image: Image, mesh: BackgroundMesh): Promise<Float32Array>
  /** Separable and symmetric; half of the kernel, centre first. Beyond the edge there are zeros. */
  convolve(plane: Image, weights: Float64Array): Promise<Float32Array>
  /** Indices of all pixels above a level, ascending. */
  findAbove(data: Float32Array, level: number): Promise<Uint32Array>
  /** Indices of the local maxima above a level, in reading order. */
  findPeaks(plane: Image, level: number): Promise<Uint32Array>
}

/** Indices of the values above a level, ascending; NaN is above nothing. */
export const findAbove = (data: Float32Array, level: number): Uint32Array => {
  const found: number[] = []
  for (let at = 0; at < data.length; at++) if (data[at]! > level) found.push(at)
  return Uint32Array.from(found)
}

export const REFERENCE_KERNELS: DetectionKernels = {
  clipBoxes: (image, grid) => Promise.resolve(clipBoxes(image, grid)),
  subtractMesh: (image, mesh) => Promise.resolve(subtractMesh(image, mesh)),
  convolve: (plane, weights) => Promise.resolve(applyMatchedFilter(plane, weights)),
  findAbove: (data, level) => Promise.resolve(findAbove(data, level)),
  findPeaks: (plane, level) => Promise.resolve(findPeaks(plane, level)),
}
