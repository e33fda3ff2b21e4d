import type { ExposureRecord } from '../../web/core/frame'
import type { MasterCandidate } from '../../web/pipeline/match-masters'
import type { OrderParameters } from '../../web/pipeline/order-parameters'
import { assignLights } from '../../web/pipeline/plan-calibration'

export const assignOne = async (
  light: ExposureRecord,
  candidates: readonly MasterCandidate[],
  parameters: OrderParameters,
) => {
  const [assignment] = await assignLights([light], candidates, parameters)
  if (assignment === undefined) throw new Error('nothing was assigned')
  return assignment
}
