import type { SliceAccess } from './slice-access'

/** Which pixels of a frame are looked at: as taken, with masters applied, laid over the reference, or the furthest of these. */
export type ShownStage = 'best' | 'raw' | 'calibrated' | 'registered'

/** A place on a frame that a row of a table speaks of; pixels of that frame, 0-based. */
export interface Spot {
  readonly exposure: string
  readonly label: string
  readonly x: number
  readonly y: number
  /** Of the aperture; null where nothing was measured. */
  readonly radius: number | null
}

export interface SelectionSlice {
  /** Key of the night that is open (group-nights); null for the latest. */
  readonly night: string | null
  /** Exposure that is looked at. */
  readonly frame: string | null
  /** A master or a stack that is looked at instead of a frame. */
  readonly master: string | null
  /** In place of the stack that is open one of its frames is shown. */
  readonly single: boolean
  /** Curve that a person opened; null shows the latest of the night. */
  readonly curve: string | null
  /** Report of a camera that a person opened; null shows the latest. */
  readonly cameraReport: string | null
  readonly stage: ShownStage
  /** Of a cube the plane that is looked at, 0-based. */
  readonly plane: number
  /** Exposures that an action applies to, in the order of the list. */
  readonly selected: readonly string[]
  /** Places that rows of a table speak of. */
  readonly spots: readonly Spot[]
  /** True while the series runs by itself. */
  readonly blinking: boolean
  readonly openNight: (key: string) => void
  readonly openFrame: (frame: string) => void
  readonly openMaster: (master: string) => void
  /** Back to the frame that was looked at before. */
  readonly closeMaster: () => void
  readonly showSingle: (single: boolean) => void
  readonly openCurve: (curve: string | null) => void
  readonly openCameraReport: (report: string | null) => void
  readonly showStage: (stage: ShownStage) => void
  readonly showPlane: (plane: number) => void
  readonly select: (frames: readonly string[]) => void
  readonly setBlinking: (blinking: boolean) => void
  readonly markSpots: (spots: readonly Spot[]) => void
}

export const createSelectionSlice = ({ set }: SliceAccess<SelectionSlice>): SelectionSlice => {
  return {
    night: null,
    frame: null,
    master: null,
    single: false,
    curve: null,
    cameraReport: null,
    stage: 'best',
    plane: 0,
    selected: [],
    spots: [],
    blinking: false,
    openNight: (night) =>
      set({
        night,
        frame: null,
        master: null,
        curve: null,
        plane: 0,
        selected: [],
        spots: [],
        blinking: false,
      }),
    openFrame: (frame) => set({ frame, master: null, plane: 0 }),
    openCameraReport: (cameraReport) => set({ cameraReport }),
    openMaster: (master) => set({ master, single: false, blinking: false }),
    closeMaster: () => set({ master: null }),
    showSingle: (single) => set({ single }),
    openCurve: (curve) => set({ curve }),
    showStage: (stage) => set({ stage, master: null }),
    showPlane: (plane) => set({ plane }),
    select: (selected) => set({ selected }),
    setBlinking: (blinking) => set({ blinking }),
    markSpots: (spots) => set({ spots }),
  }
}
