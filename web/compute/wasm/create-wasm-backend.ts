import { createBackend, type Backend, type Registration } from '../kernel'
import type { Arena } from '../arena'
import { aperturesOnWasm } from './apertures'
import { calibrateOnWasm } from './calibrate'
import { calibrateRawOnWasm } from './calibrate-raw'
import { combineOnWasm } from './combine'
import { combineRawOnWasm } from './combine-raw'
import { cosmicRaysOnWasm } from './cosmic-rays'
import { debayerOnWasm } from './debayer'
import { decodeOnWasm } from './decode'
import { decodeHcompressOnWasm } from './decode-hcompress'
import { decodeRiceOnWasm } from './decode-rice'
import {
  clipBoxesOnWasm,
  convolveOnWasm,
  findAboveOnWasm,
  findPeaksOnWasm,
  subtractMeshOnWasm,
} from './detection'
import { histogramOnWasm } from './histogram'
import { drizzleOnWasm } from './drizzle'
import { reprojectOnWasm } from './reproject'
import { reprojectAreaOnWasm } from './reproject-area'
import { resampleOnWasm } from './resample'
import { skyAnnuliOnWasm } from './sky-annuli'
import { statisticsOnWasm } from './statistics'
import { stretchOnWasm } from './stretch'
import { openWasm, type WasmMemory } from './wasm-memory'

/** One line for each kernel: addresses in, a call of the module, results back. */
const KERNELS: readonly Registration<WasmMemory>[] = [
  calibrateOnWasm,
  calibrateRawOnWasm,
  combineOnWasm,
  combineRawOnWasm,
  cosmicRaysOnWasm,
  decodeOnWasm,
  decodeHcompressOnWasm,
  decodeRiceOnWasm,
  clipBoxesOnWasm,
  subtractMeshOnWasm,
  convolveOnWasm,
  findAboveOnWasm,
  findPeaksOnWasm,
  resampleOnWasm,
  reprojectOnWasm,
  reprojectAreaOnWasm,
  drizzleOnWasm,
  statisticsOnWasm,
  stretchOnWasm,
  debayerOnWasm,
  histogramOnWasm,
  aperturesOnWasm,
  skyAnnuliOnWasm,
]

export interface WasmBackend extends Backend {
  /** Arrays lent from here are used by the kernels where they lie. */
  readonly arena: Arena
}

/** `bytes` of memory are asked for, once; they are used as they are touched. */
export const createWasmBackend = async (module: WebAssembly.Module, bytes: number): Promise<WasmBackend> => {
  const memory = await openWasm(module, bytes)
  return { ...createBackend('wasm', memory, KERNELS), arena: memory.arena }
}
