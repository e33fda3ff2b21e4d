import { createBackend, type Backend, type Registration } from '../kernel'
import { calibrateOnCpu } from './calibrate'
import { calibrateRawOnCpu } from './calibrate-raw'
import { decodeOnCpu } from './decode'
import { decodeRiceOnCpu } from './decode-rice'

/** One line for each kernel: a call of the reference in `science`, which needs nothing but the arrays that it is given. */
const KERNELS: readonly Registration<null>[] = [
  calibrateOnCpu,
  calibrateRawOnCpu,
  decodeOnCpu,
  decodeRiceOnCpu,
]

export const createCpuBackend = (): Backend => createBackend('cpu', null, KERNELS)
