import { createSetter, type AppStore } from './app-state'

export type PanelId = 'image' | 'curve' | 'explore' | 'orders' | 'settings'

export interface PanelsSlice {
  readonly panel: PanelId
  /** On a small screen one sheet lies over the picture. */
  readonly sheet: 'none' | 'side' | 'inspector'
  readonly dialog: 'palette' | 'keys' | 'address' | null
  /** A demonstration runs: its steps are explained as they come. */
  readonly demonstration: 'none' | 'making' | 'road' | 'done'
  open(panel: PanelId): void
  showSheet(sheet: PanelsSlice['sheet']): void
  showDialog(dialog: PanelsSlice['dialog']): void
  setDemonstration(demonstration: PanelsSlice['demonstration']): void
}

export const createPanelsSlice = (store: AppStore): PanelsSlice => {
  const set = createSetter(store, 'panels')
  return {
    panel: 'image',
    sheet: 'none',
    dialog: null,
    demonstration: 'none',
    open: (panel) => set({ panel, sheet: 'none' }),
    showSheet: (sheet) => set({ sheet }),
    showDialog: (dialog) => set({ dialog }),
    setDemonstration: (demonstration) => set({ demonstration }),
  }
}
