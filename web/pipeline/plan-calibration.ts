import { hashRecipe, idFromHash } from '../core/ids'
import { effectiveFacts, type ExposureRecord } from '../core/frame'
import { findCellPlaces } from '../core/colour-channel'
import { detectorOf, type CalibrationRecipe, type CosmicRayRecipe, type MasterChoice } from '../core/reduced'
import type { MasterRecord } from '../core/master'
import { chooseMaster, type MasterCandidate } from './match-masters'
import type { OrderParameters } from './order-parameters'
import { findPedestal, matchOptions } from './plan-masters'
import { assignBadPixels, type PlannedMap } from './plan-bad-pixels'
import {
  assignFringes,
  type FringeAssignment,
  type BareAssignment,
  type PlannedFringes,
} from './plan-fringes'
import { planRaw } from './plan-raw'
import { STEP_VERSIONS } from './step-versions'

/** One light with the masters that were matched to it; the id names the calibrated frame before it is looked at. */
export interface Assignment {
  readonly id: string
  readonly exposure: string
  readonly calibration: CalibrationRecipe
  readonly choices: readonly MasterChoice[]
  /** A map of bad pixels that is to be made for it; null where none is. */
  readonly map: PlannedMap | null
  /** The same of fringes. */
  readonly fringes: PlannedFringes | null
}

/** Where the header does not say: one electron per ADU and a quiet CCD. Only the threshold depends on it. */
const USUAL_GAIN = 1
const USUAL_READ_NOISE = 6.5

/** The defaults of van Dokkum's programme and of those after it; gain, noise and saturation in the unit of the calibrated pixels. */
const planCosmicRays = (light: ExposureRecord, treatment: Treatment): CosmicRayRecipe => {
  const facts = effectiveFacts(light)
  const { gain, readNoise } = detectorOf(treatment, facts)
  return {
    sigclip: 4.5,
    sigfrac: 0.3,
    objlim: 5,
    iterations: 4,
    gain: gain ?? USUAL_GAIN,
    readNoise: readNoise ?? USUAL_READ_NOISE,
    saturation: facts.saturation === null ? null : facts.saturation * (treatment.gain ?? 1),
  }
}

type TreatmentParameters = Parameters<typeof planRaw>[1] & Pick<OrderParameters, 'units' | 'channel'>
type Treatment = Pick<CalibrationRecipe, 'raw' | 'gain' | 'channel'>

/**
 * What is done besides the masters. Electrons are given only where the camera is known to make so many of an ADU, and one colour
 * only of a frame that has a colour mask. What is not done is not named, so that a recipe without it keeps its name.
 */
export const planTreatment = (light: ExposureRecord, parameters: TreatmentParameters): Treatment => {
  const { gain, bayerPattern } = effectiveFacts(light)
  const raw = planRaw(light, parameters)
  const [left, top] = [raw?.trim?.x[0] ?? 0, raw?.trim?.y[0] ?? 0]
  const { channel } = parameters
  return {
    ...(raw === null ? {} : { raw }),
    ...(parameters.units === 'electron' && gain !== null && gain > 0 ? { gain } : {}),
    ...(channel !== 'off' && bayerPattern != null
      ? { channel: { name: channel, places: findCellPlaces(bayerPattern, channel, { left, top }) } }
      : {}),
  }
}

const assignMasters = async (
  light: ExposureRecord,
  candidates: readonly MasterCandidate[],
  parameters: OrderParameters,
  maps: readonly MasterRecord[],
): Promise<BareAssignment> => {
  const options = matchOptions(parameters, light.id)
  const choices = (['master-bias', 'master-dark', 'master-flat'] as const).map((kind) =>
    chooseMaster(light, kind, candidates, options),
  )
  const masterOf = (kind: MasterChoice['kind']) =>
    choices.find((choice) => choice.kind === kind)?.master ?? null
  const dark = candidates.find((candidate) => candidate.id === masterOf('dark'))
  const scaled = choices.some((choice) => choice.kind === 'dark' && choice.reason === 'scaled-by-exposure')
  const exposure = effectiveFacts(light).exposure
  const treatment = planTreatment(light, parameters)
  const flat = candidates.find((candidate) => candidate.id === masterOf('flat'))
  const { badPixels } = parameters
  const bad = badPixels === 'off' ? null : await assignBadPixels(light, { dark, flat, maps }, parameters)
  const map = bad?.choice.master ?? null
  const masters = { bias: masterOf('bias'), dark }
  // With the overscan goes whatever was added to every pixel.
  const pedestal = treatment.raw?.overscan == null ? findPedestal(light, masters) : 0
  const calibration: CalibrationRecipe = {
    bias: masterOf('bias'),
    dark: masterOf('dark'),
    flat: masterOf('flat'),
    ...(parameters.cosmicRays === 'off' ? {} : { cosmicRays: planCosmicRays(light, treatment) }),
    darkFactor: scaled && exposure !== null && dark?.group.exposure ? exposure / dark.group.exposure : 1,
    ...(pedestal === 0 ? {} : { pedestal }),
    ...treatment,
    ...(badPixels === 'off' || map === null ? {} : { badPixels: { map, how: badPixels } }),
  }
  return {
    light,
    calibration,
    choices: bad === null ? choices : [...choices, bad.choice],
    map: bad?.planned ?? null,
  }
}

/** Gives a calibrated frame its name, by all that is done to it, and the keys of what is kept for it. */
const nameAssignment = async (
  { light, calibration: bare, choices, map }: BareAssignment,
  fringes: FringeAssignment | undefined,
  { gradient }: OrderParameters,
): Promise<Assignment> => {
  const fringe = fringes?.choice.master ?? null
  const wanted = { gradient: gradient === 'off' ? null : gradient, fringe }
  const evens = wanted.gradient !== null || fringe !== null
  const hash = await hashRecipe({
    step: 'calibrate-frame',
    version: STEP_VERSIONS['calibrate-frames'],
    exposure: light.id,
    calibration: { ...bare, ...(evens ? { sky: wanted } : {}) },
  })
  const id = idFromHash('calibrated', hash)
  const calibration: CalibrationRecipe = {
    ...bare,
    ...(evens ? { sky: { ...wanted, fit: `bytes-sky-${id}` } } : {}),
    ...(bare.cosmicRays == null ? {} : { patch: `bytes-patch-${id}` }),
    ...(bare.badPixels?.how === 'interpolate'
      ? { badPixels: { ...bare.badPixels, patch: `bytes-fixed-${id}` } }
      : {}),
  }
  return {
    id,
    exposure: light.id,
    calibration,
    choices: fringes === undefined ? choices : [...choices, fringes.choice],
    map,
    fringes: fringes?.planned ?? null,
  }
}

/** Masters and treatment of all lights of an order. */
export const assignLights = async (
  lights: readonly ExposureRecord[],
  candidates: readonly MasterCandidate[],
  parameters: OrderParameters,
  maps: readonly MasterRecord[] = [],
): Promise<Assignment[]> => {
  const bare = await Promise.all(lights.map((light) => assignMasters(light, candidates, parameters, maps)))
  const fringes = await assignFringes(bare, parameters)
  return Promise.all(bare.map((each) => nameAssignment(each, fringes.get(each.light.id), parameters)))
}
