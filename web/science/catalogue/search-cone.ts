import type { Cone } from '../../core/catalogue'
import { takeStars, type CatalogueStars } from './catalogue-stars'
import type { CatalogueIndex, CatalogueTile } from './catalogue-index'

export type { Cone } from '../../core/catalogue'

const RADIAN = Math.PI / 180

/**
 * How far right ascensions of a cone lie from its centre at most, degrees: asin(sin(radius) / cos(declination)) where its rim touches the
 * meridian, 180 where a pole is inside.
 */
const findHalfWidth = ({ declination, radius }: Cone): number =>
  Math.abs(declination) + radius >= 90
    ? 180
    : Math.asin(Math.min(1, Math.sin(radius * RADIAN) / Math.cos(declination * RADIAN))) / RADIAN

/** The least turn between two right ascensions, degrees, 0 to 180. */
const turnBetween = (a: number, b: number): number => {
  const turn = Math.abs(a - b) % 360
  return Math.min(turn, 360 - turn)
}

/** The tiles that have any of the cone's sky in them, and now and then one at a corner that has not. */
export const findTiles = (index: CatalogueIndex, cone: Cone): CatalogueTile[] => {
  const halfWidth = findHalfWidth(cone)
  return index.tiles.filter((tile) => {
    if (tile.south > cone.declination + cone.radius || tile.north < cone.declination - cone.radius)
      return false
    const middle = (tile.west + tile.east) / 2
    return turnBetween(middle, cone.rightAscension) <= halfWidth + (tile.east - tile.west) / 2
  })
}

/** The stars inside of a cone, at most as faint as `faintest`, brightest first; those whose magnitude is not known come last. */
export const searchCone = (stars: CatalogueStars, cone: Cone, faintest = Infinity): CatalogueStars => {
  const { rightAscension, declination, magnitude } = stars
  const least = Math.sin((Math.min(cone.radius, 180) * RADIAN) / 2) ** 2
  const narrow = Math.cos(cone.declination * RADIAN)
  const places: number[] = []
  for (let i = 0; i < rightAscension.length; i++) {
    if (magnitude[i]! > faintest || Math.abs(declination[i]! - cone.declination) > cone.radius) continue
    // The haversine, which is exact at small angles.
    const up = Math.sin(((declination[i]! - cone.declination) * RADIAN) / 2)
    const across = Math.sin(((rightAscension[i]! - cone.rightAscension) * RADIAN) / 2)
    if (up * up + narrow * Math.cos(declination[i]! * RADIAN) * across * across <= least) places.push(i)
  }
  const rank = (place: number): number => (Number.isNaN(magnitude[place]!) ? 99 : magnitude[place]!)
  places.sort((a, b) => rank(a) - rank(b) || a - b)
  return takeStars(stars, places)
}
