import type { Assignment } from './plan-calibration'
import type { Draft } from './plan-draft'

/** Maps of bad pixels, each made once, after the masters that it is made from. */
export const addMaps = (
  add: (draft: Draft) => string,
  assignments: readonly Assignment[],
  masters: ReadonlyMap<string, string>,
): string[] => {
  const maps = new Map(assignments.flatMap(({ map }) => (map === null ? [] : [[map.id, map] as const])))
  return [...maps.values()].map((map) =>
    add({
      name: 'map-bad-pixels',
      frames: [],
      parameters: { ...map },
      after: [map.dark, map.flat].flatMap((id) => (id === null ? [] : (masters.get(id) ?? []))),
    }),
  )
}

/** Bad pixels that are filled. */
const addFixing = (
  add: (draft: Draft) => string,
  assignments: readonly Assignment[],
  calibrate: string,
): Map<string, string[]> =>
  new Map(
    assignments.map(({ id, exposure, calibration }) => {
      if (calibration.badPixels?.how !== 'interpolate') return [id, [calibrate]]
      const draft = { name: 'fix-bad-pixels', frames: [exposure], parameters: { calibrated: id } }
      return [id, [calibrate, add({ ...draft, after: [calibrate] })]]
    }),
  )

/** Maps of fringes, each after the lights that it is made from. */
const addFringes = (
  add: (draft: Draft) => string,
  assignments: readonly Assignment[],
  fixed: ReadonlyMap<string, readonly string[]>,
): Map<string, string[]> => {
  const maps = new Map(
    assignments.flatMap(({ fringes }) => (fringes === null ? [] : [[fringes.id, fringes] as const])),
  )
  return new Map(
    [...maps.values()].map((map) => {
      const own = assignments.filter(({ fringes }) => fringes?.id === map.id)
      const after = [...new Set(own.flatMap(({ id }) => fixed.get(id) ?? []))]
      return [map.id, [add({ name: 'map-fringes', frames: map.frames, parameters: { ...map }, after })]]
    }),
  )
}

/** What the pixels of each calibrated frame wait for: its recipe, its bad pixels where they are filled, its cosmic rays where they are looked for. */
export const addCleaning = (
  add: (draft: Draft) => string,
  assignments: readonly Assignment[],
  calibrate: string,
): Map<string, string[]> => {
  const fixed = addFixing(add, assignments, calibrate)
  const maps = addFringes(add, assignments, fixed)
  return new Map(
    assignments.map(({ id, exposure, calibration, fringes }) => {
      const wait = [
        ...(fixed.get(id) ?? [calibrate]),
        ...(fringes === null ? [] : (maps.get(fringes.id) ?? [])),
      ]
      const work = (name: string) =>
        wait.push(add({ name, frames: [exposure], parameters: { calibrated: id }, after: [...wait] }))
      if (calibration.sky != null) work('fit-sky')
      if (calibration.cosmicRays != null) work('clean-cosmic-rays')
      return [id, wait]
    }),
  )
}
