import { useMemo } from 'react'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import { compareByTime } from '../../state/group-nights'
import { useApp } from '../kit/use-app'

/** Lights of one object in one filter, or in all of them, of all nights. */
export interface StackCandidates {
  readonly key: string
  readonly object: string | null
  /** Null where it is not known, and where filters are taken together. */
  readonly filter: string | null
  /** All filters of its lights. */
  readonly filters: readonly string[]
  /** In time order. */
  readonly lights: readonly ExposureRecord[]
}

/** What could be stacked: all lights by object, and by filter unless filters are mixed; excluded ones left out. */
export const useStackCandidates = (mixed: boolean): readonly StackCandidates[] => {
  const exposures = useApp((state) => state.library.exposures)
  return useMemo(() => {
    const lights = exposures.filter(
      (exposure) => !exposure.excluded && effectiveFacts(exposure).kind === 'light',
    )
    const groups = Map.groupBy(lights, (light) => {
      const { object, filter } = effectiveFacts(light)
      return JSON.stringify([object, mixed ? null : filter])
    })
    return [...groups]
      .map(([key, members]): StackCandidates => {
        const [object, filter] = JSON.parse(key) as [string | null, string | null]
        const filters = [...new Set(members.map((light) => effectiveFacts(light).filter ?? '–'))]
        return { key, object, filter, filters, lights: members.toSorted(compareByTime) }
      })
      .toSorted((a, b) => a.key.localeCompare(b.key))
  }, [exposures, mixed])
}
