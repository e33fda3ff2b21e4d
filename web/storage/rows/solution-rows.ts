import type { PlateSolutionRecord } from '../../core/plate-solution'
import type { Row } from '../../core/work-order'
import { orNull, readAsked, type RowSource } from './row-source'

const toSolutionRow = (solution: PlateSolutionRecord): Row => ({
  id: solution.id,
  exposure: solution.exposure,
  name: solution.name,
  frame: solution.frame,
  order: solution.order,
  rightAscension: orNull(solution.center[0]),
  declination: orNull(solution.center[1]),
  pixelScale: orNull(solution.scale),
  rotation: orNull(solution.rotation),
  centerError: orNull(solution.errors?.center ?? Number.NaN),
  scaleError: orNull(solution.errors?.scale ?? Number.NaN),
  rotationError: orNull(solution.errors?.rotation ?? Number.NaN),
  parity: solution.parity,
  sipOrder: solution.sipOrder,
  matched: solution.matched.x.length,
  unmatchedStars: solution.unmatchedStars.x.length,
  unmatchedReferences: solution.unmatchedReferences.x.length,
  rms: orNull(solution.rmsArcseconds),
  rmsPixels: orNull(solution.rmsPixels),
  logOdds: orNull(solution.logOdds),
  catalogue: solution.catalogue.id,
  epoch: orNull(solution.catalogue.epoch),
  hint: solution.hints.source,
  neighbour: solution.neighbour,
  seconds: orNull(solution.seconds),
  createdAt: solution.createdAt,
  flags: [...solution.flags],
  inputs: [...solution.inputs],
})

/** A row for each solution, oldest first; of several of an exposure the last one counts. */
export const solutionRows: RowSource = async (workspace, filter) => {
  const solutions = await readAsked(workspace.plateSolutions, filter, {
    id: 'id',
    indexes: { exposure: 'exposure', order: 'order' },
  })
  return solutions.toSorted((a, b) => a.createdAt - b.createdAt).map(toSolutionRow)
}
