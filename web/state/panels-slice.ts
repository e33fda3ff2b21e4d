import type { SliceAccess } from './slice-access'

export type PanelId =
  | 'image'
  | 'curve'
  | 'explore'
  | 'orders'
  | 'masters'
  | 'calibration'
  | 'targets'
  | 'settings'
  | 'provenance'
  | 'instruments'
  | 'camera'
  | 'check'
  | 'sky'
  | 'stack'
  | 'colour'

export interface PanelsSlice {
  readonly panel: PanelId
  /** On a small screen one sheet lies over the picture. */
  readonly sheet: 'none' | 'side' | 'inspector'
  readonly dialog: 'palette' | 'keys' | 'address' | null
  /** A demonstration runs: its steps are explained as they come. */
  readonly demonstration: 'none' | 'making' | 'road' | 'done'
  readonly open: (panel: PanelId) => void
  readonly showSheet: (sheet: PanelsSlice['sheet']) => void
  readonly showDialog: (dialog: PanelsSlice['dialog']) => void
  readonly setDemonstration: (demonstration: PanelsSlice['demonstration']) => void
}

export const createPanelsSlice = ({ set }: SliceAccess<PanelsSlice>): PanelsSlice => {
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
