import { useMemo } from 'react'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import { compareByTime } from '../../state/group-nights'
import { useApp } from '../kit/use-app'

/** Lights of one object in one filter, of all nights. */
export interface StackCandidates {
  readonly key: string
  readonly object: string | null
  readonly filter: string | null
  /** In time order. */
  readonly lights: readonly ExposureRecord[]
}

/** What could be stacked: all lights by object and filter, excluded ones left out. */
export const useStackCandidates = (): readonly StackCandidates[] => {
  const exposures = useApp((state) => state.library.exposures)
  return useMemo(() => {
    const lights = exposures.filter(
      (exposure) => !exposure.excluded && effectiveFacts(exposure).kind === 'light',
    )
    const groups = Map.groupBy(lights, (light) => {
      const { object, filter } = effectiveFacts(light)
      return JSON.stringify([object, filter])
    })
    return [...groups]
      .map(([key, members]): StackCandidates => {
        const [object, filter] = JSON.parse(key) as [string | null, string | null]
        return { key, object, filter, lights: members.toSorted(compareByTime) }
      })
      .toSorted((a, b) => a.key.localeCompare(b.key))
  }, [exposures])
}
