import { useMemo } from 'react'
import { planesOf, type ExposureRecord } from '../../core/frame'
import { partId } from '../../core/provenance'
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
}

/** Which picture stands on the stage: a master, or the frame as far along as was asked for. */
export const useShownFrame = (current: CurrentNight, exposure: ExposureRecord | null): ShownChoice => {
  const selection = useApp((state) => state.selection)
  const choices = useApp((state) => state.calibration.choices)
  const shown: ShownFrame | null = useMemo(() => {
    if (selection.master !== null) {
      return {
        id: selection.master,
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
  }, [current, exposure, choices, selection.master, selection.stage, selection.plane])
  const neighbours = useMemo(() => {
    const at = current.lights.findIndex((light) => light.id === exposure?.id)
    return [at + 1, at - 1, at + 2].flatMap((index) => {
      const light = current.lights[index]
      return light === undefined || at < 0 ? [] : [chooseShown(current, light.id, selection.stage).id]
    })
  }, [current, exposure, selection.stage])
  const planes = shown?.stage === 'raw' && exposure !== null ? planesOf(exposure) : 1
  return { shown, neighbours, plane: Math.min(selection.plane, planes - 1), planes }
}
