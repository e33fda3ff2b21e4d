import { MEDIAN_OF_ALL, cleanHits, forgetFound } from './cosmic-rays-clean'
import { findHits } from './cosmic-rays-detect'
import { EMPTY, HIT, LOOKED_AT, WANTED, openFrame, planeAt, stateAt, Frame } from './cosmic-rays-frame'
import { levelOf } from './cosmic-rays-level'
import { fillPlane, markUntrusted } from './cosmic-rays-mask'

export { cosmicRaysScratch } from './cosmic-rays-frame'

/** Takes the background off and puts the level where there is no value. */
function settlePlane(frame: Frame, anyEmpty: bool): void {
  if (!frame.background && !anyEmpty) return
  for (let y = 0; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++) {
      const at = planeAt(frame, x, y)
      const from = (<usize>(y * frame.width + x)) << 2
      if ((load<u8>(stateAt(frame, x, y)) & EMPTY) !== 0) store<f32>(at, levelOf(frame))
      else if (frame.background)
        store<f32>(at, load<f32>(at) - load<f32>(frame.background + from) * frame.gain)
    }
  }
}

function writeOutput(frame: Frame, outData: usize, outMask: usize): void {
  memory.copy(outData, frame.data, <usize>frame.width * <usize>frame.height * 4)
  for (let y = 0; y < frame.height; y++) {
    const state = stateAt(frame, 0, y)
    for (let x = 0; x < frame.width; x++) {
      const index = <usize>(y * frame.width + x)
      const hit = (load<u8>(state + <usize>x) & HIT) !== 0
      store<u8>(outMask + index, hit ? 1 : 0)
      if (!hit) continue
      let value = load<f32>(planeAt(frame, x, y))
      if (frame.background) value += load<f32>(frame.background + (index << 2)) * frame.gain
      store<f32>(outData + (index << 2), value / frame.gain)
    }
  }
}

/**
 * L.A.Cosmic as in the reference, bit for bit. After the first round only what a changed pixel can have changed is looked at
 * again; a round that changes nothing is the last. `level` (electrons) is NaN where it is to be found; 0 is the address of a mask or
 * background that is not there.
 */
export function cosmicRays(
  data: usize,
  mask: usize,
  background: usize,
  outData: usize,
  outMask: usize,
  width: i32,
  height: i32,
  scratch: usize,
  sigclip: f32,
  sigfrac: f32,
  objlim: f32,
  gain: f32,
  readNoise: f32,
  saturation: f32,
  level: f32,
  iterations: i32,
  separable: bool,
  rule: i32,
): void {
  const frame = openFrame(scratch, width, height)
  frame.data = data
  frame.background = background
  frame.gain = gain
  frame.readVariance = readNoise * readNoise
  frame.high = sigclip
  frame.low = sigfrac * sigclip
  frame.contrast = objlim
  frame.level = level
  frame.separable = separable
  const anyEmpty = fillPlane(frame, mask)
  markUntrusted(frame, saturation * gain)
  settlePlane(frame, anyEmpty)
  memory.fill(frame.marks, LOOKED_AT | WANTED, <usize>height * <usize>frame.blocks)
  for (let round = 0; round < iterations; round++) {
    if (rule === MEDIAN_OF_ALL) forgetFound(frame)
    findHits(frame)
    if (!cleanHits(frame, rule)) break
  }
  writeOutput(frame, outData, outMask)
}
