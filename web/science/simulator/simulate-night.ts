import { createRandom, type Random } from '../math/random'
import { conditionsOf, placeStars, type Conditions, type StarInFrame } from './conditions'
import { makeDetector, type Detector, type DustDonut } from './detector'
import { addCosmicRays, addTrail, exposeFrame, type CosmicRay } from './expose-frame'
import { frameCards, saturationLevel, type SimulatedCard } from './frame-cards'
import { frameCount, planFrame, type PlannedFrame } from './frame-plan'
import { addStar } from './point-spread'
import type { SimulationRecipe } from './recipe'
import { makeStarField, pixelScale, type FieldStar } from './star-field'
import { transitDuration, type TransitParameters } from './transit-model'

/** What really was in a light, to hold a measurement against. */
export interface LightTruth {
  readonly name: string
  readonly conditions: Conditions
  /** In the order of the truth's stars. */
  readonly stars: readonly StarInFrame[]
}

export interface SimulatedFrame extends PlannedFrame {
  readonly width: number
  readonly height: number
  /** ADU, row 0 first. */
  readonly data: Uint16Array
  readonly cards: readonly SimulatedCard[]
  /** Null but for a light. */
  readonly truth: LightTruth | null
  readonly cosmicRays: readonly CosmicRay[]
}

/** The truth of a whole night as plain JSON. Per-star arrays of a light are in the order of `stars`; pixels to 1e-4, electrons to 0.1. */
export interface SimulationTruth {
  readonly seed: string
  readonly pixelScale: number
  readonly gain: number
  readonly readNoise: number
  readonly saturation: number
  readonly stars: readonly FieldStar[]
  /** Position of the target in `stars`; -1 when it is not in the field. */
  readonly target: number
  readonly transit: (TransitParameters & { readonly duration: number }) | null
  readonly lights: readonly {
    readonly name: string
    readonly jd_utc_start: number
    readonly jd_utc_mid: number
    readonly airmass: number
    readonly transparency: number
    readonly fwhm: number
    readonly sky: number
    readonly transit: number
    readonly x: readonly number[]
    readonly y: readonly number[]
    readonly electrons: readonly number[]
  }[]
  readonly flat: { readonly donuts: readonly DustDonut[]; readonly least: number; readonly most: number }
  readonly dark: { readonly current: number; readonly hotPixels: readonly number[] }
}

/** A night that can be looked at frame by frame, in any order. */
export interface SimulatedNight {
  readonly recipe: SimulationRecipe
  readonly frameCount: number
  readonly field: readonly FieldStar[]
  readonly detector: Detector
  readonly plan: (index: number) => PlannedFrame
  readonly render: (index: number) => SimulatedFrame
  /** Of light `number`, counted from 0 among the lights; makes no pixels. */
  readonly lightTruth: (number: number) => LightTruth
  readonly truth: () => SimulationTruth
}

/** Makes what is common to the frames (stars, detector); each frame then comes from the recipe and its index alone. */
export const simulateNight = (recipe: SimulationRecipe): SimulatedNight => {
  const root = createRandom(recipe.seed)
  const night: Night = {
    recipe,
    root,
    field: makeStarField(recipe, root.split('field')),
    detector: makeDetector(recipe, root.split('detector')),
    light: new Float32Array(recipe.width * recipe.height),
    extra: new Float32Array(recipe.width * recipe.height),
  }
  return {
    recipe,
    frameCount: frameCount(recipe),
    field: night.field,
    detector: night.detector,
    plan: (index) => planFrame(recipe, index),
    render: (index) => renderPlanned(night, planFrame(recipe, index)),
    lightTruth: (number) => truthOfLight(night, number),
    truth: () => truthOfNight(night),
  }
}

const nights = new WeakMap<SimulationRecipe, SimulatedNight>()

const recall = (recipe: SimulationRecipe): SimulatedNight => {
  const known = nights.get(recipe)
  if (known !== undefined) return known
  const night = simulateNight(recipe)
  nights.set(recipe, night)
  return night
}

/** One frame of a recipe, 0 <= index < frameCount(recipe); the same whatever was made before. */
export const renderFrame = (recipe: SimulationRecipe, index: number): SimulatedFrame =>
  recall(recipe).render(index)

