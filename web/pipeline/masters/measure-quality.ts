import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { MasterQuality, MasterRecord, QualityNumber } from '../../core/master'
import { throwIfAborted } from '../../core/task'
import { compareFlats } from '../../science/detector/compare-flats'
import { countAbove } from '../../science/detector/count-hot-pixels'
import {
  averageEstimates,
  measureLevel,
  measureMedian,
  measurePairGain,
  measurePairNoise,
  measureScatterNoise,
  type Estimate,
} from '../../science/detector/detector-noise'
import { readStoredSample } from '../strips/stored-sample'
import type { StripRoom } from '../strips/strip-room'
import { findEarlierFlat } from './earlier-flat'
import { middleWindow, readRawWindow, readStoredWindow } from './read-window'

/** Raised when the numbers are computed otherwise. */
export const QUALITY_VERSION = 1

/** Neighbouring pairs that are compared; more make the error hardly smaller. */
const MOST_PAIRS = 4
/** A pixel this many times the noise of one frame above the level can be seen in each frame by itself. */
const HOT_SIGMAS = 5
/** Bytes of a plane that are read at a time. */
const STRIP_BYTES = 4 * 1024 * 1024

/** Its frames that are in the workspace still, with their bytes. */
const findFrames = async ({ workspace }: StripRoom, master: MasterRecord): Promise<ExposureRecord[]> => {
  const frames = await workspace.exposures.getMany(master.frames.slice(0, MOST_PAIRS + 1))
  const there = await Promise.all(frames.map(({ pixels }) => workspace.pixels.has(pixels.bytesId)))
  return frames.filter((_, index) => there[index] === true)
}

const pairsOf = <Item>(items: readonly Item[]): (readonly [Item, Item])[] =>
  items.slice(1).map((item, index) => [items[index] as Item, item] as const)

/** Neighbouring pairs share a frame, and so their noises agree better than by chance: a correlation of 1/4 between neighbours. */
const PAIR_ERROR = Math.sqrt(1.5)

const averagePairs = (
  windows: readonly Float32Array[],
  measure: (first: Float32Array, second: Float32Array) => Estimate | null,
): Estimate | null => {
  const mean = averageEstimates(pairsOf(windows).flatMap(([first, second]) => measure(first, second) ?? []))
  return mean === null || windows.length < 3 ? mean : { ...mean, error: PAIR_ERROR * mean.error }
}

const measureNoise = async (
  room: StripRoom,
  master: MasterRecord,
  windows: readonly Float32Array[],
): Promise<MasterQuality['noise']> => {
  const pairs = averagePairs(windows, measurePairNoise)
  if (pairs !== null) return { ...pairs, from: 'pairs', pairs: windows.length - 1 }
  if (master.frames.length < 2 || master.combine?.method !== 'mean') return null
  const errors = await readStoredWindow(room, master, middleWindow(master.width, master.height), 1)
  const scatter = measureScatterNoise(errors, master.frames.length)
  return Number.isFinite(scatter.value) ? { ...scatter, from: 'scatter', pairs: 0 } : null
}

const countHot = async (room: StripRoom, master: MasterRecord, above: number): Promise<number> => {
  const { bytesId, width, height } = master
  const step = Math.max(1, Math.floor(STRIP_BYTES / (4 * width)))
  const strip = new Float32Array(width * Math.min(step, height))
  let count = 0
  for (let top = 0; top < height; top += step) {
    throwIfAborted(room.task)
    const rows = strip.subarray(0, width * (Math.min(height, top + step) - top))
    const bytes = new Uint8Array(strip.buffer, 0, rows.byteLength)
    await room.workspace.pixels.readInto(bytesId, top * width * 4, bytes)
    count += countAbove(rows, above)
  }
  return count
}

const measureDark = async (room: StripRoom, master: MasterRecord, quality: MasterQuality) => {
  const seconds = master.group.exposure
  const darkCurrent: QualityNumber | null =
    master.biasSubtracted && seconds !== null && seconds > 0
      ? { value: quality.level.value / seconds, error: quality.level.error / seconds }
      : null
  if (quality.noise === null) return { darkCurrent, hotPixels: null }
  const threshold = HOT_SIGMAS * quality.noise.value
  const count = await countHot(room, master, quality.level.value + threshold)
  return { darkCurrent, hotPixels: { count, threshold, fraction: count / (master.width * master.height) } }
}

/** The bias that was taken off the flats gives the level that their light stands on, and the read noise. */
const measureGain = async (
  room: StripRoom,
  master: MasterRecord,
  windows: readonly Float32Array[],
): Promise<QualityNumber | null> => {
  const made = await room.workspace.masters.getMany([...master.inputs])
  const bias = made.find(({ kind }) => kind === 'master-bias')
  if (bias === undefined) return null
  const { level, noise } = bias.quality ?? (await measureQuality(room, bias))
  if (noise === null) return null
  const params = { bias: level.value, readNoise: noise.value }
  return averagePairs(windows, (first, second) => measurePairGain(first, second, params))
}

const measureRatio = async (room: StripRoom, master: MasterRecord): Promise<MasterQuality['ratio']> => {
  const earlier = findEarlierFlat(master, await room.workspace.masters.list())
  if (earlier === null || !(await room.workspace.pixels.has(earlier.bytesId))) return null
  const [own, other] = await Promise.all(
    [master, earlier].map(({ bytesId, width, height }) =>
      readStoredSample(room.workspace, bytesId, width, height),
    ),
  )
  return own === undefined || other === undefined ? null : { to: earlier.id, ...compareFlats(own, other) }
}

/**
 * What a master says of the camera: level, noise, dark current, hot pixels, gain, and how a flat differs from the one before. From
 * the stored pixels and, as far as they are there, from its frames; a few windows are read and, of a dark, the plane once.
 */
export const measureQuality = async (room: StripRoom, master: MasterRecord): Promise<MasterQuality> => {
  const window = middleWindow(master.width, master.height)
  const frames = await findFrames(room, master)
  const windows: Float32Array[] = []
  for (const frame of frames) {
    throwIfAborted(room.task)
    windows.push(await readRawWindow(room, frame, window))
  }
  const [first] = frames
  const middle = await readStoredWindow(room, master, window)
  const level = master.kind === 'master-dark' ? measureMedian(middle) : measureLevel(middle)
  const quality: MasterQuality = {
    version: QUALITY_VERSION,
    level,
    noise: master.kind === 'master-flat' ? null : await measureNoise(room, master, windows),
    gain: first === undefined ? null : effectiveFacts(first).gain,
    darkCurrent: null,
    hotPixels: null,
    measuredGain: null,
    ratio: null,
  }
  if (master.kind === 'master-dark') return { ...quality, ...(await measureDark(room, master, quality)) }
  if (master.kind !== 'master-flat') return quality
  return {
    ...quality,
    measuredGain: await measureGain(room, master, windows),
    ratio: await measureRatio(room, master),
  }
}
