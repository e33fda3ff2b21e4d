import type { BayerPattern } from '../../core/colour-channel'
import { divideFlat, takeColour, type ColourLevels } from '../../science/calibration/flat-colours'
import type { PartJob, PartValues, Phase, PhaseResult } from '../phased-step'
import type { StepContext } from '../step'
import type { CombineJob } from './combine-job'
import { combineRows, type CombinedStrip } from './combine-rows'
import { bandsOf, findLevel, type LevelRule } from './level-rule'
import { keepColumns } from './keep-columns'
import { planParts } from './plan-parts'
import { openStripRoom } from './strip-room'

/** A picture that is combined from frames and stored plane by plane, little-endian f32: data, uncertainty and, where they are counted, coverage and rejected values. */
export interface CombinedPicture {
  readonly job: CombineJob
  readonly height: number
  readonly bytesId: string
  /** What data and uncertainty are divided by, for a flat field; null leaves them as they are. */
  readonly level: number | { readonly pattern: BayerPattern; readonly levels: ColourLevels } | null
}

/** The phase that combines all of it: each part writes its own rows, and no plane is ever held as a whole. */
export const planCombining = (
  { job, height }: Pick<CombinedPicture, 'job' | 'height'>,
  { label, index }: { readonly label: string; readonly index: number },
  { resources }: StepContext,
): Phase => ({
  index,
  label,
  length: job.width * height,
  planes: [],
  parts: planParts(job.width, height, resources.workers),
})

const bytesOf = (plane: Float32Array): Uint8Array =>
  new Uint8Array(plane.buffer, plane.byteOffset, plane.byteLength)

/** Combines the rows of one part and writes them to their places. Gives how many values went in and, by name, who computed. */
export const combinePart = async (
  { job, height, bytesId, level }: CombinedPicture,
  { part }: PartJob,
  context: StepContext,
): Promise<PartValues> => {
  const { width } = job
  const room = openStripRoom(context)
  const pieces = await context.workspace.pixels.openPieces(bytesId)
  const keep = async ({ top, data, uncertainty, coverage, rejected }: CombinedStrip): Promise<void> => {
    if (level !== null) divideFlat({ data, width, left: 0, top }, uncertainty, level)
    for (const [place, plane] of [data, uncertainty, coverage, rejected].entries())
      if (plane !== undefined) await pieces.write((place * height + top) * width * 4, bytesOf(plane))
  }
  try {
    const rows = { top: part.from / width, bottom: part.to / width }

    const { kept, covered, alone } = await combineRows(room, job, rows, keep)
    return { kept, covered, alone, ...Object.fromEntries([...room.usedBackends].map((kind) => [kind, 1])) }
  } finally {
    pieces.close()
  }
}

interface LevelWish {
  readonly rule: LevelRule
  /** Colours of the first pixels: each then has its own level. Null for a camera without a colour mask. */
  readonly pattern: BayerPattern | null
}

/** The level of a picture that is not made yet, or of each of its colours, from bands that are combined for that alone. */
export const measureCombinedLevel = async (
  { job, height }: Pick<CombinedPicture, 'job' | 'height'>,
  { rule, pattern }: LevelWish,
  context: StepContext,
): Promise<PartValues> => {
  const room = openStripRoom(context)
  const { width } = job
  const { arena } = room.compute
  return arena.scope(async () => {
    const bands = bandsOf(rule, width, height)
    const sample = arena.float32(bands.reduce((sum, { top, bottom }) => sum + bottom - top, 0) * width)
    let at = 0
    const pieces: { readonly top: number; readonly data: Float32Array }[] = []
    for (const band of bands) {
      const start = at
      await combineRows(room, job, band, ({ data }) => {
        sample.set(data, at)
        at += data.length
        return Promise.resolve()
      })
      pieces.push({ top: band.top, data: sample.subarray(start, at) })
    }
    if (pattern === null) return { level: await findLevel(room, sample, width, rule) }
    const left = rule.region?.x[0] ?? 0
    const right = rule.region?.x[1] ?? width
    const rows = pieces.map(({ top, data }) => {
      const kept = keepColumns(data, width, [left, right])
      return { data: kept, width: right - left, left, top, pattern }
    })
    const levelOf = (letter: keyof ColourLevels): Promise<number> => {
      const taken = rows.map((each) => takeColour(each, letter))
      const all = new Float32Array(taken.reduce((sum, { length }) => sum + length, 0))
      let filled = 0
      for (const each of taken) {
        all.set(each, filled)
        filled += each.length
      }
      return findLevel(room, all, all.length, { ...rule, region: null })
    }
    const [red, green, blue] = [await levelOf('R'), await levelOf('G'), await levelOf('B')]
    return { level: Math.min(red, green, blue), red, green, blue }
  })
}

/** Numbers of all parts put together. */
export const sumParts = (
  parts: PhaseResult,
): { kept: number; covered: number; alone: number; backends: string[] } => ({
  kept: parts.reduce((sum, value) => sum + (value['kept'] ?? 0), 0),
  covered: parts.reduce((sum, value) => sum + (value['covered'] ?? 0), 0),
  alone: parts.reduce((sum, value) => sum + (value['alone'] ?? 0), 0),
  backends: ['cpu', 'wasm', 'webgpu'].filter((kind) => parts.some((value) => value[kind] === 1)),
})
