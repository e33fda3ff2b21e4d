import { effectiveFacts, type ExposureRecord } from '../core/frame'
import type { ReducedRecord } from '../core/reduced'
import type { StackRecord } from '../core/stack'

/** Lights of one object in one filter: what is stacked in one go. */
export interface FilterGroup {
  readonly key: string
  readonly object: string | null
  readonly filter: string | null
  /** In the order of the lights. */
  readonly frames: readonly string[]
  /** The newest stack of them that was made since the last of them came and was calibrated; null where there is none. */
  readonly stack: StackRecord | null
}

interface Known {
  readonly lights: readonly ExposureRecord[]
  /** Of the lights, as they are calibrated now. */
  readonly calibrated: ReadonlyMap<string, ReducedRecord>
  /** Every recipe in the workspace, to tell what a stack was made of. */
  readonly reduced: readonly ReducedRecord[]
  /** Oldest first. */
  readonly stacks: readonly StackRecord[]
}

/** The lights by object and filter, in the order in which they were taken, each with its stack. */
export const listFilterGroups = ({ lights, calibrated, reduced, stacks }: Known): readonly FilterGroup[] => {
  const parts = Map.groupBy(lights, (light) => {
    const { object, filter } = effectiveFacts(light)
    return JSON.stringify([object, filter])
  })
  const originals = stacks.length === 0 ? null : new Map(reduced.map(({ id, exposure }) => [id, exposure]))
  return [...parts].map(([key, members]): FilterGroup => {
    const ids = new Set(members.map(({ id }) => id))
    const since = Math.max(
      0,
      ...members.map(({ id, ingestedAt }) => Math.max(ingestedAt, calibrated.get(id)?.createdAt ?? 0)),
    )
    const stack = stacks.findLast(
      ({ frames, createdAt }) =>
        createdAt >= since && frames.length > 0 && frames.every((id) => ids.has(originals?.get(id) ?? '')),
    )
    const [first] = members
    const facts = first === undefined ? null : effectiveFacts(first)
    return {
      key,
      object: facts?.object ?? null,
      filter: facts?.filter ?? null,
      frames: members.map(({ id }) => id),
      stack: stack ?? null,
    }
  })
}
