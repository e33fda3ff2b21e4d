import { calibrate } from './calibrate'
import { decode } from './decode'

/** Pixels that stay in the nearest cache between being decoded and being calibrated. */
const BLOCK: i32 = 2048

/** Bytes of scratch that `calibrateRaw` asks for. */
export const CALIBRATE_RAW_SCRATCH: i32 = BLOCK * 4

/** Decodes and calibrates block by block, so that the decoded pixels never go to memory. */
export function calibrateRaw(
  source: usize,
  bitpix: i32,
  bzero: f64,
  bscale: f64,
  hasBlank: bool,
  blank: i64,
  scratch: usize,
  bias: usize,
  dark: usize,
  flat: usize,
  mask: usize,
  biasError: usize,
  darkError: usize,
  flatError: usize,
  biasFactor: f32,
  darkFactor: f32,
  gain: f32,
  leastFlat: f32,
  readNoise: f32,
  noiseGain: f32,
  pedestal: f32,
  output: usize,
  uncertainty: usize,
  length: i32,
): void {
  const size = <usize>(abs(bitpix) >> 3)
  for (let start = 0; start < length; start += BLOCK) {
    const count = min(BLOCK, length - start)
    const first = <usize>start
    const at = first << 2
    decode(source + first * size, bitpix, bzero, bscale, hasBlank, blank, scratch, count)
    // prettier-ignore
    calibrate(
      scratch,
      bias ? bias + at : 0,
      dark ? dark + at : 0,
      flat ? flat + at : 0,
      mask ? mask + first : 0,
      biasError ? biasError + at : 0,
      darkError ? darkError + at : 0,
      flatError ? flatError + at : 0,
      biasFactor, darkFactor, gain, leastFlat, readNoise, noiseGain, pedestal,
      output + at,
      uncertainty ? uncertainty + at : 0,
      count,
    )
  }
}
