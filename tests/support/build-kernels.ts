import { buildWasm } from '../../scripts/build-wasm.mjs'

/** Before the first test: the kernels as they stand in the sources. */
export const setup = (): void => buildWasm()
