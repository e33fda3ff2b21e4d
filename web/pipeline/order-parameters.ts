import { COLOUR_CHANNELS } from '../core/colour-channel'
import { AsterismError } from '../core/errors'
import { parsePixelSection } from '../core/pixel-section'
import {
  COMPOSITE_BALANCES,
  COMPOSITE_CURVES,
  COMPOSITE_PARTS,
  MOST_COMPOSITE_INPUTS,
} from '../core/composite'
import { BAD_PIXEL_TREATMENTS, GRADIENT_MODES } from '../core/reduced'
import { GRID_KINDS } from '../core/sky-grid'
import { STACK_INTERPOLATIONS, STACK_NORMALISATIONS, STACK_WEIGHTS } from '../core/stack'
import { z } from '../core/validation'
import { REQUEST_NAMES, type WorkOrder } from '../core/work-order'
import { COMPOSITE_PALETTES } from '../science/colour/palettes'
import { solveShape } from './astrometry/solve-parameters'
import { TEMPERATURE_TOLERANCE } from './group-calibration'

const combineSchema = z.strictObject({
  method: z.enum(['mean', 'median', 'sum']),
  rejection: z.enum(['none', 'sigma-clip', 'winsorized', 'min-max', 'percentile']),
  low: z.number().min(0).max(1000).optional(),
  high: z.number().min(0).max(1000).optional(),
  center: z.enum(['median', 'mean']).optional(),
  deviation: z.enum(['std', 'mad']).optional(),
  iterations: z.int().min(0).max(100).optional(),
  scale: z.enum(['none', 'median', 'exposure']).optional(),
  weights: z.enum(['none', 'inverse-variance']).optional(),
})

const pointSchema = z.object({ x: z.number(), y: z.number() })
const skySchema = z.object({ ra: z.number().min(0).max(360), dec: z.number().min(-90).max(90) })
const idSchema = z.string().min(1).max(200)
const masterChoiceSchema = z.partialRecord(z.enum(['bias', 'dark', 'flat', 'bad-pixels', 'fringe']), idSchema)
/** A position of the target on the reference frame, with its sky position when known; the clock correction needs it. */
const targetSchema = z.union([pointSchema.extend(skySchema.partial().shape), idSchema])

/** Clipped at 4 sigma (MAD) about the median, then the mean: keeps 99.99 % of good pixels, drops cosmic rays. */
const DEFAULT_COMBINE = {
  method: 'mean',
  rejection: 'sigma-clip',
  low: 4,
  high: 4,
  center: 'median',
  deviation: 'mad',
  iterations: 5,
  scale: 'none',
  weights: 'none',
} as const

const stepSwitch = z.union([combineSchema, z.literal('off')])

const sectionSchema = z
  .string()
  .max(40)
  .refine((text) => parsePixelSection(text) !== null, 'a section is written [x1:x2,y1:y2], counted from 1')

const overscanSchema = z.strictObject({
  /** Pixels that saw no light; the header's or the profile's unless given. */
  section: sectionSchema.optional(),
  method: z.enum(['median', 'mean']).default('median'),
  /** Of the polynomial that smooths the levels along the frame; none unless given. */
  degree: z.int().min(0).max(10).nullish(),
})

const gradientSchema = z.strictObject({
  degree: z.int().min(1).max(4).default(1),
  mode: z.enum(GRADIENT_MODES).default('subtract'),
})

const flatLimitsSchema = z.strictObject({
  least: z.number().min(0).max(1e7).nullish(),
  most: z.number().positive().max(1e7).nullish(),
})

const linearitySchema = z.strictObject({
  coefficients: z.array(z.number()).min(1).max(8),
  limit: z.number().positive().max(1e7),
})

/** Sigmas of a dark above its surroundings, and of a flat below and above its own (half sigmas, as ccdmask counts them). */
const BAD_PIXEL_LIMITS = { hot: 7, flat: 9 } as const

