import { z } from '../../core/validation'
import type { StoreName } from '../../storage/schema'
import { cameraReportSchema } from './camera-report-schema'
import {
  text,
  id,
  ids,
  number,
  maybeNumber,
  maybeText,
  size,
  length,
  anything,
  pair,
  doubles,
  floats,
  octets,
  frameQuality,
} from './schema-parts'

const sameLengths = (columns: readonly { readonly length: number }[]): boolean =>
  columns.every((each) => each.length === columns[0]?.length)

const site = z
  .looseObject({ latitude: number, longitude: number, elevation: number, name: maybeText })
  .nullable()

const facts = z.looseObject({
  kind: text,
  telescope: text,
  instrument: text,
  night: text,
  filter: maybeText,
  exposure: maybeNumber,
  object: maybeText,
  dateObs: maybeText,
  binning: pair,
  gain: maybeNumber,
  gainSetting: maybeNumber,
  readNoise: maybeNumber,
  temperature: maybeNumber,
  saturation: maybeNumber,
  site,
  rightAscension: maybeNumber,
  declination: maybeNumber,
  airmass: maybeNumber,
  pixelScale: maybeNumber,
})

const exposure = z.looseObject({
  id,
  name: text,
  path: text,
  sha256: z.string().max(128),
  batch: text,
  width: size,
  height: size,
  pixels: z.looseObject({
    bytesId: id,
    hdu: z.int().min(0),
    headerOffset: length,
    dataOffset: length,
    dataLength: length,
    bitpix: z.union([8, 16, 32, 64, -32, -64].map((value) => z.literal(value))),
    bzero: number,
    bscale: number,
    blank: maybeNumber,
    compressed: z.boolean(),
  }),
  facts,
  corrections: facts.partial(),
  sources: anything,
  profile: text,
  warnings: z.array(text).max(10_000),
  excluded: z.boolean(),
  ingestedAt: number,
  removedAt: number.optional(),
})

const card = z.looseObject({
  keyword: text,
  value: z.union([text, number, z.boolean(), z.null(), z.bigint()]),
  comment: text,
  raw: text,
})

const statistics = z.looseObject({ median: number, deviation: number, rejectedFraction: number })

const master = z.looseObject({
  id,
  kind: text,
  name: text,
  order: text,
  group: z.looseObject({
    telescope: text,
    instrument: text,
    night: text,
    filter: maybeText,
    exposure: maybeNumber,
    binning: pair,
    width: size,
    height: size,
    gainSetting: maybeNumber,
    temperature: maybeNumber,
  }),
  frames: ids,
  inputs: ids,
  combine: anything,
  bytesId: id,
  width: size,
  height: size,
  unit: text,
  biasSubtracted: z.boolean(),
  statistics,
  jdUtcMid: maybeNumber,
  warnings: z.array(text),
  flags: z.array(text),
  createdAt: number,
})

const stack = z.looseObject({
  id,
  name: text,
  order: text,
  frames: ids,
  inputs: ids,
  reference: id.nullable(),
  combine: anything,
  bytesId: id,
  width: size,
  height: size,
  telescope: text,
  night: text,
  statistics,
  createdAt: number,
})

const transform = z.looseObject({ a: number, b: number, c: number, d: number, e: number, f: number })

const reduced = z.looseObject({
  id,
  stage: z.enum(['calibrated', 'registered']),
  exposure: id,
  name: text,
  order: text,
  calibration: z.looseObject({
    bias: id.nullable(),
    dark: id.nullable(),
    flat: id.nullable(),
    darkFactor: number,
    patch: id.nullish(),
  }),
  choices: z.array(anything).max(100),
  registration: z.looseObject({ reference: id, transform }).nullable(),
  width: size,
  height: size,
  inputs: ids,
  flags: z.array(text),
  createdAt: number,
})

const sources = z
  .looseObject({
    id,
    frame: id,
    exposure: id,
    order: text,
    x: floats,
    y: floats,
    flux: floats,
    peak: floats,
    fwhm: floats,
    elongation: floats,
    flags: octets,
    quality: frameQuality,
    inputs: ids,
    createdAt: number,
  })
  .refine(
    ({ x, y, flux, peak, fwhm, elongation, flags }) =>
      sameLengths([x, y, flux, peak, fwhm, elongation, flags]),
    'has columns of different lengths',
  )

const photometryTable = z.looseObject({
  id,
  order: text,
  reference: id,
  stars: z.array(z.looseObject({ name: text, x: number, y: number, role: text })).max(100_000),
  radii: z.array(number).max(1000),
  annulus: pair,
  frames: ids,
  inputs: ids,
  createdAt: number,
})

const photometryFrame = z
  .looseObject({
    id,
    table: id,
    frame: id,
    exposure: id,
    jd_utc_mid: maybeNumber,
    bjd_tdb_mid: maybeNumber,
    airmass: maybeNumber,
    x: doubles,
    y: doubles,
    sky: doubles,
    skySigma: doubles,
    peak: doubles,
    fwhm: doubles,
    flags: octets,
    flux: doubles,
    error: doubles,
    inputs: ids,
  })
  .refine(
    ({ x, y, sky, skySigma, peak, fwhm, flux, error, flags }) =>
      sameLengths([x, y, sky, skySigma, peak, fwhm]) && sameLengths([flux, error, flags]),
    'has columns of different lengths',
  )

const curveColumns = z
  .looseObject({
    frame: ids,
    jd_utc_mid: doubles,
    bjd_tdb_mid: doubles,
    flux: doubles,
    flux_error: doubles,
    detrended: doubles,
    trend: doubles,
    airmass: doubles,
    fwhm: doubles,
    sky: doubles,
    x: doubles,
    y: doubles,
    target_flux: doubles,
    ensemble_flux: doubles,
    flags: octets,
  })
  .refine(
    (each) =>
      sameLengths([
        each.frame,
        each.jd_utc_mid,
        each.bjd_tdb_mid,
        each.flux,
        each.flux_error,
        each.detrended,
        each.trend,
        each.airmass,
        each.fwhm,
        each.sky,
        each.x,
        each.y,
        each.target_flux,
        each.ensemble_flux,
        each.flags,
      ]),
    'has columns of different lengths',
  )

const place = { x: number, y: number }

const lightcurve = z.looseObject({
  id,
  order: text,
  table: id,
  name: text,
  reference: id,
  target: z.looseObject({ name: text, ...place }),
  comparisons: z.array(z.looseObject({ name: text, ...place, weight: number })).max(100_000),
  verdicts: z.array(anything).max(100_000),
  radius: number,
  annulus: pair,
  radiusScan: z.array(z.looseObject({ radius: number, scatter: number })).max(1000),
  detrend: z.array(text).max(100),
  timeScale: z.enum(['bjd_tdb_mid', 'jd_utc_mid']),
  columns: curveColumns,
  errors: z.looseObject({ photon: doubles, sky: doubles, read: doubles, comparisons: doubles }),
  inputs: ids,
  createdAt: number,
})

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
  frame_statistics: z.looseObject({
    id,
    version: number,
    level: number,
    noise: number,
    saturatedFraction: maybeNumber,
    quality: frameQuality.nullable(),
    createdAt: number,
  }),
  profiles: z.looseObject({ id, profile: z.unknown(), createdAt: number }),
}

/** The sentence for a record that is not what its store holds; null where it is. */
export const findFault = (store: StoreName, record: unknown): string | null => {
  const { success, error } = RECORD_SCHEMAS[store].safeParse(record)
  if (success) return null
  const [first] = error.issues
  return `This record of ${store} is not what it should be: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`.trim()
}
