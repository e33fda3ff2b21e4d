import { z } from '../../core/validation'
import { text, id, ids, number, maybeNumber, maybeText, size, length, pair, floats } from './schema-parts'

const measured = z.looseObject({ value: number, error: number })
const maybeMeasured = measured.nullable()
const framePair = z.tuple([id, id])
const many = <Item extends z.ZodType>(item: Item) => z.array(item).max(100_000)

/** What the app reads of a camera's report is checked. */
export const cameraReportSchema = z.looseObject({
  id,
  name: text,
  order: text,
  camera: z.looseObject({
    telescope: text,
    instrument: text,
    binning: pair,
    width: size,
    height: size,
    gainSetting: maybeNumber,
  }),
  region: z.looseObject({ left: length, top: length, width: size, height: size }),
  filters: many(text),
  nights: many(text),
  temperature: maybeNumber,
  frames: ids,
  inputs: ids,
  stated: z.looseObject({
    gain: maybeNumber,
    gainFrom: maybeText,
    readNoise: maybeNumber,
    readNoiseFrom: maybeText,
  }),
  gain: maybeMeasured,
  readNoise: maybeMeasured,
  readNoiseElectrons: maybeMeasured,
  transfer: z
    .looseObject({
      points: many(
        z.looseObject({
          frames: framePair,
          filter: maybeText,
          exposure: maybeNumber,
          level: number,
          variance: number,
          varianceError: number,
          ratio: number,
          saturated: number,
          leftOut: maybeText,
          residual: number,
        }),
      ),
      floor: maybeMeasured,
      slope: maybeMeasured,
      bend: maybeMeasured,
      readNoiseOfLine: maybeMeasured,
      fullWell: maybeMeasured,
      freedom: number,
      widened: number,
    })
    .nullable(),
  bias: z.looseObject({
    frames: many(
      z.looseObject({
        frame: id,
        night: text,
        time: maybeNumber,
        temperature: maybeNumber,
        level: number,
        error: number,
      }),
    ),
    pairs: many(z.looseObject({ frames: framePair, time: maybeNumber, noise: number, error: number })),
    unrest: number,
    drift: maybeMeasured,
  }),
  dark: many(
    z.looseObject({
      temperature: maybeNumber,
      points: many(
        z.looseObject({ frame: id, exposure: number, level: number, error: number, residual: number }),
      ),
      rate: measured,
      electrons: maybeMeasured,
      intercept: measured,
      widened: number,
    }),
  ),
  darkTemperature: z.looseObject({ doubling: measured, energy: measured, used: number }).nullable(),
  linearity: z
    .looseObject({
      filter: maybeText,
      points: many(
        z.looseObject({ frame: id, exposure: number, level: number, error: number, residual: number }),
      ),
      shutterDelay: measured,
      largest: measured,
      scatter: number,
    })
    .nullable(),
  hotPixels: many(
    z.looseObject({
      frames: ids,
      exposure: number,
      temperature: maybeNumber,
      noise: number,
      heights: many(number),
      counts: many(number),
      pixels: number,
    }),
  ),
  flatMaps: many(
    z
      .looseObject({
        first: id,
        second: id,
        filter: maybeText,
        nights: z.tuple([text, text]),
        block: size,
        columns: size,
        rows: size,
        ratio: floats,
        scatter: number,
        noise: number,
        span: number,
      })
      .refine(({ columns, rows, ratio }) => columns * rows === ratio.length, 'has a map of another size'),
  ),
  predictions: many(
    z.looseObject({
      kind: text,
      frames: ids,
      exposure: maybeNumber,
      filter: maybeText,
      level: number,
      predicted: measured,
      measured,
      deviation: number,
    }),
  ),
  missing: many(text),
  flags: many(text),
  createdAt: number,
})