const badPixelLimitsSchema = z.strictObject({
  hot: z.number().min(3).max(1000).default(BAD_PIXEL_LIMITS.hot),
  flat: z.number().min(3).max(1000).default(BAD_PIXEL_LIMITS.flat),
})

/** What is done to frames before anything is looked for on them. */
export const calibrationShape = {
  /** 'auto' follows header and profile, and does nothing where neither names a section. */
  overscan: z.union([z.enum(['off', 'auto']), overscanSchema]).default('auto'),
  trim: z.union([z.enum(['off', 'auto']), sectionSchema]).default('auto'),
  linearity: linearitySchema.nullish(),
  units: z.enum(['adu', 'electron']).default('adu'),
  /** What is done to pixels that a map of the camera marks: they have no value, or that of a line between their neighbours. */
  badPixels: z.enum(['off', ...BAD_PIXEL_TREATMENTS]).default('off'),
  badPixelLimits: badPixelLimitsSchema.default(BAD_PIXEL_LIMITS),
  /** Fringes of thin chips, from the lights themselves. */
  fringe: z.enum(['off', 'lights']).default('off'),
  /** The large-scale shape of the sky: moonlight, twilight, a lamp. */
  gradient: z.union([z.literal('off'), gradientSchema]).default('off'),
  /** One colour of a camera with a colour mask. */
  channel: z.enum(['off', ...COLOUR_CHANNELS]).default('off'),
  bias: stepSwitch.default(DEFAULT_COMBINE),
  dark: stepSwitch.default(DEFAULT_COMBINE),
  flat: stepSwitch.default({ ...DEFAULT_COMBINE, scale: 'median' }),
  /** What a flat is brought to 1 by: its median or its most frequent level, of all of it or of a section of the trimmed frame. */
  flatLevel: z.enum(['median', 'mode']).default('median'),
  flatRegion: sectionSchema.optional(),
  /** ADU above bias and dark between which a flat is used; 'auto' leaves out those beyond nine tenths of the saturation. */
  flatLimits: z.union([z.enum(['off', 'auto']), flatLimitsSchema]).default('auto'),
  darkScaling: z.boolean().default(false),
  maxMasterAgeDays: z.number().min(0).max(36_500).default(90),
  /** Degrees Celsius between a dark and the light that it is taken off. */
  temperatureTolerance: z.number().min(0).max(100).default(TEMPERATURE_TOLERANCE),
  cosmicRays: z.enum(['off', 'lacosmic']).default('off'),
  /** What a person chose for all lights of the order: a master id or 'none' for a kind. */
  masters: masterChoiceSchema.default({}),
  /** The same for single frames, by their ids; wins over what holds for all. */
  frameMasters: z.record(idSchema, masterChoiceSchema).default({}),
}

const detectionShape = {
  threshold: z.number().min(1).max(1000).default(5),
  fwhm: z.number().min(0.5).max(100).optional(),
}

const gridSchema = z.strictObject({
  kind: z.enum(GRID_KINDS).default('chosen'),
  /** What it covers: the reference alone, all frames, or what each of them reaches. */
  extent: z.enum(['reference', 'all', 'common']).optional(),
  /** ICRS degrees of its middle. */
  center: skySchema.optional(),
  /** Arc seconds a pixel; the median of the frames' unless given. */
  scale: z.number().min(1e-4).max(36_000).optional(),
  /** Degrees from north to the y axis, counted towards east. */
  rotation: z.number().min(-360).max(360).optional(),
  /** True for east to the right of north. */
  flipped: z.boolean().optional(),
  width: z.int().min(1).max(65_500).optional(),
  height: z.int().min(1).max(65_500).optional(),
  projection: z.literal('TAN').default('TAN'),
})

const registrationShape = {
  /** 'wcs' lays the frames on the sky; 'none' takes them as they lie, which only a stack can do. */
  method: z.enum(['stars', 'wcs', 'none']).default('stars'),
  reference: idSchema.optional(),
  /** Finds the frames on the sky first, for the method 'wcs'. */
  solve: z.boolean().default(false),
  /** Which pixels frames are laid on by their world coordinates. */
  grid: z.union([z.enum(['reference', 'north-up']), gridSchema]).default('reference'),
}

