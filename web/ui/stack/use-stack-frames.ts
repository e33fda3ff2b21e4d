import { useMemo } from 'react'
import type { StackRecord } from '../../core/stack'
import { useApp } from '../kit/use-app'
import { listStackFrames, type StackFrame } from './list-stack-frames'

export const useStackFrames = (stack: StackRecord): readonly StackFrame[] => {
  const { exposures, reduced, qualities } = useApp((state) => state.library)
  return useMemo(
    () => listStackFrames(stack, { exposures, reduced, qualities }),
    [stack, exposures, reduced, qualities],
  )
}
