import { z } from '../../core/validation'
import type { StoreName } from '../../storage/schema'
import { cameraReportSchema } from './camera-report-schema'
import { compositeSchema } from './composite-schema'
import { exposure, card, master, stack, reduced } from './frame-schemas'
import { sources, photometryTable, photometryFrame, lightcurve } from './photometry-schemas'
import { plateSolutionSchema } from './plate-solution-schema'
import { text, id, ids, number, maybeNumber, length, anything, frameQuality } from './schema-parts'

const failure = z.looseObject({ code: text, message: text, context: anything }).nullable()

const order = z.looseObject({
  id,
  order: z.looseObject({ request: text, frames: ids.optional(), parameters: anything.optional() }),
  status: z.enum(['queued', 'running', 'done', 'failed', 'partial', 'cancelled']),
  createdAt: number,
  startedAt: maybeNumber,
  endedAt: maybeNumber,
  seconds: number,
  failure,
})

const step = z.looseObject({
  id,
  order: id,
  name: text,
  index: number,
  frames: ids,
  parameters: anything,
  after: ids,
  state: z.enum(['queued', 'running', 'done', 'failed', 'skipped']),
  startedAt: maybeNumber,
  endedAt: maybeNumber,
  attempts: number,
  failure,
  result: anything,
  outputs: ids,
})

const logLine = z.looseObject({
  id,
  time: number,
  level: z.enum(['info', 'warning', 'error']),
  order: text.nullable(),
  step: text.nullable(),
  message: text,
  context: anything,
})

const fileTable = z.looseObject({
  id,
  name: text,
  path: text,
  sha256: z.string().max(128),
  batch: text,
  format: text,
  bytesId: id,
  hdu: z.int().min(0),
  rows: length,
  columns: z.array(anything).max(10_000),
  warnings: z.array(text),
  ingestedAt: number,
})

/**
 * What a record has to be before it is kept. Loose: a member that is not named here stays as it is, so that a record keeps what a
 * version in between added; what the app reads of it is checked.
 */
const RECORD_SCHEMAS: Readonly<Record<StoreName, z.ZodType>> = {
  exposures: exposure,
  headers: z.looseObject({ id, cards: z.array(card).max(200_000) }),
  masters: master,
  reduced,
  stacks: stack,
  sources,
  photometry_tables: photometryTable,
  photometry_frames: photometryFrame,
  lightcurves: lightcurve,
  work_orders: order,
  steps: step,
  log: logLine,
  settings: z.looseObject({ id, value: z.unknown() }),
  targets: z.looseObject({
    id,
    name: text,
    rightAscension: maybeNumber,
    declination: maybeNumber,
    note: text,
    createdAt: number,
  }),
  projects: z.looseObject({ id, name: text, note: text, targets: ids, orders: ids, createdAt: number }),
  file_tables: fileTable,
  row_flags: z.looseObject({
    id,
    table: text,
    row: text,
    flags: z.array(text).max(1000),
    note: text,
    createdAt: number,
  }),
  camera_reports: cameraReportSchema,
  // They stay where they were asked for: no project has any.
  catalogue_cones: z.never(),
  composites: compositeSchema,
  frame_statistics: z.looseObject({
    id,
    version: number,
    level: number,
    noise: number,
    saturatedFraction: maybeNumber,
    quality: frameQuality.nullable(),
    createdAt: number,
  }),
  plate_solutions: plateSolutionSchema,
  profiles: z.looseObject({ id, profile: z.unknown(), createdAt: number }),
}

/** The sentence for a record that is not what its store holds; null where it is. */
export const findFault = (store: StoreName, record: unknown): string | null => {
  const { success, error } = RECORD_SCHEMAS[store].safeParse(record)
  if (success) return null
  const [first] = error.issues
  return `This record of ${store} is not what it should be: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`.trim()
}
