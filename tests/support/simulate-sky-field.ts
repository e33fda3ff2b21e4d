import type { Random } from '../../web/science/math/random'
import type { FieldStar, Parity, ReferenceStars } from '../../web/science/astrometry/solve/solve-types'

const RADIAN = Math.PI / 180

export interface SkyFieldOptions {
  readonly width: number
  readonly height: number
  /** Arcseconds a pixel. */
  readonly scale: number
  /** Standard error of each coordinate, pixels. */
  readonly noise: number
  /** Part of the catalogue's stars that are not found, and of the list that is no star. */
  readonly missing: number
  readonly spurious: number
  /** Barrel or cushion: part of the distance from the middle that a star at the corner is off. */
  readonly distortion: number
  /** Degrees: the middle is drawn from this circle; from the whole sky without it. */
  readonly near?: { readonly rightAscension: number; readonly declination: number; readonly radius: number }
}

export interface SkyField {
  readonly stars: FieldStar[]
  readonly width: number
  readonly height: number
  /** Truth: degrees, arcseconds a pixel. */
  readonly center: readonly [number, number]
  readonly rotation: number
  readonly parity: Parity
  readonly scale: number
  /** Stars of the catalogue inside of the frame, and those of them that are in the list. */
  readonly inside: number
  readonly present: number
}

const drawPlace = (near: SkyFieldOptions['near'], random: Random): [number, number] => {
  if (near === undefined) return [360 * random.uniform(), Math.asin(2 * random.uniform() - 1) / RADIAN]
  const away = near.radius * Math.sqrt(random.uniform()) * RADIAN
  const angle = 2 * Math.PI * random.uniform()
  const dec = near.declination * RADIAN
  // So far from there in this direction: the sine and cosine rules of the triangle with the pole.
  const sin = Math.sin(dec) * Math.cos(away) + Math.cos(dec) * Math.sin(away) * Math.cos(angle)
  const turn = Math.atan2(
    Math.sin(angle) * Math.sin(away) * Math.cos(dec),
    Math.cos(away) - Math.sin(dec) * sin,
  )
  return [(near.rightAscension + turn / RADIAN + 360) % 360, Math.asin(sin) / RADIAN]
}

/**
 * A field somewhere on the sky, by formulas that share nothing with the solver: standard coordinates from right ascension and declination
 * (Smart, Textbook on Spherical Astronomy, 160), turned by the position angle of the y axis.
 */
export const simulateSkyField = (
  references: ReferenceStars,
  options: SkyFieldOptions,
  random: Random,
): SkyField => {
  const [ra0, dec0] = drawPlace(options.near, random)
  const rotation = 360 * random.uniform()
  const parity: Parity = random.uniform() < 0.5 ? 1 : -1
  const { width, height, scale, noise } = options
  const turn = rotation * RADIAN
  const [sinDec, cosDec] = [Math.sin(dec0 * RADIAN), Math.cos(dec0 * RADIAN)]
  const reach = (Math.atan(((Math.hypot(width, height) / 2) * scale * RADIAN) / 3600) / RADIAN) * 1.05
  const stars: FieldStar[] = []
  const fluxes: number[] = []
  let inside = 0
  for (let i = 0; i < references.rightAscension.length; i++) {
    const dec = references.declination[i]!
    if (Math.abs(dec - dec0) > reach) continue
    const away = (references.rightAscension[i]! - ra0) * RADIAN
    const [sin, cos] = [Math.sin(dec * RADIAN), Math.cos(dec * RADIAN)]
    const up = sinDec * sin + cosDec * cos * Math.cos(away)
    if (up < Math.cos(reach * RADIAN)) continue
    const xi = ((cos * Math.sin(away)) / up / RADIAN) * 3600
    const eta = ((cosDec * sin - sinDec * cos * Math.cos(away)) / up / RADIAN) * 3600
    // North is turned from the y axis by the rotation; east lies to the left of north unless the picture is mirrored.
    const along = (xi * Math.sin(turn) + eta * Math.cos(turn)) / scale
    const across = (parity * (xi * Math.cos(turn) - eta * Math.sin(turn))) / scale
    const stretch = 1 + options.distortion * ((along ** 2 + across ** 2) / ((width ** 2 + height ** 2) / 4))
    const x = (width - 1) / 2 + across * stretch
    const y = (height - 1) / 2 + along * stretch
    if (x < 0 || y < 0 || x > width - 1 || y > height - 1) continue
    inside++
    const flux = 10 ** (-0.4 * (references.magnitude[i]! + 0.3 * random.normal()))
    fluxes.push(flux)
    if (random.uniform() < options.missing) continue
    stars.push({ x: x + noise * random.normal(), y: y + noise * random.normal(), flux })
  }
  const present = stars.length
  const wrong = Math.round((present * options.spurious) / (1 - options.spurious))
  for (let i = 0; i < wrong; i++)
    stars.push({
      x: (width - 1) * random.uniform(),
      y: (height - 1) * random.uniform(),
      flux: fluxes[random.integer(fluxes.length)] ?? 1,
    })
  return { stars, width, height, center: [ra0, dec0], rotation, parity, scale, inside, present }
}

/** Arcseconds between two places, degrees. */
export const arcsecondsBetween = (a: readonly [number, number], b: readonly [number, number]): number => {
  const up = Math.sin(((a[1] - b[1]) * RADIAN) / 2) ** 2
  const across = Math.sin(((a[0] - b[0]) * RADIAN) / 2) ** 2
  return (
    ((2 * Math.asin(Math.sqrt(up + Math.cos(a[1] * RADIAN) * Math.cos(b[1] * RADIAN) * across))) / RADIAN) *
    3600
  )
}
