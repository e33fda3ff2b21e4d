import { useEffect, useMemo, useState } from 'react'
import type { ExposureRecord } from '../../core/frame'
import { findTraps, type Trap } from '../../pipeline/calibration/find-traps'
import { foreseeCalibration, type ForeseenCalibration } from '../../pipeline/calibration/foresee'
import { foreseeSteps, type StepForecast } from '../../pipeline/calibration/foresee-steps'
import { parseOrder } from '../../pipeline/order-parameters'
import { useApp } from '../kit/use-app'

interface Foreseen {
  readonly foreseen: ForeseenCalibration
  readonly steps: readonly StepForecast[]
  readonly traps: readonly Trap[]
}

/** What an order of now would do to these lights; null until it is worked out. */
export const useForeseen = (lights: readonly ExposureRecord[]): Foreseen | null => {
  const choices = useApp((state) => state.calibration.choices)
  const chosen = useApp((state) => state.stars.masters)
  const frameMasters = useApp((state) => state.stars.frameMasters)
  const { exposures, masters } = useApp((state) => state.library)
  const parameters = useMemo(
    () =>
      parseOrder({
        request: 'calibrate_file_batch',
        parameters: { ...choices, masters: chosen, frameMasters },
      }).parameters,
    [choices, chosen, frameMasters],
  )
  const [result, setResult] = useState<Foreseen | null>(null)
  useEffect(() => {
    let wanted = true
    const usable = exposures.filter((exposure) => !exposure.excluded)
    void foreseeCalibration({ exposures: usable, masters, lights, parameters }).then((foreseen) => {
      if (wanted) setResult({ foreseen, steps: foreseeSteps(foreseen), traps: findTraps(foreseen) })
    })
    return () => {
      wanted = false
    }
  }, [exposures, masters, lights, parameters])
  return result
}
