import { AsterismError } from '../../../core/errors'
import { effectiveFacts, type ExposureRecord } from '../../../core/frame'
import { readNumber } from '../../../core/header'
import type { LightCurveRecord } from '../../../core/light-curve'
import type { ReducedRecord } from '../../../core/reduced'
import type { StackRecord } from '../../../core/stack'
import { IDENTITY_TRANSFORM } from '../../../core/transform'
import type { Workspace } from '../../../storage/workspace'
import { gatherMaps } from './gather-maps'
import { gatherMasters } from './gather-masters'
import { groupLights } from './group-lights'
import { nameFrames } from './name-things'
import type { CurveToMeasure, NotebookPlan, OriginalFile, StackToMake } from './notebook-plan'
import { refuse, refuseCalibration, refuseForeign, refuseStackCombine } from './refuse-recipe'

/** Records that a notebook begins from. */
interface Roots {
  readonly title: string
  readonly masters: readonly string[]
  readonly reduced: readonly ReducedRecord[]
  readonly stacks: readonly StackRecord[]
  readonly curves: readonly LightCurveRecord[]
  readonly leftOut: readonly string[]
}

const NONE: Roots = { title: '', masters: [], reduced: [], stacks: [], curves: [], leftOut: [] }

const isResampled = ({ registration }: ReducedRecord): boolean => registration !== null

const readStackFrames = async (workspace: Workspace, stack: StackRecord): Promise<ReducedRecord[]> => {
  const frames = await workspace.reduced.getMany(stack.frames)
  if (frames.length < stack.frames.length)
    refuse('frames of this stack are gone from the workspace.', stack.id)
  if (frames.some(isResampled))
    refuse(
      'its frames were registered and resampled, which has no counterpart to the last digits in Python. Its calibrated frames and its light curve can be.',
      stack.id,
    )
  refuseStackCombine(stack.combine, stack.id)
  return frames
}

/** What the steps of an order left, as far as it can be done again; the rest is told in the notebook. */
const rootsOfOrder = async (workspace: Workspace, id: string): Promise<Roots> => {
  const steps = await workspace.steps.listBy('order', id)
  const outputs = [...new Set(steps.flatMap((step) => step.outputs))]
  const reduced = await workspace.reduced.getMany(outputs)
  const leftOut: string[] = []
  const stacks: StackRecord[] = []
  for (const stack of await workspace.stacks.getMany(outputs)) {
    try {
      await readStackFrames(workspace, stack)
      stacks.push(stack)
    } catch (error) {
      if (!(error instanceof AsterismError)) throw error
      leftOut.push(`${stack.name}: ${error.message}`)
    }
  }
  const masters = await workspace.masters.getMany(outputs)
  return {
    title: `Work order ${id}`,
    // A map of bad pixels is taken as it is, by the frames that it is for.
    masters: masters.filter(({ kind }) => kind !== 'master-bad-pixels').map((master) => master.id),
    reduced: reduced.filter((frame) => !isResampled(frame)),
    stacks,
    curves: await workspace.lightcurves.getMany(outputs),
    leftOut,
  }
}

const findRoots = async (workspace: Workspace, id: string): Promise<Roots> => {
  const master = await workspace.masters.get(id)
  if (master !== undefined) return { ...NONE, title: master.name, masters: [id] }
  const reduced = await workspace.reduced.get(id)
  if (reduced !== undefined) {
    if (isResampled(reduced))
      refuse('a registered frame is resampled. Ask for the calibrated frame that it was made from.', id)
    return { ...NONE, title: reduced.name, reduced: [reduced] }
  }
  const stack = await workspace.stacks.get(id)
  if (stack !== undefined) return { ...NONE, title: stack.name, stacks: [stack] }
  const curve = await workspace.lightcurves.get(id)
  if (curve !== undefined) return { ...NONE, title: curve.name, curves: [curve] }
  if ((await workspace.orders.get(id)) !== undefined) return rootsOfOrder(workspace, id)
  throw new AsterismError(
    'not-found',
    `There is no master, calibrated frame, stack, light curve or order with the id ${id}.`,
    { id },
  )
}

const gatherCurve = async (
  workspace: Workspace,
  curve: LightCurveRecord,
): Promise<{ curve: CurveToMeasure; frames: ReducedRecord[] }> => {
  const table = await workspace.photometryTables.get(curve.table)
  const measured = await workspace.photometryFrames.getMany(curve.inputs.slice(1))
  if (curve.inputs[0] !== table?.id || table === undefined || measured.length !== curve.columns.frame.length)
    return refuse(
      'this curve was measured while a person dragged on the page, or its measurements are gone. Draw it by an order first.',
      curve.id,
    )
  const registered = await workspace.reduced.getMany(measured.map(({ frame }) => frame))
  const frames = new Map(registered.map((frame) => [frame.id, frame]))
  const starAt = ({ x, y }: { x: number; y: number }) =>
    table.stars.findIndex((star) => star.x === x && star.y === y)
  const stars = [curve.target, ...curve.comparisons].map(starAt)
  const radius = table.radii.indexOf(curve.radius)
  if (stars.includes(-1) || radius < 0 || registered.length !== measured.length)
    return refuse('its stars or frames are not those of its table any more.', curve.id)
  return {
    curve: {
      name: curve.name,
      record: curve,
      table,
      stars,
      radius,
      points: measured.map((one) => ({
        file: one.exposure,
        measured: one,
        transform: frames.get(one.frame)?.registration?.transform ?? IDENTITY_TRANSFORM,
      })),
    },
    // Stars are measured on the calibrated pixels, whatever transform the frame has.
    frames: registered.map((frame) => ({ ...frame, registration: null })),
  }
}

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

/** Everything behind a master, a calibrated frame, a stack of frames as they lie, a light curve, or an order. */
export const gatherPlan = async (workspace: Workspace, id: string): Promise<NotebookPlan> => {
  const roots = await findRoots(workspace, id)
  const stackFrames = await Promise.all(roots.stacks.map((stack) => readStackFrames(workspace, stack)))
  const curves = await Promise.all(roots.curves.map((curve) => gatherCurve(workspace, curve)))
  const reduced = [
    ...new Map(
      [...curves.flatMap(({ frames }) => frames), ...stackFrames.flat(), ...roots.reduced].map((frame) => [
        frame.exposure,
        frame,
      ]),
    ).values(),
  ]
  for (const frame of reduced) refuseCalibration(frame.calibration, frame.id)
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
  const stacks = roots.stacks.map((record, index): StackToMake => {
    const own = (stackFrames[index] ?? []).map(({ exposure }) => exposure)
    return {
      name: roots.stacks.length === 1 ? 'stack' : `stack_${index + 1}`,
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
    lights: groupLights(reduced, { masters: made, maps }, byId),
    stacks,
    curves: curves.map(({ curve }) => ({
      ...curve,
      points: curve.points.map((point) => ({ ...point, file: nameOf(point.file) })),
    })),
    leftOut: roots.leftOut,
  }
}
