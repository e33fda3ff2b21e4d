import { parsePixelSection } from '../../core/pixel-section'
import { z } from '../../core/validation'
import { BAYER_PATTERNS } from '../read-layout'
import { conditionSchema, keywordSchema } from './condition'
import { NUMBER_FIELDS, NUMBER_READERS, PLAIN_FIELDS, RAW_KINDS, TIDY_NAMES } from './profile-words'

const words = z.string().trim().min(1).max(120)

const GENERAL = z.literal('general')

const plainCard = z.union([GENERAL, z.strictObject({ keyword: keywordSchema })])

const numberCard = z.union([
  GENERAL,
  z.strictObject({
    keyword: keywordSchema,
    read: z.enum(NUMBER_READERS).optional(),
    scale: z.number().positive().max(1e12).optional(),
  }),
])

const listsOf = <Field extends string, Item extends z.ZodType>(
  fields: readonly Field[],
  item: Item,
): Record<Field, z.ZodOptional<z.ZodArray<Item>>> =>
  Object.fromEntries(fields.map((field) => [field, z.array(item).max(20).optional()])) as Record<
    Field,
    z.ZodOptional<z.ZodArray<Item>>
  >

const ruleSchema = z
  .strictObject({
    when: conditionSchema.optional(),
    value: z.number().optional(),
    /** The keyword that holds the setting; the camera's gain setting when left out. */
    by: keywordSchema.optional(),
    table: z
      .array(z.tuple([z.number(), z.number()]))
      .min(1)
      .max(200)
      .optional(),
    between: z.enum(['nothing', 'linear', 'logarithmic']).optional(),
  })
  .refine((rule) => (rule.value === undefined) !== (rule.table === undefined), {
    message: 'A rule has exactly one of "value" and "table".',
  })
  .refine((rule) => rule.table !== undefined || (rule.by === undefined && rule.between === undefined), {
    message: '"by" and "between" go with a "table".',
  })
  .refine((rule) => rule.between !== 'logarithmic' || (rule.table ?? []).every(([, value]) => value > 0), {
    message: 'A table that is read logarithmically has positive values only.',
  })

const isWithin = (value: number, [low, high]: readonly [number, number]): boolean =>
  value >= low && value <= high

/** A number, null for "not known and not to be guessed", or rules of which the first that fits counts. */
const quantity = (range: readonly [number, number]) =>
  z
    .union([z.null(), z.number(), z.array(ruleSchema).min(1).max(50)])
    .refine(
      (given) =>
        given === null || typeof given === 'number'
          ? given === null || isWithin(given, range)
          : given.every(({ value, table }) =>
              value === undefined
                ? (table ?? []).every((row) => isWithin(row[1], range))
                : isWithin(value, range),
            ),
      { message: `The value lies between ${range[0]} and ${range[1]}.` },
    )
    .optional()

const section = z
  .string()
  .refine(
    (text) => parsePixelSection(text) !== null,
    'A section is written as [1:2048,1:2048], counted from 1.',
  )

const valuesSchema = z.strictObject({
  telescope: words.optional(),
  instrument: words.optional(),
  filter: words.optional(),
  gain: quantity([1e-3, 1000]),
  readNoise: quantity([1e-3, 1e4]),
  saturation: quantity([1, 1e9]),
  pedestal: quantity([0, 65_535]),
  pixelScale: quantity([1e-3, 3600]),
  pixelSize: quantity([0.1, 1000]),
  focalLength: quantity([1, 1e6]),
  overscan: section.optional(),
  trim: section.optional(),
  rowOrder: z.enum(['top-down', 'bottom-up']).optional(),
  mirrored: z.boolean().optional(),
  bayerPattern: z.enum(BAYER_PATTERNS).optional(),
  site: z
    .strictObject({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      elevation: z.number().min(-500).max(9000).optional(),
      name: words.optional(),
    })
    .optional(),
  elevation: z.number().min(-500).max(9000).optional(),
})

const mapOf = <Value extends z.ZodType>(value: Value) =>
  z
    .record(z.string().min(1).max(60), value)
    .refine((map) => Object.keys(map).length <= 200, 'There are at most 200 entries.')
    .optional()

/** An instrument profile as it is written down: data alone. docs/instruments.md says what each field means. */
export const profileSchema = z.strictObject({
  format: z.literal(1),
  name: z
    .string()
    .max(60)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'A name has small letters and digits, with single hyphens between.'),
  title: words,
  recognise: conditionSchema,
  /** In the place of the sum that the conditions come to. */
  specificity: z.number().int().min(0).max(1000).optional(),
  aliases: z
    .strictObject({ ...listsOf(NUMBER_FIELDS, numberCard), ...listsOf(PLAIN_FIELDS, plainCard) })
    .optional(),
  date: z
    .strictObject({
      keywords: z.array(keywordSchema).min(1).max(10),
      stamp: z.enum(['start', 'middle', 'end']).optional(),
      zone: z
        .string()
        .regex(/^(UTC|[+-](0\d|1[0-4]):[0-5]\d)$/, 'A zone is UTC or hours and minutes such as +02:00.')
        .optional(),
    })
    .optional(),
  set: valuesSchema.optional(),
  assume: valuesSchema.optional(),
  kinds: z
    .strictObject({ words: mapOf(z.enum(RAW_KINDS)), default: z.enum(RAW_KINDS).optional() })
    .optional(),
  filters: mapOf(words),
  tidy: z
    .strictObject({ object: z.enum(TIDY_NAMES).optional(), instrument: z.enum(TIDY_NAMES).optional() })
    .optional(),
  notes: z.array(z.string().min(1).max(400)).max(30),
})

export type InstrumentProfile = z.infer<typeof profileSchema>
export type ProfileValues = z.infer<typeof valuesSchema>
export type ProfileRule = z.infer<typeof ruleSchema>
