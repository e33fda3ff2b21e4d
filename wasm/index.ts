// What the module exports: one line for each kernel.
export { calibrate } from './kernels/calibrate'

/** Memory below this belongs to the module. */
export const heapBase: usize = __heap_base
