import { AsterismError } from '../../core/errors'
import type { Ephemeris, ResolvedName } from '../../core/resolved-name'
import { degrees } from '../../core/units'
import { z } from '../../core/validation'

const text = z.string().min(1).max(100)
const texts = z.array(text).max(20)
const ra = z.number().min(0).lt(360)
const dec = z.number().min(-90).max(90)
const magnitude = z.number().min(-2).max(30).nullable()
const number = z.number().nullable()

const head = { format: z.literal('asterism-names'), version: z.literal(1), note: z.string().max(2000) }
const rowsOf = <Row extends z.ZodType>(row: Row) => z.array(row).max(20_000)

const schema = z.discriminatedUnion('list', [
  z.object({
    ...head,
    list: z.literal('deep-sky'),
    /** Name, other names, kind, right ascension and declination (degrees), V, size (arcminutes). */
    rows: rowsOf(z.tuple([text, texts, text, ra, dec, magnitude, number])),
  }),
  z.object({
    ...head,
    list: z.literal('stars'),
    /** Name, other names, right ascension, declination, V, B-V. */
    rows: rowsOf(z.tuple([text, texts, ra, dec, magnitude, number])),
  }),
  z.object({
    ...head,
    list: z.literal('standards'),
    rows: rowsOf(z.tuple([text, ra, dec, magnitude, number])),
  }),
  z.object({
    ...head,
    list: z.literal('planets'),
    /**
     * Name, other names of the star, place, V, period (days), mid-transit (BJD_TDB), radius ratio, axis ratio, inclination (degrees),
     * duration (hours), papers.
     */
    rows: rowsOf(
      z.tuple([
        text,
        texts,
        ra,
        dec,
        magnitude,
        z.number(),
        z.number(),
        number,
        number,
        number,
        number,
        texts,
      ]),
    ),
  }),
  z.object({
    ...head,
    list: z.literal('variables'),
    /** Name, other names, kind, place, V at its brightest, period (days), epoch (HJD), of what, papers. */
    rows: rowsOf(
      z.tuple([text, texts, text, ra, dec, magnitude, number, number, z.enum(['minimum', 'maximum']), texts]),
    ),
  }),
])

interface Known {
  readonly name: string
  readonly aliases: readonly string[]
  readonly place: readonly [number, number]
  readonly type: string
  readonly magnitude: number | null
  readonly colour?: number | null
  readonly size?: number | null
  readonly ephemeris?: Ephemeris
}

const toResolved = ({ place, colour = null, size = null, ephemeris, ...known }: Known): ResolvedName => ({
  ...known,
  rightAscension: degrees(place[0]),
  declination: degrees(place[1]),
  colour,
  size,
  motion: null,
  ephemeris: ephemeris ?? null,
  source: 'bundled',
})

/** The star of a planet: its name without the letter. */
const hostOf = (planet: string): string => planet.replace(/\s[b-i]$/, '')

const toNames = (data: z.infer<typeof schema>): ResolvedName[] => {
  switch (data.list) {
    case 'deep-sky':
      return data.rows.map(([name, aliases, type, east, north, v, size]) =>
        toResolved({ name, aliases, place: [east, north], type, magnitude: v, size }),
      )
    case 'stars':
      return data.rows.map(([name, aliases, east, north, v, colour]) =>
        toResolved({ name, aliases, place: [east, north], type: 'star', magnitude: v, colour }),
      )
    case 'standards':
      return data.rows.map(([name, east, north, v, colour]) =>
        toResolved({ name, aliases: [], place: [east, north], type: 'standard star', magnitude: v, colour }),
      )
    case 'planets':
      return data.rows.map(
        ([name, hosts, east, north, v, period, epoch, ratio, axis, inclination, duration, references]) =>
          toResolved({
            name,
            aliases: [hostOf(name), ...hosts.flatMap((host) => [host, `${host} ${name.at(-1) ?? ''}`])],
            place: [east, north],
            type: 'transiting planet',
            magnitude: v,
            ephemeris: {
              of: 'transit',
              epoch,
              scale: 'BJD_TDB',
              period,
              duration,
              radiusRatio: ratio,
              axisRatio: axis,
              inclination,
              references,
            },
          }),
      )
    default:
      return data.rows.map(([name, aliases, type, east, north, v, period, epoch, of, references]) => {
        const shape = { duration: null, radiusRatio: null, axisRatio: null, inclination: null }
        return toResolved({
          name,
          aliases,
          place: [east, north],
          type,
          magnitude: v,
          ...(period === null
            ? {}
            : { ephemeris: { of, epoch, scale: 'HJD' as const, period, ...shape, references } }),
        })
      })
  }
}

/** A list of names that comes with the app: JSON that was fetched, and is checked as anything else. */
export const readNameList = (value: unknown): ResolvedName[] => {
  const read = schema.safeParse(value)
  if (!read.success)
    throw new AsterismError(
      'bad-catalogue',
      'A list of names is not what it should be. Reload the page to fetch it anew.',
      { where: read.error.issues[0]?.path.join('.') ?? '' },
    )
  return toNames(read.data)
}
