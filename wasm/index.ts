// What the module exports: one line for each kernel.
export { apertureScratch, measureApertures } from './kernels/apertures'
export { calibrate } from './kernels/calibrate'
export { calibrateRaw, CALIBRATE_RAW_SCRATCH } from './kernels/calibrate-raw'
export { combine, combineScratch } from './kernels/combine'
export { combineRaw, combineRawScratch } from './kernels/combine-raw'
export { clipBox } from './kernels/clip-boxes'
export { clipScratch } from './kernels/clip-samples'
export { convolve, convolveScratch } from './kernels/convolve'
export { findAbove } from './kernels/find-above'
export { findPeaks } from './kernels/find-peaks'
export { subtractMesh } from './kernels/subtract-mesh'
export { cosmicRays, cosmicRaysScratch } from './kernels/cosmic-rays'
export { decode } from './kernels/decode'
export { decodeHcompress } from './kernels/decode-hcompress'
export { decodeRice } from './kernels/decode-rice'
export { resample, RESAMPLE_SOURCE_BYTES } from './kernels/resample'
export { MEDIAN_SAMPLE } from './kernels/select'
export { measurePlane } from './kernels/statistics'
export { resampleShift } from './kernels/resample-shift'
export { measureSkies } from './kernels/sky-annuli'

/** Memory below this belongs to the module. */
export const heapBase: usize = __heap_base
