import type { Phase, PartJob, PartValues, Piece, PlaneArray } from '../phased-step'
import type { StepContext } from '../step'
import { combineRows } from './combine-rows'
import type { CombineJob } from './combine-job'
import { bandRows, countBands, planBand, type BandsToPlan } from './plan-bands'
import { openStripRoom } from './strip-room'

/** A combined picture is stored as its data plane and then its uncertainty plane, little-endian f32. */
export interface CombinedPicture {
  readonly job: CombineJob
  readonly height: number
  readonly label: string
}

const bandsOf = ({ job, height, label }: CombinedPicture, context: StepContext): BandsToPlan => ({
  width: job.width,
  height,
  label,
  planes: ['f32', 'f32'],
  ...context.resources,
})

/** The phase that makes band `band`; null when there is none left. */
export const planCombineBand = (
  picture: CombinedPicture,
  band: number,
  index: number,
  context: StepContext,
): Phase | null => {
  const bands = bandsOf(picture, context)
  return band < countBands(bands) ? planBand(bands, band, index) : null
}

/** Combines the rows of one part. Gives how many values went in and, by name, who computed. */
export const combinePart = async (
  picture: CombinedPicture,
  band: number,
  { part }: PartJob,
  planes: readonly PlaneArray[],
  context: StepContext,
): Promise<PartValues> => {
  const { width } = picture.job
  const { top } = bandRows(bandsOf(picture, context), band)
  const [data, uncertainty] = planes as readonly [Float32Array, Float32Array]
  const room = openStripRoom(context)
  const rows = { top: top + part.from / width, bottom: top + part.to / width }
  const kept = await combineRows(room, picture.job, rows, { data, uncertainty })
  return { kept, ...Object.fromEntries([...room.usedBackends].map((kind) => [kind, 1])) }
}

const bytesOf = (plane: PlaneArray): Uint8Array =>
  new Uint8Array(plane.buffer, plane.byteOffset, plane.byteLength)

/** Writes a band's pieces to their places under `bytesId`; the whole is sealed when all bands are in. */
export const writeBand = async (
  picture: CombinedPicture,
  band: number,
  pieces: readonly Piece[],
  bytesId: string,
  context: StepContext,
): Promise<void> => {
  const { width } = picture.job
  const first = bandRows(bandsOf(picture, context), band).top * width
  const planeBytes = width * picture.height * 4
  for (const piece of pieces) {
    for (const [plane, pixels] of piece.planes.entries()) {
      const at = plane * planeBytes + (first + piece.from) * 4
      await context.workspace.pixels.writePiece(bytesId, at, bytesOf(pixels))
    }
  }
}

/** Numbers of all parts of all bands put together. */
export const sumParts = (
  results: readonly (readonly PartValues[])[],
): { kept: number; backends: string[] } => {
  const values = results.flat()
  return {
    kept: values.reduce((sum, value) => sum + (value['kept'] ?? 0), 0),
    backends: ['cpu', 'wasm', 'webgpu'].filter((kind) => values.some((value) => value[kind] === 1)),
  }
}
