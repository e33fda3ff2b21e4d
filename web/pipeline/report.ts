import { MASTER_STEPS } from './masters/master-steps'
import type { CompositeRecord } from '../core/composite'
import { summariseExposure, type ExposureRecord, type FrameSummary } from '../core/frame'
import type { MasterRecord } from '../core/master'
import type { ReducedRecord } from '../core/reduced'
import type { StackRecord } from '../core/stack'
import type { OrderRecord, StepRecord, TableName, WorkOrderReport } from '../core/work-order'
import type { Workspace } from '../storage/workspace'

const COUNTED: Partial<Record<string, TableName>> = {
  'detect-stars': 'sources',
  'choose-stars': 'photometry',
  'draw-light-curve': 'lightcurves',
  'write-camera-report': 'cameras',
  'solve-frame': 'solutions',
}

const summariseMaster = (master: MasterRecord): FrameSummary => ({
  id: master.id,
  name: master.name,
  sha256: '',
  kind: master.kind,
  telescope: master.group.telescope,
  instrument: master.group.instrument,
  night: master.group.night,
  filter: master.group.filter,
  exposure: master.group.exposure,
  object: null,
  width: master.width,
  height: master.height,
  dateObs: null,
  warnings: master.warnings,
})

const summariseStack = (stack: StackRecord): FrameSummary => ({
  id: stack.id,
  name: stack.name,
  sha256: '',
  kind: 'stack',
  telescope: stack.telescope,
  instrument: stack.instrument,
  night: stack.night,
  filter: stack.filter,
  exposure: stack.exposure,
  object: stack.object,
  width: stack.width,
  height: stack.height,
  dateObs: stack.dateObs,
  warnings: stack.flags,
})

const summariseComposite = (composite: CompositeRecord): FrameSummary => ({
  id: composite.id,
  name: composite.name,
  sha256: '',
  kind: 'composite',
  telescope: composite.telescope,
  instrument: composite.instrument,
  night: composite.night,
  filter: composite.labels.flatMap(({ filter }) => filter ?? []).join(' + ') || null,
  exposure: null,
  object: composite.object,
  width: composite.width,
  height: composite.height,
  dateObs: composite.dateObs,
  warnings: composite.flags,
})

const summariseReduced = (reduced: ReducedRecord, exposure: ExposureRecord): FrameSummary => ({
  ...summariseExposure(exposure),
  id: reduced.id,
  name: reduced.name,
  kind: 'reduced',
  width: reduced.width,
  height: reduced.height,
  warnings: [...exposure.warnings, ...reduced.flags],
})

const outputsOf = (steps: readonly StepRecord[], name: string): string[] =>
  steps.filter((step) => step.name === name).flatMap((step) => step.outputs)

const reducedIds = (steps: readonly StepRecord[]): string[] => {
  const registered = outputsOf(steps, 'match-frame')
  const calibrated = outputsOf(steps, 'calibrate-frames')
  return registered.length > 0 ? registered : calibrated
}

const countRows = (step: StepRecord): number => {
  if (step.name === 'write-camera-report') return 1
  const rows = step.result['rows']
  return typeof rows === 'number' ? rows : 0
}

/** Where each frame is on the sky, as the step says that found it: its own, or the last one of the order. */
const listSolved = (steps: readonly StepRecord[]): unknown[] =>
  steps.flatMap(({ name, state, frames, result }): unknown[] => {
    if (name === 'solve-rest') return (result['frames'] as unknown[] | undefined) ?? []
    if (name !== 'solve-frame' || state !== 'done' || result['solved'] !== true) return []
    const { rows: _rows, solved: _solved, ...place } = result
    return [{ frame: frames[0], ...place }]
  })

/** Last steps whose own result is that of the order. */
const SPEAKING = ['draw-light-curve', 'stack-frames', 'write-camera-report', 'compose-picture']

/** Results by step name: the last step's own result at the top, per-frame results as lists beneath their step's name. */
const gatherResult = (steps: readonly StepRecord[]): Record<string, unknown> => {
  const masters = MASTER_STEPS.flatMap((name) => outputsOf(steps, name))
  const calibrated = outputsOf(steps, 'calibrate-frames')
  const matches = steps.filter((step) => step.name === 'match-frame' && step.state === 'done')
  const missing = steps.find((step) => step.name === 'calibrate-frames')?.result['missing']
  const solved = listSolved(steps)
  const isSolve = steps.some(({ name }) => name === 'solve-frame')
  const last = steps.at(-1)
  return {
    masters,
    calibrated: calibrated.length,
    ...(missing === undefined ? {} : { missing }),
    ...(matches.length > 0
      ? { registered: matches.map((step) => ({ frame: step.frames[0], ...step.result })) }
      : {}),
    ...(isSolve ? { solved } : {}),
    ...(last !== undefined && SPEAKING.includes(last.name) ? last.result : {}),
  }
}

/** What an order came to: frames, tables, numbers, and every failure with its reason. */
export const writeReport = async (
  workspace: Workspace,
  record: OrderRecord,
  steps: readonly StepRecord[],
): Promise<WorkOrderReport> => {
  const [masters, reduced, stacks, composites] = await Promise.all([
    workspace.masters.getMany(MASTER_STEPS.flatMap((name) => outputsOf(steps, name))),
    workspace.reduced.getMany(reducedIds(steps)),
    workspace.stacks.getMany(outputsOf(steps, 'stack-frames')),
    workspace.composites.getMany(outputsOf(steps, 'compose-picture')),
  ])
  const exposures = new Map(
    (await workspace.exposures.getMany(reduced.map((frame) => frame.exposure))).map((exposure) => [
      exposure.id,
      exposure,
    ]),
  )
  const frames = reduced.flatMap((frame) => {
    const exposure = exposures.get(frame.exposure)
    return exposure === undefined ? [] : [summariseReduced(frame, exposure)]
  })
  const lost = steps.flatMap((step) => {
    if (step.failure === null) return []
    const frame = step.frames.length === 1 ? step.frames[0] : undefined
    return [
      {
        ...(frame === undefined ? {} : { frame }),
        step: step.name,
        code: step.failure.code,
        reason: step.failure.message,
        values: step.failure.context,
      },
    ]
  })
  const partial = steps.flatMap((step) => {
    const failures: unknown = step.result['failures']
    return Array.isArray(failures) ? (failures as WorkOrderReport['failures']) : []
  })
  return {
    id: record.id,
    status: record.status === 'queued' || record.status === 'running' ? 'done' : record.status,
    steps,
    frames: [
      ...masters.map(summariseMaster),
      ...frames,
      ...stacks.map(summariseStack),
      ...composites.map(summariseComposite),
    ],
    tables: steps.flatMap((step) => {
      const table = COUNTED[step.name]
      return table === undefined ? [] : step.outputs.map((id) => ({ id, table, rows: countRows(step) }))
    }),
    result: gatherResult(steps),
    failures: [...lost, ...partial],
    seconds: record.seconds,
  }
}
