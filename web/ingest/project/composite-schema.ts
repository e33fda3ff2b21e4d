import {
  COMPOSITE_BALANCES,
  COMPOSITE_CURVES,
  COMPOSITE_PARTS,
  MOST_COMPOSITE_INPUTS,
} from '../../core/composite'
import { z } from '../../core/validation'
import { id, ids, maybeNumber, maybeText, number, size, text } from './schema-parts'

const each = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(MOST_COMPOSITE_INPUTS)
const colour = z.tuple([number, number, number])
const transform = z.looseObject({ a: number, b: number, c: number, d: number, e: number, f: number })

/** What the app reads of a picture in colour is checked, and that it speaks of as many inputs everywhere. */
export const compositeSchema = z
  .looseObject({
    id,
    name: text,
    order: text,
    sources: each(z.looseObject({ frame: id, part: z.enum(COMPOSITE_PARTS) })),
    labels: each(z.looseObject({ name: text, filter: maybeText, exposure: maybeNumber })),
    measures: z.looseObject({
      transforms: each(transform.nullable()),
      alignment: each(z.enum(['same', 'stars', 'wcs'])),
      matched: each(maybeNumber),
      rms: each(maybeNumber),
      sky: each(number),
      noise: each(number),
      bright: each(number),
      fit: z
        .looseObject({
          method: z.enum(['stars', 'catalogue']),
          measured: number,
          used: number,
          gains: each(number),
          errors: each(number),
        })
        .nullable(),
    }),
    look: z.looseObject({
      inputs: each(z.looseObject({ minimum: number, gain: number, colour })),
      luminance: z
        .int()
        .min(0)
        .max(MOST_COMPOSITE_INPUTS - 1)
        .nullable(),
      curve: z.enum(COMPOSITE_CURVES),
      stretch: number,
      q: number,
      saturation: number,
      neutral: number,
    }),
    balance: z.enum(COMPOSITE_BALANCES),
    inputs: ids,
    width: size,
    height: size,
    object: maybeText,
    telescope: text,
    instrument: text,
    night: text,
    dateObs: maybeText,
    flags: z.array(text).max(1000),
    createdAt: number,
  })
  .refine(
    ({ sources, labels, measures, look }) =>
      [labels, measures.transforms, look.inputs].every(({ length }) => length === sources.length) &&
      (look.luminance === null || look.luminance < sources.length),
    'does not speak of the same inputs everywhere',
  )
