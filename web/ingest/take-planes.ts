import { AsterismError } from '../core/errors'
import { MOST_PLANES, summariseExposure, type ExposureRecord, type FrameSummary } from '../core/frame'
import type { Header, HeaderCard } from '../core/header'
import { throwIfAborted, type Task } from '../core/task'
import type { IngestReport } from '../core/work-order'
import { countPlanes, locatePlane, planeCards } from '../science/fits'
import type { Workspace } from '../storage/workspace'

/** So many frames are kept in one transaction; between two a cancel is heard. */
const TOGETHER = 100

const IS_CUBE = /^This is a cube/

/**
 * One plane of a cube as a frame of its own, 0-based: the same bytes, read from where the plane begins. Its id and name are the cube's with
 * the number of the plane, counted from 1 as FITS counts.
 */
export const readPlane = (
  cube: ExposureRecord,
  cards: Header,
  plane: number,
): { readonly exposure: ExposureRecord; readonly cards: HeaderCard[] } => {
  const planes = countPlanes(cards)
  const { factWarnings = 0, planes: _planes, ...rest } = cube
  return {
    exposure: {
      ...rest,
      id: `${cube.id}-plane${plane + 1}`,
      name: `${cube.name}[plane ${plane + 1}]`,
      pixels: locatePlane(cube, plane, planes),
      plane: { cube: cube.id, number: plane + 1, of: planes },
      warnings: cube.warnings.filter((text, index) => index < factWarnings || !IS_CUBE.test(text)),
      factWarnings,
      corrections: cube.corrections,
      excluded: false,
    },
    cards: planeCards(cards, plane, planes),
  }
}

const checkPlanes = (planes: readonly number[]): void => {
  if (!Array.isArray(planes) || planes.length === 0)
    throw new AsterismError('not-found', 'No plane of the cube is named. Planes are numbers, counted from 1.')
  if (planes.length > MOST_PLANES)
    throw new AsterismError(
      'too-large',
      `${planes.length} planes are wanted; at most ${MOST_PLANES} can be made at once.`,
      { planes: planes.length },
    )
}

/**
 * Makes frames of planes of a cube that is in the workspace, 0-based, and keeps them; no pixel is copied. Planes that are frames already
 * come back as they are kept, with `duplicate`; one that was removed comes back as it was read. What was made before a cancel stays.
 */
export const takePlanes = async (
  workspace: Pick<Workspace, 'exposures' | 'headers' | 'saveExposures'>,
  frame: string,
  planes: readonly number[],
  task: Task,
): Promise<IngestReport> => {
  checkPlanes(planes)
  const cube = await workspace.exposures.get(frame)
  const header = await workspace.headers.get(frame)
  if (cube === undefined || header === undefined)
    throw new AsterismError('not-found', 'This cube is not in the workspace.', { frame })
  const wanted = [...new Set(planes)]
  // All of them are looked for before the first is made.
  for (const plane of wanted) locatePlane(cube, plane, countPlanes(header.cards))
  const frames: FrameSummary[] = []
  for (let start = 0; start < wanted.length; start += TOGETHER) {
    throwIfAborted(task)
    task.report({ label: cube.name, done: start, total: wanted.length })
    const made = wanted.slice(start, start + TOGETHER).map((plane) => readPlane(cube, header.cards, plane))
    const found = await workspace.exposures.getMany(made.map(({ exposure }) => exposure.id))
    const known = new Map(
      found.filter(({ removedAt }) => removedAt === undefined).map((record) => [record.id, record]),
    )
    await workspace.saveExposures(made.filter(({ exposure }) => !known.has(exposure.id)))
    for (const { exposure } of made) {
      const kept = known.get(exposure.id)
      frames.push(
        kept === undefined ? summariseExposure(exposure) : { ...summariseExposure(kept), duplicate: true },
      )
    }
  }
  task.report({ label: cube.name, done: wanted.length, total: wanted.length })
  return { batch: cube.batch, frames, rejected: [] }
}
