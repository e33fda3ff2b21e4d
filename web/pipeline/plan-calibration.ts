import { hashRecipe, idFromHash } from '../core/ids'
import { effectiveFacts, type ExposureRecord } from '../core/frame'
import type { CalibrationRecipe, CosmicRayRecipe, MasterChoice } from '../core/reduced'
import { chooseMaster, type MasterCandidate } from './match-masters'
import type { OrderParameters } from './order-parameters'
import { findPedestal, matchOptions } from './plan-masters'
import { STEP_VERSIONS } from './step-versions'

/** One light with the masters that were matched to it; the id names the calibrated frame before it is looked at. */
export interface Assignment {
  readonly id: string
  readonly exposure: string
  readonly calibration: CalibrationRecipe
  readonly choices: readonly MasterChoice[]
}

/** Where the header does not say: one electron per ADU and a quiet CCD. Only the threshold depends on it. */
const USUAL_GAIN = 1
const USUAL_READ_NOISE = 6.5

/** The defaults of van Dokkum's programme and of those after it. */
const planCosmicRays = (light: ExposureRecord): CosmicRayRecipe => {
  const { gain, readNoise, saturation } = effectiveFacts(light)
  return {
    sigclip: 4.5,
    sigfrac: 0.3,
    objlim: 5,
    iterations: 4,
    gain: gain ?? USUAL_GAIN,
    readNoise: readNoise ?? USUAL_READ_NOISE,
    saturation,
  }
}

export const assignMasters = async (
  light: ExposureRecord,
  candidates: readonly MasterCandidate[],
  parameters: OrderParameters,
): Promise<Assignment> => {
  const options = matchOptions(parameters, light.id)
  const choices = (['master-bias', 'master-dark', 'master-flat'] as const).map((kind) =>
    chooseMaster(light, kind, candidates, options),
  )
  const masterOf = (kind: MasterChoice['kind']) =>
    choices.find((choice) => choice.kind === kind)?.master ?? null
  const dark = candidates.find((candidate) => candidate.id === masterOf('dark'))
  const scaled = choices.some((choice) => choice.kind === 'dark' && choice.reason === 'scaled-by-exposure')
  const exposure = effectiveFacts(light).exposure
  const pedestal = findPedestal(light, { bias: masterOf('bias'), dark })
  const calibration: CalibrationRecipe = {
    bias: masterOf('bias'),
    dark: masterOf('dark'),
    flat: masterOf('flat'),
    ...(parameters.cosmicRays === 'off' ? {} : { cosmicRays: planCosmicRays(light) }),
    darkFactor: scaled && exposure !== null && dark?.group.exposure ? exposure / dark.group.exposure : 1,
    ...(pedestal === 0 ? {} : { pedestal }),
  }
  const hash = await hashRecipe({
    step: 'calibrate-frame',
    version: STEP_VERSIONS['calibrate-frames'],
    exposure: light.id,
    calibration,
  })
  const id = idFromHash('calibrated', hash)
  const patch = calibration.cosmicRays == null ? {} : { patch: `bytes-patch-${id}` }
  return { id, exposure: light.id, calibration: { ...calibration, ...patch }, choices }
}
