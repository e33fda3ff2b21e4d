import type { Combine } from '../../../core/combine'
import { AsterismError } from '../../../core/errors'
import type { ExposureRecord } from '../../../core/frame'
import { isCombinedKind, type MasterRecord } from '../../../core/master'
import type { CombinedMaster } from './notebook-plan'
import type { RawCorrection } from '../../../core/raw-correction'
import type { BadPixelRecipe, CalibrationRecipe, SkyRecipe } from '../../../core/reduced'
import type { StackRecord } from '../../../core/stack'

/** What cannot be done again is said; a step is never left out of the notebook. */
export const refuse = (reason: string, id: string): never => {
  throw new AsterismError('bad-order', `This cannot be written as a Python notebook: ${reason}`, { id })
}

// Each name here is a step that the notebook has cells for. A recipe with any other is refused, so that a step that is new
// is missed by nobody.
const OF_CALIBRATION = new Set<string>([
  'bias',
  'dark',
  'flat',
  'darkFactor',
  'pedestal',
  'raw',
  'gain',
  'channel',
  'cosmicRays',
  'patch',
  'badPixels',
  'sky',
] satisfies (keyof CalibrationRecipe)[])
const OF_BAD_PIXELS = new Set<string>(['map', 'how', 'patch'] satisfies (keyof BadPixelRecipe)[])
const OF_SKY = new Set<string>(['gradient', 'fringe', 'fit'] satisfies (keyof SkyRecipe)[])
const OF_RAW = new Set<string>(['overscan', 'trim', 'linearity'] satisfies (keyof RawCorrection)[])
const OF_COMBINE = new Set<string>([
  'method',
  'rejection',
  'low',
  'high',
  'center',
  'deviation',
  'iterations',
  'scale',
  'weights',
] satisfies (keyof Combine)[])
const OF_MASTER = new Set<string>([
  'id',
  'kind',
  'name',
  'order',
  'group',
  'frames',
  'inputs',
  'combine',
  'raw',
  'bytesId',
  'width',
  'height',
  'unit',
  'biasSubtracted',
  'statistics',
  'jdUtcMid',
  'warnings',
  'flags',
  'backends',
  'createdAt',
  'quality',
] satisfies (keyof MasterRecord)[])
const OF_MASTER_STEP = new Set([
  'mosaic',
  'id',
  'kind',
  'group',
  'frames',
  'combine',
  'raw',
  'bias',
  'dark',
  'biasGone',
  'pedestals',
  'darkFactors',
  'flat',
])

const refuseOthers = (thing: object, known: ReadonlySet<string>, what: string, id: string): void => {
  for (const [name, value] of Object.entries(thing))
    if (!known.has(name) && value !== null && value !== undefined)
      refuse(`${what} has "${name}", which it has no cells for.`, id)
}

const refuseCombine = (combine: Combine, id: string): void => {
  refuseOthers(combine, OF_COMBINE, 'the way in which its frames are combined', id)
  if (combine.weights === 'inverse-variance') refuse('its frames are weighted.', id)
  if (combine.rejection === 'percentile' && (combine.low ?? 10) + (combine.high ?? 10) >= 100)
    refuse('its percentiles cross.', id)
}

const refuseRaw = (raw: RawCorrection | null | undefined, id: string): void => {
  if (raw != null) refuseOthers(raw, OF_RAW, 'what is done to its raw frames', id)
}

/** A master that is combined from frames in a way that the notebook has cells for. */
export const requireCombined = (master: MasterRecord): CombinedMaster => {
  const { kind, combine } = master
  if (!isCombinedKind(kind) || combine === null)
    return refuse(
      'a map of bad pixels or of fringes is not combined from calibration frames. Ask for a frame that is calibrated with it.',
      master.id,
    )
  refuseOthers(master, OF_MASTER, `the ${kind}`, master.id)
  refuseCombine(combine, master.id)
  refuseRaw(master.raw, master.id)
  return { ...master, kind, combine }
}

/** Parameters of the step that made a master. */
export const refuseMasterStep = (parameters: object, id: string): void =>
  refuseOthers(parameters, OF_MASTER_STEP, 'the making of its master', id)

export const refuseCalibration = (recipe: CalibrationRecipe, id: string): void => {
  refuseOthers(recipe, OF_CALIBRATION, 'its recipe', id)
  if (recipe.badPixels != null)
    refuseOthers(recipe.badPixels, OF_BAD_PIXELS, 'the treatment of its bad pixels', id)
  refuseRaw(recipe.raw, id)
  if (recipe.sky == null) return
  refuseOthers(recipe.sky, OF_SKY, 'the evening of its sky', id)
  if (recipe.sky.fringe !== null)
    refuse(
      'a map of fringes was taken off, and the map is made of the lights themselves with their stars masked.',
      id,
    )
}

/** What of a stack the notebook does again, or needs not to do again: names, facts, and what came out. */
const OF_STACK = new Set<string>([
  'id',
  'name',
  'order',
  'frames',
  'inputs',
  'reference',
  'combine',
  'interpolation',
  'single',
  'normalisation',
  'method',
  'grid',
  'weights',
  'stacked',
  'leftOut',
  'planes',
  'bytesId',
  'width',
  'height',
  'unit',
  'telescope',
  'instrument',
  'night',
  'filter',
  'object',
  'exposure',
  'dateObs',
  'statistics',
  'flags',
  'backends',
  'createdAt',
] satisfies (keyof StackRecord)[])

const REGISTERED =
  'its frames were registered and resampled, which has no counterpart to the last digits in Python. Its calibrated frames and its light curve can be.'

/** A stack of frames as they lie, brought together by nothing that the notebook has no cells for. */
export const refuseStack = (stack: StackRecord): void => {
  const { id, combine, interpolation, normalisation, method = 'none', grid, weights = 'none' } = stack
  if (interpolation === 'drizzle')
    refuse('its frames were drizzled, which the notebook has no cells for.', id)
  if (grid != null)
    refuse('its frames were laid on a grid on the sky, which the notebook has no cells for.', id)
  if (method !== 'none') refuse(REGISTERED, id)
  if (weights !== 'none')
    refuse(
      `its frames are weighted by "${weights}", from noise, widths and fluxes that were measured here. Stack them with equal weights.`,
      id,
    )
  if (combine.scale === 'stars')
    refuse(
      'its frames are scaled by the fluxes of stars that they have in common, which the notebook does not measure. Scale them by exposure or level.',
      id,
    )
  if (normalisation === 'overlap' || normalisation === 'plane')
    refuse(
      `the skies of its frames are matched where they overlap (normalisation "${normalisation}"), which the notebook has no cells for. Match them by "sky".`,
      id,
    )
  if (stack.stacked?.some(({ slope }) => slope !== null) === true)
    refuse('planes were added to the skies of its frames, which the notebook has no cells for.', id)
  refuseOthers(stack, OF_STACK, 'the stack', id)
  refuseCombine(combine, id)
}

export const refuseRegistered = (id: string): never => refuse(REGISTERED, id)

/** Files that astropy cannot read: they were made FITS when they came in. */
export const refuseForeign = ({ path, id, name }: ExposureRecord): void => {
  if (/\.(?:xisf|ser)$/i.test(path))
    refuse(
      `${name} is no FITS file, and astropy reads only those. Export it as FITS and take it in anew.`,
      id,
    )
}
