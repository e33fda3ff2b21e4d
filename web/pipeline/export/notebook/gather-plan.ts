import { AsterismError } from '../../../core/errors'
import { effectiveFacts, type ExposureRecord } from '../../../core/frame'
import { readNumber } from '../../../core/header'
import type { ReducedRecord } from '../../../core/reduced'
import type { Workspace } from '../../../storage/workspace'
import { unpackSkyFit, type SkyFit } from '../../strips/sky-fit'
import { findRoots } from './find-roots'
import { gatherMaps } from './gather-maps'
import { gatherMasters } from './gather-masters'
import { groupLights } from './group-lights'
import { nameFrames } from './name-things'
import type { NotebookPlan, OriginalFile, StackToMake } from './notebook-plan'
import { refuseForeign } from './refuse-recipe'

const PLANE_ID = /-plane(\d+)$/

const toFile = (exposure: ExposureRecord, name: string, isCube: boolean): OriginalFile => {
  const own = PLANE_ID.exec(exposure.id)?.[1]
  const plane = exposure.pixels.plane ?? (own === undefined ? 0 : Number(own) - 1)
  return { name, exposure, plane: isCube || own !== undefined ? plane : null }
}

const readFiles = async (workspace: Workspace, ids: readonly string[]): Promise<OriginalFile[]> => {
  const exposures = await workspace.exposures.getMany([...new Set(ids)])
  if (exposures.length < new Set(ids).size)
    throw new AsterismError('not-found', 'Raw frames that this was made from are gone from the workspace.')
  for (const exposure of exposures) refuseForeign(exposure)
  const headers = await workspace.headers.getMany(exposures.map(({ id }) => id))
  const cubes = new Set(
    headers.filter(({ cards }) => (readNumber(cards, 'NAXIS') ?? 2) > 2).map(({ id }) => id),
  )
  const names = nameFrames(exposures)
  return exposures.map((exposure) => toFile(exposure, names.get(exposure.id) ?? '', cubes.has(exposure.id)))
}

/** What was fitted to the sky of each frame, by its exposure. */
const readSkies = async (
  workspace: Workspace,
  reduced: readonly ReducedRecord[],
): Promise<Map<string, SkyFit>> => {
  const skies = new Map<string, SkyFit>()
  for (const { exposure, calibration } of reduced)
    if (calibration.sky != null)
      skies.set(exposure, unpackSkyFit(await workspace.pixels.read(calibration.sky.fit)))
  return skies
}

/** Everything behind a master, a calibrated frame, a stack of frames as they lie, a light curve, or an order. */
export const gatherPlan = async (workspace: Workspace, id: string): Promise<NotebookPlan> => {
  const roots = await findRoots(workspace, id)
  const { stacks: foundStacks, curves } = roots
  const reduced = [
    ...new Map(
      [...curves, ...foundStacks]
        .flatMap(({ frames }) => frames)
        .concat(roots.reduced)
        .map((frame) => [frame.exposure, frame]),
    ).values(),
  ]
  const ofLights = reduced.flatMap(({ calibration }) => [
    calibration.bias,
    calibration.dark,
    calibration.flat,
  ])
  const masters = await gatherMasters(workspace, [
    ...roots.masters,
    ...ofLights.filter((master) => master !== null),
  ])
  const maps = await gatherMaps(
    workspace,
    reduced.flatMap(({ calibration }) => calibration.badPixels?.map ?? []),
  )
  const skies = await readSkies(workspace, reduced)
  const files = await readFiles(workspace, [
    ...masters.flatMap(({ record }) => record.frames),
    ...reduced.map(({ exposure }) => exposure),
  ])
  const byId = new Map(files.map((file) => [file.exposure.id, file]))
  const nameOf = (exposure: string): string => byId.get(exposure)?.name ?? exposure
  const secondsOf = (exposure: string): number | null => {
    const file = byId.get(exposure)
    return file === undefined ? null : effectiveFacts(file.exposure).exposure
  }
  const made = masters.map((master) => ({
    ...master,
    files: master.record.frames.map(nameOf),
    seconds: master.record.frames.map(secondsOf),
  }))
  const stacks = foundStacks.map(({ record, frames }, index): StackToMake => {
    const own = frames.map(({ exposure }) => exposure)
    return {
      name: foundStacks.length === 1 ? 'stack' : `stack_${index + 1}`,
      record,
      files: own.map(nameOf),
      reference: nameOf(own[0] ?? ''),
      seconds: own.map(secondsOf),
    }
  })
  return {
    title: roots.title,
    root: id,
    files,
    masters: made,
    maps,
    lights: groupLights(reduced, { masters: made, maps, skies }, byId),
    stacks,
    curves: curves.map(({ curve }) => ({
      ...curve,
      points: curve.points.map((point) => ({ ...point, file: nameOf(point.file) })),
    })),
    leftOut: roots.leftOut,
  }
}
