import { createStore } from 'zustand/vanilla'
import type { Studio } from '../engine/studio'
import { accessSlice, type AppState, type AppStore } from './app-state'
import { createBadPixelsSlice } from './bad-pixels-slice'
import { createCalibrationSlice } from './calibration-slice'
import { createColourSlice } from './colour-slice'
import { createDisplaySlice } from './display-slice'
import { createExploreSlice } from './explore-slice'
import { createInstrumentsSlice } from './instruments-slice'
import { createIntakeSlice } from './intake-slice'
import { createLibrarySlice } from './library-slice'
import { createLiveCurveSlice } from './live-curve-slice'
import { createNoticesSlice } from './notices-slice'
import { createOrdersSlice } from './orders-slice'
import { createPanelsSlice } from './panels-slice'
import { createPicturesSlice } from './pictures-slice'
import { createProjectSlice } from './project-slice'
import { createProvenanceSlice } from './provenance-slice'
import { createRoomSlice } from './room-slice'
import { createSelectionSlice } from './selection-slice'
import { createSettingsSlice, localKeeper, type ChoiceKeeper } from './settings-slice'
import { createSkySlice } from './sky-slice'
import { followGrid } from './star-grid'
import { createStacksSlice } from './stacks-slice'
import { createTargetsSlice } from './targets-slice'
import { createStarsSlice } from './stars-slice'

/** The page's memory over one studio. A slice is given its own part and what it needs of the others. */
export const createAppStore = (studio: Studio, keeper: ChoiceKeeper = localKeeper): AppStore => {
  // Slices are made with a view of the store, so the store is there first and is filled at once.
  const store: AppStore = createStore<AppState>(() => ({}) as AppState)
  const notices = () => store.getState().notices
  const library = () => store.getState().library
  store.setState({
    notices: createNoticesSlice(accessSlice(store, 'notices')),
    library: createLibrarySlice(accessSlice(store, 'library'), studio, notices),
    intake: createIntakeSlice(accessSlice(store, 'intake'), studio, {
      notices,
      library,
      openFileTable: (id) => {
        const { panels, explore } = store.getState()
        panels.open('explore')
        explore.openTable(`file:${id}`)
        explore.openTab('data')
      },
    }),
    selection: createSelectionSlice(accessSlice(store, 'selection')),
    orders: createOrdersSlice(accessSlice(store, 'orders'), studio, { notices, library }),
    calibration: createCalibrationSlice(accessSlice(store, 'calibration'), studio, notices),
    stars: createStarsSlice(accessSlice(store, 'stars')),
    stacks: createStacksSlice(accessSlice(store, 'stacks'), studio, {
      notices,
      library,
      selection: () => store.getState().selection,
    }),
    liveCurve: createLiveCurveSlice(accessSlice(store, 'liveCurve'), studio, notices),
    explore: createExploreSlice(accessSlice(store, 'explore'), studio),
    display: createDisplaySlice(accessSlice(store, 'display')),
    badPixels: createBadPixelsSlice(accessSlice(store, 'badPixels')),
    pictures: createPicturesSlice(accessSlice(store, 'pictures'), studio, notices),
    colour: createColourSlice(accessSlice(store, 'colour')),
    settings: createSettingsSlice(accessSlice(store, 'settings'), keeper),
    panels: createPanelsSlice(accessSlice(store, 'panels')),
    targets: createTargetsSlice(accessSlice(store, 'targets'), studio, notices),
    provenance: createProvenanceSlice(accessSlice(store, 'provenance'), studio),
    project: createProjectSlice(accessSlice(store, 'project'), studio, {
      notices,
      library,
      orders: () => store.getState().orders,
    }),
    room: createRoomSlice(accessSlice(store, 'room'), studio, { notices, library }),
    instruments: createInstrumentsSlice(accessSlice(store, 'instruments'), studio, notices),
    sky: createSkySlice(accessSlice(store, 'sky'), studio, {
      notices,
      orders: () => store.getState().orders,
      panels: () => store.getState().panels,
    }),
  })
  followGrid(store)
  return store
}
