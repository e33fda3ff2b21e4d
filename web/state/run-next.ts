import { effectiveFacts } from '../core/frame'
import type { TargetRecord } from '../core/target'
import type { WorkOrder } from '../core/work-order'
import { findTarget } from '../pipeline/targets/list-targets'
import type { AppState, AppStore } from './app-state'
import { chosenCalibration } from './chosen-calibration'
import { findPicture } from './derive-picture-road'
import { deriveCurrentNight } from './current-night'
import type { NextAction } from './derive-road'
import { makeStack } from './order-stack'
import { starsOfNextOrder } from './star-grid'

const seriesOf = (state: AppState): string[] => deriveCurrentNight(state).lights.map((light) => light.id)

/** The target that a person wrote down for what the headers of the open night's lights name. */
const targetOfNight = (state: AppState): TargetRecord | null => {
  const [light] = deriveCurrentNight(state).lights
  return light === undefined ? null : findTarget(effectiveFacts(light).object, state.targets.targets)
}

const positionOf = (target: TargetRecord | null): { ra: number; dec: number } | null =>
  target?.rightAscension == null || target.declination === null
    ? null
    : { ra: target.rightAscension, dec: target.declination }

/** The order that draws the light curve of the stars that are picked. */
const curveOrder = (state: AppState): WorkOrder => {
  const { target, comparisons, radius, annulus } = starsOfNextOrder(state)
  const { detrend } = state.stars
  const known = targetOfNight(state)
  const position = state.stars.position ?? positionOf(known)
  return {
    request: 'light_curve',
    frames: seriesOf(state),
    parameters: {
      target,
      comparisons: comparisons.length === 0 ? 'auto' : comparisons,
      radius,
      detrend,
      ...(annulus === null ? {} : { annulus }),
      ...(position === null ? {} : { position }),
      ...(known === null ? {} : { name: known.name }),
      ...chosenCalibration(state),
    },
  }
}

/** Does the one next thing of the road. Choosing files is the page's own, since only a click may open a picker. */
export const runNext = async (store: AppStore, action: NextAction): Promise<void> => {
  const state = store.getState()
  const { orders, panels, stars, selection } = state
  switch (action) {
    case 'calibrate':
      panels.open('image')
      await orders.submit({
        request: 'calibrate_file_batch',
        frames: seriesOf(state),
        parameters: chosenCalibration(state),
      })
      return
    case 'register':
      panels.open('image')
      await orders.submit({
        request: 'register',
        frames: seriesOf(state),
        parameters: chosenCalibration(state),
      })
      return
    case 'pick-target': {
      const { reference } = deriveCurrentNight(state)
      panels.open('image')
      if (reference !== null) selection.openFrame(reference)
      stars.setPicking('target')
      return
    }
    case 'measure': {
      state.liveCurve.drop()
      selection.openCurve(null)
      const report = await orders.submit(curveOrder(state))
      if (
        report !== null &&
        report.status !== 'failed' &&
        report.tables.some((table) => table.table === 'lightcurves')
      )
        panels.open('curve')
      return
    }
    case 'open-curve':
      panels.open('curve')
      return
    case 'name-lights': {
      const { night } = deriveCurrentNight(state)
      panels.open('image')
      panels.showSheet('side')
      selection.select(night?.groups.flatMap((group) => group.frames) ?? [])
      state.notices.tell({ key: 'nameLights' })
      return
    }
    case 'solve': {
      const { filterGroups } = deriveCurrentNight(state)
      const { solutions, failures, solve } = state.sky
      panels.open('image')
      await solve(
        filterGroups.flatMap(({ stack, frames }) =>
          stack === null ? frames.filter((frame) => !solutions.has(frame) && !failures.has(frame)) : [],
        ),
      )
      return
    }
    case 'stack': {
      const group = deriveCurrentNight(state).filterGroups.find(({ stack }) => stack === null)
      if (group === undefined) return
      await makeStack(state, group.frames)
      return
    }
    case 'open-stack': {
      const stack = deriveCurrentNight(state).filterGroups.findLast((group) => group.stack !== null)?.stack
      panels.open('image')
      if (stack != null) selection.openMaster(stack.id)
      return
    }
    case 'colour':
      state.pictures.openPicture(null)
      panels.open('colour')
      return
    case 'open-picture': {
      const { filterGroups } = deriveCurrentNight(state)
      state.pictures.openPicture(findPicture(filterGroups, state.library.composites)?.id ?? null)
      panels.open('colour')
      return
    }
    case 'choose-files':
      panels.open('image')
  }
}