const stackShape = {
  interpolation: z.enum(STACK_INTERPOLATIONS).default('lanczos3'),
  /** Limit to the rings of Lanczos-3 about hot pixels and sharp stars, 0 to 1; null for none. */
  clamp: z.number().min(0).max(1).nullable().default(0.3),
  /** Side of a drop in sides of a frame's pixel, for drizzling. */
  pixfrac: z.number().min(0.01).max(1).default(0.8),
  /** Pixels of the stack along one of the reference. */
  zoom: z.number().min(0.1).max(8).default(1),
  combine: combineSchema
    .extend({ scale: z.enum(['none', 'median', 'exposure', 'stars']).optional() })
    .default({ ...DEFAULT_COMBINE, low: 3, high: 3 }),
  /**
   * 'sky' adds to each frame what its sky lacks against the reference's, the default where frames are registered; 'overlap' and 'plane' what makes
   * frames agree best where they show the same sky, the default where a grid holds more than the reference.
   */
  normalisation: z.enum(STACK_NORMALISATIONS).optional(),
  /** What a frame counts for in the mean. */
  weights: z.enum(STACK_WEIGHTS).default('none'),
  /** Frames whose stars are so many times wider than the median of all, or that have less than such a part of the median number of stars, stay out. */
  leaveOut: z
    .strictObject({
      fwhm: z.number().min(1).max(100).optional(),
      stars: z.number().min(0).max(1).optional(),
    })
    .optional(),
  /** Frames of several filters come into one stack only if that is asked for. */
  mixFilters: z.boolean().default(false),
}

const photometryShape = {
  positions: z.union([z.literal('detect'), z.array(pointSchema).min(1).max(2000)]).default('detect'),
  radii: z.array(z.number().min(0.5).max(200)).min(1).max(40).optional(),
  radiusUnit: z.enum(['pixel', 'arcsec', 'fwhm']).default('pixel'),
  annulus: z.tuple([z.number().min(1).max(400), z.number().min(2).max(500)]).optional(),
  centroid: z.boolean().default(true),
  /** At most this many stars of the reference frame, brightest first, when positions are detected. */
  maximumStars: z.int().min(1).max(2000).default(80),
}

const lightCurveShape = {
  target: targetSchema.optional(),
  comparisons: z.union([z.literal('auto'), z.array(pointSchema).min(1).max(200)]).default('auto'),
  /** Pixels; of a solve degrees about the place where frames are looked for. */
  radius: z.union([z.literal('best'), z.number().min(0.01).max(200)]).default('best'),
  detrend: z
    .array(z.enum(['airmass', 'fwhm', 'sky', 'x', 'y', 'time']))
    .max(6)
    .default(['airmass']),
  /** ICRS degrees of the target; wins over the header's pointing. */
  position: skySchema.optional(),
  name: z.string().max(200).optional(),
}

const cameraShape = {
  /** Pixels that a camera is characterised in, from the first stored column and row on; the middle of the frame when left out. */
  region: z
    .strictObject({
      x: z.int().min(0).max(1_000_000),
      y: z.int().min(0).max(1_000_000),
      width: z.int().min(1).max(1_000_000),
      height: z.int().min(1).max(1_000_000),
    })
    .optional(),
  /** Flats of this filter alone, frames of this sensor temperature (degrees Celsius, to 2) alone. */
  filter: z.string().max(200).optional(),
  temperature: z.number().min(-273.15).max(200).optional(),
}

const share = z.number().min(0).max(1)
const amount = z.number().min(-1e12).max(1e12)

