import { useEffect, useMemo, useState } from 'react'
import type { ExposureRecord } from '../../core/frame'
import type { MasterRecord } from '../../core/master'
import type { MasterCandidate, MatchOptions } from '../../pipeline/match-masters'
import { parseOrder } from '../../pipeline/order-parameters'
import { matchOptions, planMasters } from '../../pipeline/plan-masters'
import { useApp } from '../kit/use-app'

interface Candidates {
  /** Masters that are stored and such as the frames in the workspace would give. */
  readonly list: readonly MasterCandidate[]
  readonly options: MatchOptions
}

/** What an order of now would choose from, by the very rules and parameters that it would have. */
export const useCandidates = (
  exposures: readonly ExposureRecord[],
  masters: readonly MasterRecord[],
): Candidates | null => {
  const choices = useApp((state) => state.calibration.choices)
  const chosen = useApp((state) => state.stars.masters)
  const parameters = useMemo(
    () =>
      parseOrder({
        request: 'calibrate_file_batch',
        parameters: { ...choices, masters: chosen },
      }).parameters,
    [choices, chosen],
  )
  const [candidates, setCandidates] = useState<Candidates | null>(null)
  useEffect(() => {
    let wanted = true
    const usable = exposures.filter((exposure) => !exposure.excluded)
    void planMasters(usable, masters, parameters).then(({ candidates: list }) => {
      if (wanted) setCandidates({ list, options: matchOptions(parameters) })
    })
    return () => {
      wanted = false
    }
  }, [exposures, masters, parameters])
  return candidates
}
