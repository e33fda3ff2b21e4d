import { SECONDS_PER_DAY } from '../../core/units'
import type { Random } from '../math/random'
import type { SimulationRecipe } from './recipe'
import { airmassAt, altitudeOf, julianDate, sunAltitude } from './sky-geometry'
import { pixelScale, type FieldStar } from './star-field'
import { transitFlux } from './transit-model'

/** How the sky and the mount are while one light is exposed. */
export interface Conditions {
  readonly jdUtcStart: number
  readonly jdUtcMid: number
  /** At mid-exposure, centre of the field. */
  readonly airmass: number
  readonly sunAltitude: number
  /** Pixels. */
  readonly fwhm: number
  /** Part of the light that thin clouds let through. */
  readonly transparency: number
  /** Electrons per pixel in the exposure. */
  readonly sky: number
  /** Flux of the target over that out of transit. */
  readonly transit: number
  /** One sigma of the relative scintillation. */
  readonly scintillation: number
  /** Shift of the field (pixels) and its angle (degrees, from x towards y). */
  readonly dx: number
  readonly dy: number
  readonly rotation: number
}

/** Phases of the night's slow changes: the same for all frames. */
const phases = (night: Random): readonly number[] => {
  const random = night.split('phases')
  return Array.from({ length: 6 }, () => 2 * Math.PI * random.uniform())
}

/** Conditions of light `index`, from the recipe and its number alone. */
export const conditionsOf = (recipe: SimulationRecipe, index: number, night: Random): Conditions => {
  const { atmosphere, camera, exposure } = recipe
  const random = night.split(`light ${index}`)
  const slow = phases(night)
  const jdUtcStart = julianDate(`${recipe.start}Z`) + (index * recipe.cadence) / SECONDS_PER_DAY
  const jdUtcMid = jdUtcStart + exposure / 2 / SECONDS_PER_DAY
  const part = recipe.counts.light > 1 ? index / (recipe.counts.light - 1) : 0
  const wave = (periods: number, which: number): number =>
    Math.sin(2 * Math.PI * periods * part + slow[which]!)
  const airmass = airmassAt(altitudeOf(recipe.centre, recipe.site, jdUtcMid))
  const sun = sunAltitude(recipe.site, jdUtcMid)
  const seeing =
    atmosphere.seeing *
    airmass ** 0.6 *
    (1 + 0.08 * wave(1.7, 0) + 0.05 * wave(5.3, 1) + 0.04 * random.normal())
  // One episode at a third of the night, with structure of a few frames.
  const cloud = Math.exp(-(((part - 0.3) / 0.055) ** 2)) * (0.75 + 0.25 * wave(23, 2))
  const transparency = Math.max(0.05, 1 - atmosphere.clouds * cloud - 0.004 * Math.abs(random.normal()))
  const { transit } = recipe.target
  const flip = recipe.pointing.flipAt !== null && index >= recipe.pointing.flipAt
  return {
    jdUtcStart,
    jdUtcMid,
    airmass,
    sunAltitude: sun,
    fwhm: seeing / pixelScale(recipe),
    transparency,
    sky: skyElectrons(recipe, airmass, sun),
    transit: transit === null ? 1 : transitFlux(transit, jdUtcMid, exposure / SECONDS_PER_DAY),
    scintillation: atmosphere.scintillation
      ? scintillationSigma(camera.aperture, airmass, exposure, recipe.site.elevation)
      : 0,
    ...pointingOf(recipe, index, part, random, wave),
    rotation: recipe.pointing.rotation * (part - 0.5) + (flip ? 180 : 0),
  }
}

/** Dark sky brightens with air mass (van Rhijn, roughly X^0.6); twilight at a magnitude a degree, equal to it at -17. */
const skyElectrons = (recipe: SimulationRecipe, airmass: number, sun: number): number => {
  const { skyBrightness } = recipe.atmosphere
  const twilight = skyBrightness - Math.max(-10, sun + 17)
  const level = 10 ** (-0.4 * skyBrightness) * airmass ** 0.6 + 10 ** (-0.4 * twilight)
  return recipe.camera.zeroPoint * level * pixelScale(recipe) ** 2 * recipe.exposure
}

/** Young (1967) as in Dravins et al. (1998), eq. 10: 0.09 D^-2/3 X^1.75 exp(-h / 8 km) / sqrt(2 t), D in cm, t in s. */
const scintillationSigma = (aperture: number, airmass: number, exposure: number, elevation: number): number =>
  (0.09 * aperture ** (-2 / 3) * airmass ** 1.75 * Math.exp(-elevation / 8000)) / Math.sqrt(2 * exposure)

const pointingOf = (
  { pointing }: SimulationRecipe,
  index: number,
  part: number,
  random: Random,
  wave: (periods: number, which: number) => number,
) => {
  const jumped = pointing.jump !== null && index >= pointing.jump.at ? pointing.jump.by : [0, 0]
  return {
    dx: pointing.drift[0] * (part - 0.5) + 1.3 * wave(9.6, 3) + pointing.dither * random.normal() + jumped[0],
    dy: pointing.drift[1] * (part - 0.5) + 0.6 * wave(9.6, 4) + pointing.dither * random.normal() + jumped[1],
  }
}

/** One star in one light. */
export interface StarInFrame {
  /** Pixels, 0-based. */
  readonly x: number
  readonly y: number
  /**
   * Electrons that are expected from the star in the whole frame if every pixel had response 1: extinction, clouds, transit
   * and the frame's scintillation are in it, photon noise is not.
   */
  readonly electrons: number
}

/** Every star's place and light in one frame; xi to the left and eta up, as a camera without a mirror shows the sky. */
export const placeStars = (
  recipe: SimulationRecipe,
  field: readonly FieldStar[],
  conditions: Conditions,
  random: Random,
): StarInFrame[] => {
  const scale = pixelScale(recipe)
  const angle = (conditions.rotation * Math.PI) / 180
  const cosine = Math.cos(angle) / scale
  const sine = Math.sin(angle) / scale
  const { atmosphere, camera } = recipe
  const common = camera.zeroPoint * recipe.exposure * conditions.transparency
  const centre = { x: (recipe.width - 1) / 2 + conditions.dx, y: (recipe.height - 1) / 2 + conditions.dy }
  return field.map((star) => {
    const extinction =
      (atmosphere.extinction + atmosphere.colourTerm * (0.7 - star.colour)) * conditions.airmass
    // Every star draws, so that one more star in the field does not change those before it.
    const flicker = Math.max(0, 1 + conditions.scintillation * random.normal())
    const transit = star.isTarget ? conditions.transit : 1
    return {
      x: centre.x - cosine * star.xi - sine * star.eta,
      y: centre.y - sine * star.xi + cosine * star.eta,
      electrons: common * 10 ** (-0.4 * (star.magnitude + extinction)) * transit * flicker,
    }
  })
}
