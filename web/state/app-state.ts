import type { StoreApi } from 'zustand/vanilla'
import type { BadPixelsSlice } from './bad-pixels-slice'
import type { CalibrationSlice } from './calibration-slice'
import type { ColourSlice } from './colour-slice'
import type { DisplaySlice } from './display-slice'
import type { ExploreSlice } from './explore-slice'
import type { InstrumentsSlice } from './instruments-slice'
import type { IntakeSlice } from './intake-slice'
import type { LibrarySlice } from './library-slice'
import type { LiveCurveSlice } from './live-curve-slice'
import type { NoticesSlice } from './notices-slice'
import type { OrdersSlice } from './orders-slice'
import type { PicturesSlice } from './pictures-slice'
import type { ProjectSlice } from './project-slice'
import type { ProvenanceSlice } from './provenance-slice'
import type { RoomSlice } from './room-slice'
import type { SelectionSlice } from './selection-slice'
import type { SettingsSlice } from './settings-slice'
import type { SkySlice } from './sky-slice'
import type { SliceAccess } from './slice-access'
import type { StacksSlice } from './stacks-slice'
import type { TargetsSlice } from './targets-slice'
import type { StarsSlice } from './stars-slice'
import type { PanelsSlice } from './panels-slice'

/** Everything that the page remembers: ids, summaries and choices. Pixels never come here. */
export interface AppState {
  readonly library: LibrarySlice
  readonly intake: IntakeSlice
  readonly selection: SelectionSlice
  readonly orders: OrdersSlice
  readonly calibration: CalibrationSlice
  readonly stars: StarsSlice
  readonly stacks: StacksSlice
  readonly liveCurve: LiveCurveSlice
  readonly explore: ExploreSlice
  readonly display: DisplaySlice
  readonly colour: ColourSlice
  readonly badPixels: BadPixelsSlice
  readonly pictures: PicturesSlice
  readonly settings: SettingsSlice
  readonly notices: NoticesSlice
  readonly panels: PanelsSlice
  readonly provenance: ProvenanceSlice
  readonly targets: TargetsSlice
  readonly project: ProjectSlice
  readonly room: RoomSlice
  readonly instruments: InstrumentsSlice
  readonly sky: SkySlice
}

export type AppStore = StoreApi<AppState>

/** The view that one slice has of the store. */
export const accessSlice = <Name extends keyof AppState>(
  store: AppStore,
  name: Name,
): SliceAccess<AppState[Name]> => ({
  get: () => store.getState()[name],
  set: (change) =>
    store.setState((state) => ({
      [name]: { ...state[name], ...(typeof change === 'function' ? change(state[name]) : change) },
    })),
})
