// What the module exports: one line for each kernel.
export { calibrate } from './kernels/calibrate'
export { calibrateRaw, CALIBRATE_RAW_SCRATCH } from './kernels/calibrate-raw'
export { decode } from './kernels/decode'
export { decodeRice } from './kernels/decode-rice'

/** Memory below this belongs to the module. */
export const heapBase: usize = __heap_base
