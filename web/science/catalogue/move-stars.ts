import type { CatalogueStars } from './catalogue-stars'

const RADIAN = Math.PI / 180
/** Radians in a milliarcsecond. */
const MILLIARCSECOND = RADIAN / 3_600_000

/**
 * Positions at another epoch (Julian years): each star moves along its great circle, as ESA 1997, The Hipparcos and Tycho Catalogues 1,
 * 1.5.5 without parallax and radial velocity, which matter below a milliarcsecond here. A catalogue without motions is given back as it is.
 */
export const moveStars = (stars: CatalogueStars, epoch: number): CatalogueStars => {
  const { motion } = stars
  const years = epoch - stars.epoch
  if (motion === null || years === 0) return stars
  const rightAscension = Float64Array.from(stars.rightAscension)
  const declination = Float64Array.from(stars.declination)
  for (let i = 0; i < rightAscension.length; i++) {
    const east = motion.east[i]! * years * MILLIARCSECOND
    const north = motion.north[i]! * years * MILLIARCSECOND
    // Of some stars the motion is not known: they are left where they were seen.
    if ((east === 0 && north === 0) || Number.isNaN(east) || Number.isNaN(north)) continue
    const ra = rightAscension[i]! * RADIAN
    const dec = declination[i]! * RADIAN
    // The unit vector and its neighbours towards east and north.
    const x = Math.cos(dec) * Math.cos(ra) - east * Math.sin(ra) - north * Math.sin(dec) * Math.cos(ra)
    const y = Math.cos(dec) * Math.sin(ra) + east * Math.cos(ra) - north * Math.sin(dec) * Math.sin(ra)
    const z = Math.sin(dec) + north * Math.cos(dec)
    rightAscension[i] = (Math.atan2(y, x) / RADIAN + 360) % 360
    declination[i] = Math.atan2(z, Math.hypot(x, y)) / RADIAN
  }
  return { ...stars, rightAscension, declination, epoch }
}
