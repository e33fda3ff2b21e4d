import { STACK_PLANES } from '../../core/stack'
import { z } from '../../core/validation'
import { text, id, ids, number, maybeNumber, maybeText, size, length, anything, pair } from './schema-parts'

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

export const exposure = z.looseObject({
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

export const card = z.looseObject({
  keyword: text,
  value: z.union([text, number, z.boolean(), z.null(), z.bigint()]),
  comment: text,
  raw: text,
})

const statistics = z.looseObject({ median: number, deviation: number, rejectedFraction: number })

export const master = z.looseObject({
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

const skyGrid = z.looseObject({
  kind: text,
  width: size,
  height: size,
  cards: z.array(z.looseObject({ keyword: text, value: z.union([text, number, z.boolean()]) })).max(5000),
  center: z.looseObject({ ra: number, dec: number }),
  scale: number,
  rotation: number,
})

export const stack = z.looseObject({
  id,
  name: text,
  order: text,
  frames: ids,
  inputs: ids,
  reference: id.nullable(),
  combine: anything,
  grid: skyGrid.nullish(),
  stacked: z
    .array(z.looseObject({ frame: id, exposure: id, name: text, weight: number }))
    .max(100_000)
    .optional(),
  leftOut: z
    .array(z.looseObject({ frame: id, exposure: id, name: text, reason: text }))
    .max(100_000)
    .optional(),
  planes: z.tuple([z.literal('data'), z.literal('uncertainty')], z.enum(STACK_PLANES)).optional(),
  bytesId: id,
  width: size,
  height: size,
  telescope: text,
  night: text,
  statistics,
  createdAt: number,
})

const transform = z.looseObject({ a: number, b: number, c: number, d: number, e: number, f: number })

export const reduced = z.looseObject({
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
    badPixels: z.looseObject({ map: id, how: text, patch: id.optional() }).nullish(),
    sky: z.looseObject({ fringe: id.nullable(), fit: id }).nullish(),
  }),
  choices: z.array(anything).max(100),
  registration: z.looseObject({ reference: id, transform }).nullable(),
  width: size,
  height: size,
  inputs: ids,
  flags: z.array(text),
  createdAt: number,
})
