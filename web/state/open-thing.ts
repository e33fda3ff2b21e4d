import { splitPartId, type ProvenanceNode } from '../core/provenance'
import type { AppStore } from './app-state'
import { groupNights } from './group-nights'
import type { ShownStage } from './selection-slice'

const STAGE_OF: Partial<Record<ProvenanceNode['kind'], ShownStage>> = {
  exposure: 'raw',
  calibrated: 'calibrated',
  sources: 'calibrated',
  registered: 'registered',
  measurement: 'registered',
  point: 'registered',
}

/** Opens the night of a frame first, since what is known of a frame is known within its night. */
export const openFrameOf = (store: AppStore, exposure: string, stage: ShownStage): void => {
  const { library, panels, selection } = store.getState()
  const night = groupNights(library.exposures).find(({ groups }) =>
    groups.some(({ frames }) => frames.includes(exposure)),
  )
  panels.open('image')
  if (night !== undefined) selection.openNight(night.key)
  selection.showStage(stage)
  selection.openFrame(exposure)
}

/** The frame of a point with its aperture, where that very curve measured it. */
export const openPoint = (store: AppStore, curve: string, exposure: string): void => {
  openFrameOf(store, exposure, 'registered')
  store.getState().selection.openCurve(curve)
}

/** Opens the thing itself: a frame in the viewer, a curve as the page, a master as a picture. False where there is nothing to open. */
export const openThing = (store: AppStore, node: ProvenanceNode): boolean => {
  const { panels, selection } = store.getState()
  if (node.missing) return false
  const { record, part } = splitPartId(node.id)
  const { exposure } = node.details
  if (node.kind === 'point' && part !== null) {
    openPoint(store, record, part)
    return true
  }
  const stage = STAGE_OF[node.kind]
  if (stage !== undefined && typeof exposure === 'string') {
    openFrameOf(store, exposure, stage)
    return true
  }
  if (node.kind === 'master' || node.kind === 'stack') {
    panels.open('image')
    selection.openMaster(node.id)
    return true
  }
  if (node.kind === 'composite') {
    store.getState().pictures.openPicture(node.id)
    panels.open('colour')
    return true
  }
  if (node.kind === 'camera') {
    selection.openCameraReport(node.id)
    panels.open('camera')
    return true
  }
  if (node.kind === 'lightcurve') {
    const curve = store.getState().library.curves.find(({ id }) => id === node.id)
    const frame = curve?.columns.frame[0]
    if (frame !== undefined) openFrameOf(store, frame, 'best')
    selection.openCurve(node.id)
    panels.open('curve')
    return true
  }
  if (node.kind === 'photometry') {
    panels.open('explore')
    return true
  }
  return false
}