const compositeShape = {
  /** Frames that are drawn in these colours; of a frame behind a mosaic of filters its own part of that colour. */
  red: idSchema.optional(),
  green: idSchema.optional(),
  blue: idSchema.optional(),
  /** A frame whose brightness the picture has. */
  luminance: idSchema.optional(),
  /** Any frames in any colours, instead of the three above. */
  channels: z
    .array(
      z.strictObject({
        frame: idSchema,
        part: z.enum(COMPOSITE_PARTS).default('whole'),
        /** How much of it goes into red, green and blue; by the name of its filter when left out. */
        colour: z.tuple([share, share, share]).optional(),
      }),
    )
    .min(1)
    .max(MOST_COMPOSITE_INPUTS)
    .optional(),
  palette: z.enum(COMPOSITE_PALETTES).default('natural'),
  curve: z.enum(COMPOSITE_CURVES).default('lupton'),
  stretch: z.number().positive().max(1e12).optional(),
  q: z.number().min(0).max(1e10).optional(),
  /** Level that is taken off all inputs, or each. */
  minimum: z.union([amount, z.array(amount).min(1).max(MOST_COMPOSITE_INPUTS)]).optional(),
  /** 'catalogue' and 'stars' make stars white, 'given' takes `gains`, 'none' takes the inputs as they are. */
  balance: z.enum(COMPOSITE_BALANCES).optional(),
  gains: z.array(z.number().positive().max(1e6)).min(1).max(MOST_COMPOSITE_INPUTS).optional(),
  saturation: z.number().min(0).max(5).optional(),
  neutral: z.number().min(0).max(1e12).optional(),
}

export const parametersSchema = z.strictObject({
  ...calibrationShape,
  ...detectionShape,
  ...registrationShape,
  ...stackShape,
  ...photometryShape,
  ...lightCurveShape,
  ...cameraShape,
  ...compositeShape,
  ...solveShape,
  recipe: z.enum(['transit', 'stack']).optional(),
  order: idSchema.optional(),
})

export type OrderParameters = z.infer<typeof parametersSchema>

const orderSchema = z.strictObject({
  id: idSchema.optional(),
  request: z.enum(REQUEST_NAMES),
  datetime: z.string().max(64).optional(),
  user: z.string().max(200).optional(),
  url: z.url().optional(),
  batch: idSchema.optional(),
  frames: z.array(idSchema).max(100_000).optional(),
  priority: z.number().nullish(),
  parameters: z.record(z.string(), z.unknown()).optional(),
})

/** Faults that are told of at once, and characters of each: an order may have as many as it is long. */
const MOST_ISSUES = 10
const LONGEST_ISSUE = 160

const clip = (text: string): string =>
  text.length > LONGEST_ISSUE ? `${text.slice(0, LONGEST_ISSUE)}…` : text

const explainIssues = ({ issues }: z.ZodError): string => {
  const told = issues
    .slice(0, MOST_ISSUES)
    .map((issue) => clip(`${issue.path.join('.') || 'order'}: ${issue.message}`))
  return [...told, ...(issues.length > told.length ? [`and ${issues.length - told.length} more`] : [])].join(
    '; ',
  )
}

const refuse = (error: z.ZodError): AsterismError =>
  new AsterismError('bad-order', `The work order cannot be carried out. ${explainIssues(error)}`)

/** Pixels of an aperture, degrees of a field. */
const checkRadius = (request: string, { radius }: OrderParameters): void => {
  if (radius === 'best' || (request === 'solve' ? radius <= 90 : radius >= 0.5)) return
  throw new AsterismError(
    'bad-order',
    request === 'solve'
      ? 'The work order cannot be carried out. radius: degrees about the centre, at most 90'
      : 'The work order cannot be carried out. radius: at least half a pixel',
  )
}

/** An order from outside, checked and bounded; every default filled in. */
export const parseOrder = (input: unknown): { order: WorkOrder; parameters: OrderParameters } => {
  const order = orderSchema.safeParse(input)
  if (!order.success) throw refuse(order.error)
  const parameters = parametersSchema.safeParse(order.data.parameters ?? {})
  if (!parameters.success) throw refuse(parameters.error)
  checkRadius(order.data.request, parameters.data)
  return { order: order.data as WorkOrder, parameters: parameters.data }
}
