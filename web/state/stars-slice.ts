import type { MasterChoice } from '../core/reduced'
import type { Point } from '../core/image'
import type { SliceAccess } from './slice-access'

export interface StarsSlice {
  /** Pixel position on the reference frame; null until it is picked. */
  readonly target: Point | null
  /** Comparisons that a person picked, on the reference frame; empty lets the app propose. */
  readonly comparisons: readonly Point[]
  /** Pixels. 'best' lets the scatter decide. */
  readonly radius: number | 'best'
  /** Inner and outer radius of the sky in pixels; null lets the app choose. */
  readonly annulus: readonly [number, number] | null
  /** ICRS degrees of the target, when a person gave them: the header's pointing may be minutes of arc off. */
  readonly position: { readonly ra: number; readonly dec: number } | null
  readonly detrend: readonly string[]
  /** Masters that a person chose against the rules, or 'none', by kind; they hold for every later order of this night. */
  readonly masters: Readonly<Partial<Record<MasterChoice['kind'], string>>>
  /** The same for single frames, by their ids; 'auto' keeps to the rules where something else is chosen for all. */
  readonly frameMasters: Readonly<Record<string, Readonly<Partial<Record<MasterChoice['kind'], string>>>>>
  /** What a click on the picture does. */
  readonly picking: 'target' | 'comparison' | null
  readonly setTarget: (target: Point | null) => void
  readonly setComparisons: (comparisons: readonly Point[]) => void
  readonly setRadius: (radius: number | 'best') => void
  readonly setAnnulus: (annulus: readonly [number, number] | null) => void
  readonly setPosition: (position: StarsSlice['position']) => void
  readonly setDetrend: (detrend: readonly string[]) => void
  readonly setPicking: (picking: StarsSlice['picking']) => void
  /** 'auto' goes back to the rules. */
  readonly chooseMaster: (kind: MasterChoice['kind'], master: string) => void
  /** For these frames alone; 'auto' goes back to what holds for all. */
  readonly chooseMasterFor: (frames: readonly string[], kind: MasterChoice['kind'], master: string) => void
  /** Another night has other stars. */
  readonly forget: () => void
}

export const createStarsSlice = ({ set }: SliceAccess<StarsSlice>): StarsSlice => {
  return {
    target: null,
    comparisons: [],
    radius: 'best',
    annulus: null,
    position: null,
    detrend: ['airmass'],
    masters: {},
    frameMasters: {},
    picking: null,
    setTarget: (target) => set({ target, masters: {}, frameMasters: {}, picking: null }),
    setComparisons: (comparisons) => set({ comparisons }),
    setRadius: (radius) => set({ radius }),
    setAnnulus: (annulus) => set({ annulus }),
    setPosition: (position) => set({ position }),
    setDetrend: (detrend) => set({ detrend }),
    setPicking: (picking) => set({ picking }),
    chooseMaster: (kind, master) =>
      set(({ masters }) => {
        const { [kind]: _former, ...others } = masters
        return { masters: master === 'auto' ? others : { ...others, [kind]: master } }
      }),
    chooseMasterFor: (frames, kind, master) =>
      set(({ frameMasters, masters }) => {
        // What is chosen for all has to be taken back by name for the one that keeps to the rules.
        const wanted = master === 'auto' && masters[kind] === undefined ? undefined : master
        const changed = Object.fromEntries(
          frames.map((frame) => {
            const { [kind]: _former, ...others } = frameMasters[frame] ?? {}
            return [frame, wanted === undefined ? others : { ...others, [kind]: wanted }]
          }),
        )
        const kept = Object.entries({ ...frameMasters, ...changed }).filter(
          ([, choice]) => Object.keys(choice).length > 0,
        )
        return { frameMasters: Object.fromEntries(kept) }
      }),
    forget: () =>
      set({
        target: null,
        comparisons: [],
        radius: 'best',
        annulus: null,
        position: null,
        masters: {},
        frameMasters: {},
        picking: null,
      }),
  }
}
