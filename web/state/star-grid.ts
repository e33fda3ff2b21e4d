import { mapToOriginal } from '../core/reduced'
import { applyTransform, composeTransforms, invertTransform, type Transform } from '../core/transform'
import { foreseePlace } from '../pipeline/calibration/foresee-place'
import type { AppState, AppStore } from './app-state'
import { deriveCurrentNight } from './current-night'
import type { StarsSlice } from './stars-slice'

/** What a person picked on the pictures, in pixels of the reference as it is calibrated. */
export type PickedStars = Pick<StarsSlice, 'target' | 'comparisons' | 'radius' | 'annulus'>

type GridState = Parameters<typeof deriveCurrentNight>[0] & Pick<AppState, 'calibration'>

/**
 * Maps pixels that stars are kept in to pixels of the originals: `now` for frames as they are calibrated, or will be where none is yet;
 * `next` for those that an order of now would make. They differ in the trim, and by two where one colour is taken.
 */
const findGrids = (state: GridState): { readonly now: Transform; readonly next: Transform } | null => {
  const { lights, calibrated, reference } = deriveCurrentNight(state)
  const light = lights.find(({ id }) => id === reference) ?? lights[0]
  if (light === undefined) return null
  const next = foreseePlace(light, state.calibration.choices)
  const made = calibrated.get(light.id)
  return { now: made === undefined ? next : mapToOriginal(made.calibration), next }
}

const isSame = (a: Transform, b: Transform): boolean => a.a === b.a && a.c === b.c && a.f === b.f

/** The same stars in other pixels. */
export const moveStars = (stars: PickedStars, from: Transform, to: Transform): PickedStars => {
  const map = composeTransforms(invertTransform(to), from)
  const { target, comparisons, radius, annulus } = stars
  return {
    target: target === null ? null : applyTransform(map, target),
    comparisons: comparisons.map((point) => applyTransform(map, point)),
    radius: radius === 'best' ? radius : map.a * radius,
    annulus: annulus === null ? null : [map.a * annulus[0], map.a * annulus[1]],
  }
}

/** The stars that are picked, in pixels of the frames that an order of now would calibrate. */
export const starsOfNextOrder = (state: GridState): PickedStars => {
  const grids = state.stars.target === null ? null : findGrids(state)
  return grids === null || isSame(grids.now, grids.next)
    ? state.stars
    : moveStars(state.stars, grids.now, grids.next)
}

/** Keeps picked stars where they are in the sky when frames come to be calibrated with another trim, or in one colour. */
export const followGrid = (store: AppStore): (() => void) =>
  store.subscribe((state, before) => {
    if (state.stars.target === null && state.stars.comparisons.length === 0) return
    if (
      state.library.reduced === before.library.reduced &&
      state.calibration.choices === before.calibration.choices
    )
      return
    const [from, to] = [findGrids(before), findGrids(state)]
    if (from === null || to === null || isSame(from.now, to.now)) return
    store.setState({ stars: { ...state.stars, ...moveStars(state.stars, from.now, to.now) } })
  })
