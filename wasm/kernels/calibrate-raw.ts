import { calibrate } from './calibrate'
import { Calibration } from './calibrate-lanes'
import { decode } from './decode'
import { Lanes } from './decode-lanes'

/** Pixels that stay in the nearest cache between being decoded and being calibrated. */
const BLOCK: i32 = 2048

/** Bytes of scratch that `calibrateRaw` asks for. */
export const CALIBRATE_RAW_SCRATCH: i32 = BLOCK * 4

/** 16-bit integers of a whole offset, in multiples of eight: from bytes to calibrated pixels without a stop. */
function calibrateShorts(
  source: usize,
  offset: i32,
  hasBlank: bool,
  blank: i32,
  bias: usize,
  dark: usize,
  flat: usize,
  mask: usize,
  biasFactor: f32,
  darkFactor: f32,
  gain: f32,
  leastFlat: f32,
  output: usize,
  length: i32,
): void {
  const offsets = i32x4.splat(offset)
  const blanks = i32x4.splat(blank)
  const gains = f32x4.splat(gain)
  const bytes = (<usize>length) << 2
  for (let at: usize = 0; at < bytes; at += 32) {
    const next = at + 16
    const stored = Lanes.load16(source + (at >> 1))
    const storedNext = Lanes.load16(source + (next >> 1))
    let value = f32x4.convert_i32x4_s(i32x4.add(stored, offsets))
    let valueNext = f32x4.convert_i32x4_s(i32x4.add(storedNext, offsets))
    if (hasBlank) {
      value = v128.or(value, i32x4.eq(stored, blanks))
      valueNext = v128.or(valueNext, i32x4.eq(storedNext, blanks))
    }
    if (bias) {
      value = Calibration.subtractFour(value, bias + at, biasFactor)
      valueNext = Calibration.subtractFour(valueNext, bias + next, biasFactor)
    }
    if (dark) {
      value = Calibration.subtractFour(value, dark + at, darkFactor)
      valueNext = Calibration.subtractFour(valueNext, dark + next, darkFactor)
    }
    if (flat) {
      value = Calibration.divideFour(value, flat + at, leastFlat)
      valueNext = Calibration.divideFour(valueNext, flat + next, leastFlat)
    }
    if (mask) {
      value = Calibration.maskFour(value, at, mask)
      valueNext = Calibration.maskFour(valueNext, next, mask)
    }
    v128.store(output + at, f32x4.mul(value, gains))
    v128.store(output + next, f32x4.mul(valueNext, gains))
  }
}

/** Decodes and calibrates, by eight or block by block, so that the decoded pixels never go to memory. */
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
  let done = 0
  if (bitpix == 16 && !uncertainty && Lanes.isWholeOffset(bzero, bscale)) {
    done = length & ~7
    // prettier-ignore
    calibrateShorts(
      source, <i32>bzero, hasBlank, <i32>blank, bias, dark, flat, mask,
      biasFactor, darkFactor, gain, leastFlat, output, done,
    )
  }
  const size = <usize>(abs(bitpix) >> 3)
  for (let start = done; start < length; start += BLOCK) {
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
