import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { MasterQuality, MasterRecord, QualityNumber } from '../../core/master'
import { throwIfAborted } from '../../core/task'
import { measureAveragedNoise } from '../../science/detector/averaged-noise'
import { compareFlats } from '../../science/detector/compare-flats'
import { compareMasters } from '../../science/detector/compare-masters'
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
import { findEarlierMaster } from './earlier-master'
import { measurePlane } from './measure-plane'
import { middleWindow, readRawWindow, readStoredWindow } from './read-window'

/** Raised when the numbers are computed otherwise. */
export const QUALITY_VERSION = 2

/** Neighbouring pairs that are compared; more make the error hardly smaller. */
const MOST_PAIRS = 4
/** Frames with which the noise of a mean is tried. */
const MOST_AVERAGED = 16

/** Its frames that are in the workspace still, with their bytes. */
const findFrames = async ({ workspace }: StripRoom, master: MasterRecord): Promise<ExposureRecord[]> => {
  const frames = await workspace.exposures.getMany(master.frames.slice(0, MOST_AVERAGED))
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

/** Null for others than darks, and for a dark whose bias is still in it. */
const findDarkCurrent = ({ kind, biasSubtracted, group }: MasterRecord, level: QualityNumber) => {
  const seconds = group.exposure
  if (kind !== 'master-dark' || !biasSubtracted || seconds === null || !(seconds > 0)) return null
  return { value: level.value / seconds, error: level.error / seconds }
}

/** The bias that was taken off the flats gives the level that their light stands on, and the read noise. */
const measureBiasOf = async (room: StripRoom, master: MasterRecord) => {
  const made = await room.workspace.masters.getMany([...master.inputs])
  const bias = made.find(({ kind }) => kind === 'master-bias')
  if (bias === undefined) return null
  const { level, noise } = bias.quality ?? (await measureQuality(room, bias))
  return noise === null ? null : { bias: level.value, readNoise: noise.value }
}

const measureGain = (
  windows: readonly Float32Array[],
  params: { readonly bias: number; readonly readNoise: number } | null,
): QualityNumber | null => {
  if (params === null) return null
  return averagePairs(windows, (first, second) => measurePairGain(first, second, params))
}

/** A flat over the last one, a bias or dark less the last one. */
const compareWithEarlier = async (
  room: StripRoom,
  master: MasterRecord,
): Promise<Required<Pick<MasterQuality, 'ratio' | 'change'>>> => {
  const nothing = { ratio: null, change: null }
  const earlier = findEarlierMaster(master, await room.workspace.masters.list())
  if (earlier === null || !(await room.workspace.pixels.has(earlier.bytesId))) return nothing
  const [own, other] = await Promise.all(
    [master, earlier].map(({ bytesId, width, height }) =>
      readStoredSample(room.workspace, bytesId, width, height),
    ),
  )
  if (own === undefined || other === undefined) return nothing
  return master.kind === 'master-flat'
    ? { ...nothing, ratio: { to: earlier.id, ...compareFlats(own, other) } }
    : { ...nothing, change: { to: earlier.id, ...compareMasters(own, other) } }
}

/**
 * What a master says of the camera: level, noise, dark current, hot and cold pixels, gain, whether the noise
 * fell as it should, what changes over the frame, and how it differs from the one before. From
 * the stored pixels and, as far as they are there, from its frames; a few windows are read, and the plane once.
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
  const isFlat = master.kind === 'master-flat'
  // Flats that the camera took the bias off stand on their pedestal alone.
  const pedestal = first === undefined ? 0 : (effectiveFacts(first).pedestal ?? 0)
  const pairs = windows.slice(0, MOST_PAIRS + 1)
  const noise = isFlat ? null : await measureNoise(room, master, pairs)
  const bias = isFlat ? await measureBiasOf(room, master) : null
  return {
    version: QUALITY_VERSION,
    level,
    noise,
    gain: first === undefined ? null : effectiveFacts(first).gain,
    darkCurrent: findDarkCurrent(master, level),
    measuredGain: measureGain(pairs, bias),
    averaging: measureAveragedNoise(windows, { scaled: isFlat, bias: bias?.bias ?? pedestal }),
    ...(await measurePlane(room, master, { level, noise })),
    ...(await compareWithEarlier(room, master)),
  }
}
