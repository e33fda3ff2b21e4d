import { HINT_SOURCES } from '../../core/plate-solution'
import { z } from '../../core/validation'
import { text, id, ids, number, maybeNumber, size, length, pair, doubles, floats } from './schema-parts'

const finite = z.number()
const finitePair = z.tuple([finite, finite])
const parity = z.union([z.literal(1), z.literal(-1)])
const terms = z
  .array(z.looseObject({ p: z.int().min(0).max(9), q: z.int().min(0).max(9), coefficient: finite }))
  .max(100)

/** Coordinates that go into a transform: numbers that are none would spoil everything that is computed with them. */
const tanSip = z.looseObject({
  crpix: finitePair,
  crval: z.tuple([finite, finite.min(-90).max(90)]),
  cd: z.tuple([finite, finite, finite, finite]).refine(([a, b, c, d]) => a * d !== b * c, 'has no inverse'),
  order: z.int().min(1).max(9),
  a: terms,
  b: terms,
})

const ofOneLength = (columns: object): boolean =>
  new Set(
    Object.values(columns).flatMap((column: unknown) =>
      ArrayBuffer.isView(column) ? [column.byteLength / widthOf(column)] : [],
    ),
  ).size === 1

const widthOf = (column: ArrayBufferView): number => (column instanceof Float64Array ? 8 : 4)

const UNEQUAL = 'has columns of different lengths'

/** What the app reads of a plate solution is checked. */
export const plateSolutionSchema = z.looseObject({
  id,
  exposure: id,
  name: text,
  order: text,
  frame: id.nullable(),
  width: size,
  height: size,
  wcs: tanSip,
  center: pair,
  scale: number,
  rotation: number,
  errors: z.looseObject({ center: number, scale: number, rotation: number }).optional(),
  parity,
  sipOrder: number,
  rmsPixels: number,
  rmsArcseconds: number,
  logOdds: number,
  catalogue: z.looseObject({
    id: text,
    name: text,
    band: text,
    epoch: number,
    moving: z.boolean(),
    limit: maybeNumber,
    stars: length,
    files: z.array(z.looseObject({ path: text, sha256: text })).max(10_000),
  }),
  hints: z.looseObject({
    source: z.enum(HINT_SOURCES),
    place: z.looseObject({ rightAscension: number, declination: number, radius: number }).nullable(),
    scale: pair,
    parity: parity.nullable(),
    rotation: z.looseObject({ angle: number, tolerance: number }).nullish(),
  }),
  attempts: number,
  matched: z
    .looseObject({
      x: doubles,
      y: doubles,
      rightAscension: doubles,
      declination: doubles,
      magnitude: floats,
      dx: floats,
      dy: floats,
      east: floats,
      north: floats,
    })
    .refine(ofOneLength, UNEQUAL),
  unmatchedStars: z.looseObject({ x: doubles, y: doubles, flux: floats }).refine(ofOneLength, UNEQUAL),
  unmatchedReferences: z
    .looseObject({ rightAscension: doubles, declination: doubles, magnitude: floats, x: doubles, y: doubles })
    .refine(ofOneLength, UNEQUAL),
  neighbour: id.nullable(),
  seconds: number,
  inputs: ids,
  flags: z.array(text).max(1000),
  createdAt: number,
})
