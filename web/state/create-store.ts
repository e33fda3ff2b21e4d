import { createStore } from 'zustand/vanilla'
import type { Studio } from '../engine/studio'
import type { AppState, AppStore } from './app-state'
import { createDisplaySlice } from './display-slice'
import { createLibrarySlice } from './library-slice'
import { createLiveCurveSlice } from './live-curve-slice'
import { createNoticesSlice } from './notices-slice'
import { createOrdersSlice } from './orders-slice'
import { createPanelsSlice } from './panels-slice'
import { createSelectionSlice } from './selection-slice'
import { createSettingsSlice, localKeeper, type ChoiceKeeper } from './settings-slice'
import { createStarsSlice } from './stars-slice'

/** The page's memory over one studio. Slices find each other through the store, never through imports of instances. */
export const createAppStore = (studio: Studio, keeper: ChoiceKeeper = localKeeper): AppStore => {
  // Slices are functions of the store, so the store is there first and is filled at once.
  const store: AppStore = createStore<AppState>(() => ({}) as AppState)
  store.setState({
    notices: createNoticesSlice(store),
    library: createLibrarySlice(store, studio),
    selection: createSelectionSlice(store),
    orders: createOrdersSlice(store, studio),
    stars: createStarsSlice(store),
    liveCurve: createLiveCurveSlice(store, studio),
    display: createDisplaySlice(store),
    settings: createSettingsSlice(store, keeper),
    panels: createPanelsSlice(store),
  })
  return store
}
