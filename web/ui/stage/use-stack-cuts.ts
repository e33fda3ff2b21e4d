import { useEffect, useState } from 'react'
import type { StackRecord } from '../../core/stack'

interface Cuts {
  readonly low: number
  readonly high: number
}

/**
 * The cuts of the stack that is open, also while one of its frames stands in its place: noise is compared by eye only between the same
 * two levels. A sum has other levels than its frames.
 */
export const useStackCuts = (
  stack: StackRecord | null,
  /** Null while the picture of it is not there. */
  found: Cuts | null,
  single: boolean,
): Cuts | null => {
  const [kept, setKept] = useState<{ readonly of: string; readonly cuts: Cuts } | null>(null)
  const id = stack?.id ?? null
  useEffect(() => {
    if (id !== null && found !== null && !single) setKept({ of: id, cuts: found })
  }, [id, found, single])
  return single && kept !== null && kept.of === id && stack?.combine.method !== 'sum' ? kept.cuts : null
}