export const simulationTruth = (recipe: SimulationRecipe): SimulationTruth => recall(recipe).truth()

interface Night {
  readonly recipe: SimulationRecipe
  readonly root: Random
  readonly field: readonly FieldStar[]
  readonly detector: Detector
  /** Scratch planes of expected electrons, one for what passes the optics and one for what does not. */
  readonly light: Float32Array
  readonly extra: Float32Array
}

const truthOfLight = ({ recipe, root, field }: Night, number: number): LightTruth => {
  const conditions = conditionsOf(recipe, number, root.split('night'))
  const { name } = planFrame(recipe, frameCount(recipe) - recipe.counts.light + number)
  return { name, conditions, stars: placeStars(recipe, field, conditions, root.split(`flicker ${number}`)) }
}

const renderPlanned = (night: Night, frame: PlannedFrame): SimulatedFrame => {
  const { recipe, detector, light, extra } = night
  const random = night.root.split(`${frame.kind} ${frame.number}`)
  const truth = frame.kind === 'light' ? truthOfLight(night, frame.number) : null
  if (truth !== null) illuminate(night, truth, frame, random.split('trail'))
  if (frame.kind === 'flat') light.fill(flatElectrons(recipe, frame.number))
  extra.fill(0)
  const cosmicRays = addCosmicRays(extra, recipe, frame.exposure, random.split('cosmic rays'))
  const data = exposeFrame(
    recipe,
    detector,
    {
      seconds: frame.exposure,
      light: frame.kind === 'light' || frame.kind === 'flat' ? light : null,
      extra: cosmicRays.length > 0 ? extra : null,
    },
    random.split('noise'),
  )
  const temperature = recipe.camera.temperature + 0.05 * random.split('temperature').normal()
  return {
    ...frame,
    width: recipe.width,
    height: recipe.height,
    data,
    cards: frameCards(recipe, frame, truth?.conditions ?? null, temperature),
    truth,
    cosmicRays,
  }
}

const illuminate = (
  { recipe, light }: Night,
  truth: LightTruth,
  frame: PlannedFrame,
  random: Random,
): void => {
  light.fill(truth.conditions.sky)
  for (const star of truth.stars) addStar(light, recipe, { ...star, fwhm: truth.conditions.fwhm })
  if (frame.number === recipe.trailAt) addTrail(light, recipe, random)
}

/** The twilight fades while the flats are taken. */
const flatElectrons = (
  { counts, flatLevel, flatDecline, camera }: SimulationRecipe,
  number: number,
): number => flatLevel * camera.gain * flatDecline ** (counts.flat > 1 ? number / (counts.flat - 1) : 0)

/** Keeps the JSON of a night at a few megabytes. */
const roundTo = (value: number, steps: number): number => Math.round(value * steps) / steps

const truthOfNight = (night: Night): SimulationTruth => {
  const { recipe, field, detector } = night
  const { transit } = recipe.target
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const value of detector.response) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return {
    seed: recipe.seed,
    pixelScale: pixelScale(recipe),
    gain: recipe.camera.gain,
    readNoise: recipe.camera.readNoise,
    saturation: saturationLevel(recipe),
    stars: field,
    target: field.findIndex((star) => star.isTarget),
    transit: transit === null ? null : { ...transit, duration: transitDuration(transit) },
    lights: Array.from({ length: recipe.counts.light }, (_, number) => {
      const { name, conditions, stars } = truthOfLight(night, number)
      return {
        name,
        jd_utc_start: conditions.jdUtcStart,
        jd_utc_mid: conditions.jdUtcMid,
        airmass: conditions.airmass,
        transparency: conditions.transparency,
        fwhm: conditions.fwhm,
        sky: conditions.sky,
        transit: conditions.transit,
        x: stars.map((star) => roundTo(star.x, 1e4)),
        y: stars.map((star) => roundTo(star.y, 1e4)),
        electrons: stars.map((star) => roundTo(star.electrons, 10)),
      }
    }),
    flat: { donuts: detector.donuts, least, most },
    dark: { current: recipe.camera.darkCurrent, hotPixels: detector.hotPixels },
  }
}
