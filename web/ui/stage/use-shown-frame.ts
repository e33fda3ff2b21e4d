import { useMemo } from 'react'
import { planesOf, type ExposureRecord } from '../../core/frame'
import { partId } from '../../core/provenance'
import type { ReducedRecord } from '../../core/reduced'
import type { MasterRecord } from '../../core/master'
import type { StackRecord } from '../../core/stack'
import { IDENTITY_TRANSFORM } from '../../core/transform'
import { foreseePlace } from '../../pipeline/calibration/foresee-place'
import type { CurrentNight } from '../../state/current-night'
import { useApp } from '../kit/use-app'
import { chooseShown, type ShownFrame } from './choose-shown'

interface ShownChoice {
  readonly shown: ShownFrame | null
  /** Names of the pictures that are likely to be asked for next. */
  readonly neighbours: readonly string[]
  /** Of a cube, from 0, and how many there are to choose from. */
  readonly plane: number
  readonly planes: number
  /** The master or the stack that is open; null for a frame of the night. */
  readonly master: MasterRecord | null
  readonly stack: StackRecord | null
}

/** Of a stack the frame that is looked at beside it: the one that was open before, else the one that gave the grid. */
const chooseSingle = (stack: StackRecord, reduced: readonly ReducedRecord[], open: string | null): string => {
  const own = reduced.find(({ id, exposure }) => exposure === open && stack.frames.includes(id))
  return own?.id ?? stack.reference ?? stack.frames[0] ?? stack.id
}

/** Which picture stands on the stage: a master, or the frame as far along as was asked for. */
export const useShownFrame = (current: CurrentNight, exposure: ExposureRecord | null): ShownChoice => {
  const selection = useApp((state) => state.selection)
  const choices = useApp((state) => state.calibration.choices)
  const { masters, stacks, reduced } = useApp((state) => state.library)
  const master = masters.find(({ id }) => id === selection.master) ?? null
  const stack = stacks.find(({ id }) => id === selection.master) ?? null
  const shown: ShownFrame | null = useMemo(() => {
    if (selection.master !== null) {
      return {
        id:
          stack !== null && selection.single
            ? chooseSingle(stack, reduced, selection.frame)
            : selection.master,
        exposure: null,
        stage: 'master',
        transform: IDENTITY_TRANSFORM,
        fromCalibrated: IDENTITY_TRANSFORM,
        register: false,
      }
    }
    if (exposure === null) return null
    const chosen = chooseShown(current, exposure.id, selection.stage, foreseePlace(exposure, choices))
    // What is made from a cube is made from its first plane; as taken, all can be looked at.
    const plane = Math.min(selection.plane, planesOf(exposure) - 1)
    return chosen.stage === 'raw' && plane > 0
      ? { ...chosen, id: partId(chosen.id, `plane${plane + 1}`) }
      : chosen
  }, [
    current,
    exposure,
    choices,
    stack,
    reduced,
    selection.master,
    selection.single,
    selection.frame,
    selection.stage,
    selection.plane,
  ])
  const neighbours = useMemo(() => {
    const at = current.lights.findIndex((light) => light.id === exposure?.id)
    return [at + 1, at - 1, at + 2].flatMap((index) => {
      const light = current.lights[index]
      return light === undefined || at < 0 ? [] : [chooseShown(current, light.id, selection.stage).id]
    })
  }, [current, exposure, selection.stage])
  const planes = shown?.stage === 'raw' && exposure !== null ? planesOf(exposure) : 1
  return { shown, neighbours, plane: Math.min(selection.plane, planes - 1), planes, master, stack }
}
