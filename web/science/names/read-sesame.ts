import { AsterismError } from '../../core/errors'
import type { ResolvedName } from '../../core/resolved-name'
import { degrees } from '../../core/units'

const MOST_ALIASES = 40
const LONGEST_NAME = 100

const tidy = (name: string): string =>
  name
    .replace(/^NAME\s+/, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_NAME)

const numbersAfter = (lines: readonly string[], key: string): number[] => {
  const line = lines.find((each) => each.startsWith(`${key} `))
  return (line?.slice(key.length).match(/[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/g) ?? []).map(Number)
}

/**
 * The plain answer of Sesame (CDS, `-oI`): lines that begin with a sign and a letter. `%J` is the place in degrees (ICRS, J2000), `%C.0` what
 * it is, `%M.V` its magnitude, `%P` its proper motion in milliarcseconds a year, `%I.0` its name and `%I` other names. Null where nobody knows
 * the name; throws where the answer is none.
 */
export const readSesame = (text: string): ResolvedName | null => {
  const lines = text.slice(0, 200_000).split(/\r?\n/)
  const [east = Number.NaN, north = Number.NaN] = numbersAfter(lines, '%J')
  if (!Number.isFinite(east) || !Number.isFinite(north)) {
    if (lines.some((line) => /nothing found|^#!/i.test(line)) || lines.some((line) => line.startsWith('#=')))
      return null
    throw new AsterismError(
      'service-failed',
      'The answer of the name service is not what it should be. Check its address in Settings, or type the coordinates.',
    )
  }
  if (east < 0 || east >= 360 || Math.abs(north) > 90)
    throw new AsterismError(
      'service-failed',
      'The name service answered with a place that is none in the sky.',
    )
  const names = lines.flatMap((line) => {
    const name = /^%I(?:\.0)?\s+(.+)$/.exec(line)?.[1]
    return name === undefined ? [] : [tidy(name)]
  })
  const [first = '', ...aliases] = names
  const [v] = numbersAfter(lines, '%M.V')
  const [b] = numbersAfter(lines, '%M.B')
  const [motionEast, motionNorth] = numbersAfter(lines, '%P')
  const type = /^%C(?:\.0)?\s+(\S.{0,60})/.exec(lines.find((line) => /^%C(?:\.0)?\s/.test(line)) ?? '')?.[1]
  const sane = (value: number | undefined, most: number): number | null =>
    value !== undefined && Math.abs(value) <= most ? value : null
  const magnitude = sane(v, 40)
  const blue = sane(b, 40)
  const [pmEast, pmNorth] = [sane(motionEast, 20_000), sane(motionNorth, 20_000)]
  return {
    name: first,
    aliases: aliases.slice(0, MOST_ALIASES),
    rightAscension: degrees(east),
    declination: degrees(north),
    type: type?.trim() ?? null,
    magnitude,
    colour: magnitude === null || blue === null ? null : Number((blue - magnitude).toFixed(3)),
    size: null,
    motion: pmEast === null || pmNorth === null ? null : { east: pmEast, north: pmNorth },
    ephemeris: null,
    source: 'sesame',
  }
}
