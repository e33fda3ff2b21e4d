import { partId } from '../core/provenance'
import type { TableSource } from '../core/table-query'
import type { Row } from '../core/work-order'
import type { AppStore } from './app-state'
import { openFrameOf, openPoint } from './open-thing'
import type { Spot } from './selection-slice'

const textOf = (row: Row, column: string): string | null => {
  const value = row[column]
  return typeof value === 'string' && value !== '' ? value : null
}

/** The thing that a row stands for, as the graph of provenance names it; null where it stands for nothing that was made. */
export const thingOfRow = (source: TableSource, row: Row): string | null => {
  const star = row['star']
  if (source === 'photometry') return partId(String(row['measurement']), String(star))
  if (source === 'lightcurves') return partId(String(row['lightcurve']), String(row['frame']))
  if (source === 'sources') return textOf(row, 'list')
  return ['exposures', 'masters', 'reduced', 'cameras', 'solutions'].includes(source)
    ? textOf(row, 'id')
    : null
}

/** Where a row of stars lies on its frame; null for rows of other things. */
export const spotOfRow = (source: TableSource, row: Row): Spot | null => {
  if (source !== 'photometry' && source !== 'sources') return null
  const { x, y, radius, exposure, star } = row
  if (typeof x !== 'number' || typeof y !== 'number' || typeof exposure !== 'string') return null
  return { exposure, label: String(star), x, y, radius: typeof radius === 'number' ? radius : null }
}

/** Opens what a row speaks of: the frame with the place of the star, the point of a curve, the master, the order. False where there is nothing. */
export const openRow = (store: AppStore, source: TableSource, row: Row): boolean => {
  const { panels, selection } = store.getState()
  const exposure = source === 'exposures' ? textOf(row, 'id') : textOf(row, 'exposure')
  if (source === 'lightcurves') {
    openPoint(store, String(row['lightcurve']), String(row['frame']))
    return true
  }
  if (source === 'reduced' && row['kind'] === 'composite') {
    store.getState().pictures.openPicture(String(row['id']))
    panels.open('colour')
    return true
  }
  if (source === 'masters' || (source === 'reduced' && row['kind'] === 'stack')) {
    panels.open('image')
    selection.openMaster(String(row['id']))
    return true
  }
  if (exposure !== null && ['exposures', 'reduced', 'photometry', 'sources', 'solutions'].includes(source)) {
    const registered = source === 'reduced' && row['stage'] === 'registered'
    openFrameOf(store, exposure, source === 'exposures' ? 'raw' : registered ? 'registered' : 'calibrated')
    const spot = spotOfRow(source, row)
    if (spot !== null) selection.markSpots([spot])
    return true
  }
  if (source === 'cameras') {
    selection.openCameraReport(String(row['id']))
    panels.open('camera')
    return true
  }
  if (['work_orders', 'steps', 'log'].includes(source)) {
    panels.open('orders')
    return true
  }
  return false
}
