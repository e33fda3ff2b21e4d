import type { Header } from '../../core/header'
import { chooseNewest, type PlateSolutionRecord } from '../../core/plate-solution'
import { mapToOriginal, type ReducedRecord } from '../../core/reduced'
import { composeTransforms, IDENTITY_TRANSFORM, type Transform } from '../../core/transform'
import { moveTanSip } from '../../science/astrometry/move-tan-sip'
import { tanSipToWcs } from '../../science/astrometry/tan-sip-to-wcs'
import { readWcs } from '../../science/astrometry/wcs/read-wcs'
import type { Wcs } from '../../science/astrometry/wcs/wcs'
import type { Workspace } from '../../storage/workspace'
import { wcsOfGrid } from '../registration/sky-grid-wcs'
import { moveHeader } from './move-header'

/** Where a frame is on the sky. */
export interface FrameWcs {
  /** Counts in the frame's own pixels, from 0: plain data, for `createTransform` or `createIcrsTransform`. */
  readonly wcs: Wcs
  /** Solved here, as the header of the original says, or laid out so (stacks and frames that were registered by world coordinates). */
  readonly source: 'solved' | 'header' | 'grid'
  /** The exposure whose solution or header it comes from: of a registered frame or a stack commonly that of the reference. */
  readonly exposure: string
  /** Null where it comes from a header. */
  readonly solution: PlateSolutionRecord | null
}

type Stores = Pick<Workspace, 'exposures' | 'headers' | 'plateSolutions' | 'reduced' | 'stacks'>

/** An exposure, and the map from the pixels of a frame to those of that exposure's original. */
interface Grid {
  readonly exposure: string
  readonly toOriginal: Transform
}

/** The solution of an exposure that counts; null where it was never solved. A plane of a cube has that of the cube. */
export const findSolution = async (
  workspace: Pick<Workspace, 'plateSolutions'>,
  exposure: string,
): Promise<PlateSolutionRecord | null> =>
  chooseNewest(await workspace.plateSolutions.listBy('exposure', exposure))

const gridsOfReduced = async (workspace: Stores, reduced: ReducedRecord): Promise<Grid[]> => {
  const own = { exposure: reduced.exposure, toOriginal: mapToOriginal(reduced.calibration) }
  if (reduced.registration === null) return [own]
  // Resampled to the grid of its reference; its own pixels lie where the registration says.
  const { reference, transform } = reduced.registration
  const moved = { ...own, toOriginal: composeTransforms(own.toOriginal, transform) }
  const first = await workspace.reduced.get(reference)
  return first === undefined
    ? [moved]
    : [{ exposure: first.exposure, toOriginal: mapToOriginal(first.calibration) }, moved]
}

/** The originals whose solution would do, the best one first. */
const listGrids = async (workspace: Stores, frame: string): Promise<Grid[]> => {
  const stack = await workspace.stacks.get(frame)
  if (stack !== undefined) {
    const ids = stack.reference === null ? stack.frames : [stack.reference, ...stack.frames]
    const frames = await workspace.reduced.getMany([...new Set(ids)])
    return (await Promise.all(frames.map((each) => gridsOfReduced(workspace, each)))).flat()
  }
  const reduced = await workspace.reduced.get(frame)
  if (reduced !== undefined) return gridsOfReduced(workspace, reduced)
  return [{ exposure: frame.split('/')[0]!, toOriginal: IDENTITY_TRANSFORM }]
}

/** Pixels that were laid out on the sky to begin with. */
const findGrid = async (workspace: Stores, frame: string): Promise<FrameWcs | null> => {
  const stack = await workspace.stacks.get(frame)
  const registration = stack === undefined ? (await workspace.reduced.get(frame))?.registration : null
  const grid = stack?.grid ?? registration?.grid ?? null
  if (grid === null) return null
  const reference = stack?.reference ?? stack?.frames[0] ?? registration?.reference ?? ''
  const exposure = (await workspace.reduced.get(reference))?.exposure ?? reference
  return { wcs: wcsOfGrid(grid), source: 'grid', exposure, solution: null }
}

const readHeaderWcs = (header: Header, toOriginal: Transform): Wcs | null => {
  const { a: step, b, c: left, d, e, f: top } = toOriginal
  // A header is moved by whole pixels and squares of them alone.
  if (b !== 0 || d !== 0 || e !== step) return null
  try {
    return readWcs(moveHeader(header, { step, left, top }))
  } catch {
    // What cannot be read is said where the header is shown; a frame without coordinates can be solved.
    return null
  }
}

/**
 * Where a frame is on the sky, for an exposure (or a plane of a cube), a calibrated or registered frame, or a stack: as it was solved, or
 * as a frame says that lies in the same grid, or else as the header of the original says. Null where nobody knows.
 */
export const findFrameWcs = async (workspace: Stores, frame: string): Promise<FrameWcs | null> => {
  const laid = await findGrid(workspace, frame)
  if (laid !== null) return laid
  const grids = await listGrids(workspace, frame)
  for (const { exposure, toOriginal } of grids) {
    const solution = await findSolution(workspace, exposure)
    if (solution !== null)
      return { wcs: tanSipToWcs(moveTanSip(solution.wcs, toOriginal)), source: 'solved', exposure, solution }
  }
  for (const { exposure, toOriginal } of grids) {
    const header = await workspace.headers.get(exposure)
    const wcs = header === undefined ? null : readHeaderWcs(header.cards, toOriginal)
    if (wcs !== null) return { wcs, source: 'header', exposure, solution: null }
  }
  return null
}
