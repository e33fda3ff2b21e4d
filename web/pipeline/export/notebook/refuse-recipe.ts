import type { Combine } from '../../../core/combine'
import { AsterismError } from '../../../core/errors'
import type { ExposureRecord } from '../../../core/frame'
import { isCombinedKind, type MasterRecord } from '../../../core/master'
import type { CombinedMaster } from './notebook-plan'
import type { RawCorrection } from '../../../core/raw-correction'
import type { BadPixelRecipe, CalibrationRecipe, SkyRecipe } from '../../../core/reduced'

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

export const refuseStackCombine = refuseCombine

/** Files that astropy cannot read: they were made FITS when they came in. */
export const refuseForeign = ({ path, id, name }: ExposureRecord): void => {
  if (/\.(?:xisf|ser)$/i.test(path))
    refuse(
      `${name} is no FITS file, and astropy reads only those. Export it as FITS and take it in anew.`,
      id,
    )
}
