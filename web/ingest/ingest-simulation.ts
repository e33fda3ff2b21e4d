import { AsterismError } from '../core/errors'
import { z } from '../core/validation'
import type { FrameSummary } from '../core/frame'
import type { IngestReport } from '../core/work-order'
import { throwIfAborted, type Task } from '../core/task'
import { writeFitsImage } from '../science/fits'
import {
  simulateNight,
  transitDuration,
  transitNight,
  type SimulatedFrame,
  type SimulationTruth,
} from '../science/simulator'
import { ingestInput, type IngestSink, type RejectedFile } from './ingest-files'

const fieldSchema = z.object({
  name: z.string(),
  stars: z.array(z.object({ ra: z.number(), dec: z.number(), magnitude: z.number() })).max(20_000),
})

export interface SimulationReport extends IngestReport {
  readonly truth: {
    readonly seed: string
    readonly targetName: string
    /** Part of the light that is missing in the middle of the transit. */
    readonly depth: number
    /** Julian date UTC at the observatory. */
    readonly jd_utc_mid: number
    readonly durationHours: number
    readonly truth: SimulationTruth
  }
}

const toFits = (frame: SimulatedFrame): Uint8Array<ArrayBuffer> =>
  writeFitsImage({
    image: frame,
    header: [],
    added: frame.cards,
    bitpix: 16,
  })

const fetchField = async (address: string): Promise<z.infer<typeof fieldSchema>> => {
  const reply = await fetch(address)
  if (!reply.ok)
    throw new AsterismError(
      'fetch-status',
      `The star field of the demonstration could not be loaded (${reply.status}).`,
      { address },
    )
  return fieldSchema.parse(await reply.json())
}

const summarise = (truth: SimulationTruth, targetName: string): SimulationReport['truth'] => {
  const inTransit = Math.min(...truth.lights.map((light) => light.transit))
  return {
    seed: truth.seed,
    targetName,
    depth: 1 - inTransit,
    jd_utc_mid: truth.transit?.midTime ?? NaN,
    durationHours: truth.transit === null ? 0 : 24 * transitDuration(truth.transit),
    truth,
  }
}

/** Makes the seeded transit night and takes each frame in as a camera's file, along the same road as any other. */
export const ingestSimulation = async (
  options: { readonly batch: string; readonly sink: IngestSink; readonly field: string },
  task: Task,
): Promise<SimulationReport> => {
  const field = await fetchField(options.field)
  const night = simulateNight(transitNight(field.stars))
  const frames: FrameSummary[] = []
  const rejected: RejectedFile[] = []
  for (let index = 0; index < night.frameCount; index++) {
    throwIfAborted(task)
    const frame = night.render(index)
    task.report({ label: frame.name, done: index, total: night.frameCount })
    const file = { path: `simulated/${frame.name}`, blob: new Blob([toFits(frame)]), batch: options.batch }
    const outcome = await ingestInput(file, options.sink, { signal: task.signal, report: () => undefined })
    frames.push(...outcome.frames)
    rejected.push(...outcome.rejected)
  }
  return { batch: options.batch, frames, rejected, truth: summarise(night.truth(), field.name) }
}
