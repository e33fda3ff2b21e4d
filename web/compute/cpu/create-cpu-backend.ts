import { createBackend, type Backend, type Registration } from '../kernel'
import { aperturesOnCpu } from './apertures'
import { calibrateOnCpu } from './calibrate'
import { calibrateRawOnCpu } from './calibrate-raw'
import { combineOnCpu } from './combine'
import { combineRawOnCpu } from './combine-raw'
import { cosmicRaysOnCpu } from './cosmic-rays'
import { debayerOnCpu } from './debayer'
import { decodeOnCpu } from './decode'
import { decodeHcompressOnCpu } from './decode-hcompress'
import { decodeRiceOnCpu } from './decode-rice'
import { clipBoxesOnCpu, convolveOnCpu, findAboveOnCpu, findPeaksOnCpu, subtractMeshOnCpu } from './detection'
import { histogramOnCpu } from './histogram'
import { drizzleOnCpu } from './drizzle'
import { reprojectOnCpu } from './reproject'
import { reprojectAreaOnCpu } from './reproject-area'
import { resampleOnCpu } from './resample'
import { skyAnnuliOnCpu } from './sky-annuli'
import { statisticsOnCpu } from './statistics'
import { stretchOnCpu } from './stretch'

/** One line for each kernel: a call of the reference in `science`, which needs nothing but the arrays that it is given. */
const KERNELS: readonly Registration<null>[] = [
  calibrateOnCpu,
  calibrateRawOnCpu,
  combineOnCpu,
  combineRawOnCpu,
  cosmicRaysOnCpu,
  decodeOnCpu,
  decodeHcompressOnCpu,
  decodeRiceOnCpu,
  clipBoxesOnCpu,
  subtractMeshOnCpu,
  convolveOnCpu,
  findAboveOnCpu,
  findPeaksOnCpu,
  resampleOnCpu,
  reprojectOnCpu,
  reprojectAreaOnCpu,
  drizzleOnCpu,
  statisticsOnCpu,
  stretchOnCpu,
  debayerOnCpu,
  histogramOnCpu,
  aperturesOnCpu,
  skyAnnuliOnCpu,
]

export const createCpuBackend = (): Backend => createBackend('cpu', null, KERNELS)
