import { AsterismError } from '../../../core/errors'
import type { LightCurveRecord } from '../../../core/light-curve'
import { isCombinedKind } from '../../../core/master'
import type { ReducedRecord } from '../../../core/reduced'
import type { StackRecord } from '../../../core/stack'
import { IDENTITY_TRANSFORM } from '../../../core/transform'
import type { Workspace } from '../../../storage/workspace'
import type { CurveToMeasure } from './notebook-plan'
import { refuse, refuseCalibration, refuseRegistered, refuseStack } from './refuse-recipe'

/** Records that a notebook begins from. */
export interface Roots {
  readonly title: string
  readonly masters: readonly string[]
  readonly reduced: readonly ReducedRecord[]
  readonly stacks: readonly { readonly record: StackRecord; readonly frames: readonly ReducedRecord[] }[]
  /** Frames of a curve as they are calibrated: stars are measured there, whatever transform a frame has. */
  readonly curves: readonly { readonly curve: CurveToMeasure; readonly frames: readonly ReducedRecord[] }[]
  readonly leftOut: readonly string[]
}

const NONE: Roots = { title: '', masters: [], reduced: [], stacks: [], curves: [], leftOut: [] }

const isResampled = ({ registration }: ReducedRecord): boolean => registration !== null

/** A frame whose recipe the notebook has cells for; throws where it has none. */
const requireKnown = (frame: ReducedRecord): ReducedRecord => {
  refuseCalibration(frame.calibration, frame.id)
  return frame
}

const gatherStack = async (workspace: Workspace, stack: StackRecord): Promise<Roots['stacks'][number]> => {
  const frames = await workspace.reduced.getMany(stack.frames)
  if (frames.length < stack.frames.length)
    refuse('frames of this stack are gone from the workspace.', stack.id)
  refuseStack(stack)
  if (frames.some(isResampled)) refuseRegistered(stack.id)
  return { record: stack, frames: frames.map(requireKnown) }
}

const gatherCurve = async (
  workspace: Workspace,
  curve: LightCurveRecord,
): Promise<Roots['curves'][number]> => {
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
    frames: registered.map((frame) => requireKnown({ ...frame, registration: null })),
  }
}

/** Results that can be done again, and why the others cannot. */
const sortOut = async <Result extends { readonly id: string; readonly name: string }, Found>(
  results: readonly Result[],
  leftOut: string[],
  gather: (result: Result) => Promise<Found>,
): Promise<Found[]> => {
  const found: Found[] = []
  const reasons = new Map<string, string[]>()
  for (const result of results) {
    try {
      found.push(await gather(result))
    } catch (error) {
      if (!(error instanceof AsterismError)) throw error
      reasons.set(error.message, [...(reasons.get(error.message) ?? []), result.name])
    }
  }
  for (const [reason, names] of reasons) leftOut.push(`${names.join(', ')}: ${reason}`)
  return found
}

/** What the steps of an order left, as far as it can be done again; the rest is told in the notebook. */
const rootsOfOrder = async (workspace: Workspace, id: string): Promise<Roots> => {
  const steps = await workspace.steps.listBy('order', id)
  const outputs = [...new Set(steps.flatMap((step) => step.outputs))]
  const reduced = await workspace.reduced.getMany(outputs)
  const leftOut: string[] = []
  const masters = await workspace.masters.getMany(outputs)
  const stacks = await workspace.stacks.getMany(outputs)
  const curves = await workspace.lightcurves.getMany(outputs)
  const frames = reduced.filter((frame) => !isResampled(frame))
  return {
    title: `Work order ${id}`,
    // Maps are taken as they are, by the frames that they are for.
    masters: masters.filter(({ kind }) => isCombinedKind(kind)).map((master) => master.id),
    reduced: await sortOut(frames, leftOut, (frame) => Promise.resolve(requireKnown(frame))),
    stacks: await sortOut(stacks, leftOut, (stack) => gatherStack(workspace, stack)),
    curves: await sortOut(curves, leftOut, (curve) => gatherCurve(workspace, curve)),
    leftOut,
  }
}

/** Where a notebook of this result begins: master, calibrated frame, stack of frames as they lie, light curve, or order. */
export const findRoots = async (workspace: Workspace, id: string): Promise<Roots> => {
  const master = await workspace.masters.get(id)
  if (master !== undefined) return { ...NONE, title: master.name, masters: [id] }
  const reduced = await workspace.reduced.get(id)
  if (reduced !== undefined) {
    if (isResampled(reduced))
      refuse('a registered frame is resampled. Ask for the calibrated frame that it was made from.', id)
    return { ...NONE, title: reduced.name, reduced: [requireKnown(reduced)] }
  }
  const stack = await workspace.stacks.get(id)
  if (stack !== undefined)
    return { ...NONE, title: stack.name, stacks: [await gatherStack(workspace, stack)] }
  const curve = await workspace.lightcurves.get(id)
  if (curve !== undefined)
    return { ...NONE, title: curve.name, curves: [await gatherCurve(workspace, curve)] }
  if ((await workspace.orders.get(id)) !== undefined) return rootsOfOrder(workspace, id)
  throw new AsterismError(
    'not-found',
    `There is no master, calibrated frame, stack, light curve or order with the id ${id}.`,
    { id },
  )
}
