import { isAbortError, toAsterismError } from '../core/errors'
import { newId } from '../core/ids'
import type { Progress } from '../core/task'
import type {
  LogRecord,
  OrderRecord,
  OrderStatus,
  StepRecord,
  WorkOrder,
  WorkOrderReport,
} from '../core/work-order'
import { parseOrder, type OrderParameters } from '../pipeline/order-parameters'
import { planOrder } from '../pipeline/plan'
import { writeReport } from '../pipeline/report'
import { settleKnownMasters } from '../pipeline/settle-known-masters'
import type { Workspace } from '../storage/workspace'
import { scheduleSteps } from './schedule-steps'
import type { StepRunner } from './worker-pool'

export interface OrderHooks {
  readonly onOrder: (order: OrderRecord) => void
  readonly onStepEnd: (step: StepRecord) => void
  readonly onProgress: (order: string, step: string, progress: Progress) => void
  readonly onLog: (line: LogRecord) => void
}

export interface OrderRun {
  readonly workspace: Workspace
  readonly runner: StepRunner
  readonly hooks: OrderHooks
}

const planFor = async (
  run: OrderRun,
  id: string,
  order: WorkOrder,
  parameters: OrderParameters,
): Promise<StepRecord[]> => {
  const [taken, masters] = await Promise.all([run.workspace.exposures.list(), run.workspace.masters.list()])
  const exposures = taken.filter((exposure) => !exposure.excluded)
  const named =
    order.frames ??
    (order.batch === undefined ? null : exposures.filter((e) => e.batch === order.batch).map((e) => e.id))
  const steps = await planOrder({
    order: id,
    request: order.request,
    parameters,
    exposures,
    frames: named === null ? null : new Set(named),
    masters,
  })
  return settleKnownMasters(run.workspace, steps)
}

const toQueued = (step: StepRecord): StepRecord => ({
  ...step,
  state: 'queued',
  startedAt: null,
  endedAt: null,
  failure: null,
  result: {},
  outputs: [],
})

/** The stored order behind a resume or restart, with the steps that are to be run again set back to queued. */
const reopen = async (run: OrderRun, request: WorkOrder, parameters: OrderParameters) => {
  const id = parameters.order ?? request.id ?? ''
  const record = await run.workspace.orders.get(id)
  if (record === undefined) {
    const { order } = parseOrder(request)
    throw toAsterismError(
      new Error(
        `There is no order ${id} to ${order.request === 'resume_file_batch' ? 'resume' : 'restart'}.`,
      ),
    )
  }
  const stored = (await run.workspace.steps.listBy('order', id)).sort((a, b) => a.index - b.index)
  const again =
    request.request === 'restart_file_batch' ? () => true : (step: StepRecord) => step.state !== 'done'
  const steps = stored.map((step) => (again(step) ? toQueued(step) : step))
  return { record, steps }
}

const openNew = async (run: OrderRun, order: WorkOrder, parameters: OrderParameters) => {
  const record: OrderRecord = {
    id: order.id ?? newId('order'),
    order,
    status: 'queued',
    createdAt: Date.now(),
    startedAt: null,
    endedAt: null,
    seconds: 0,
    failure: null,
  }
  // Stored before it is planned: an order that cannot be planned is in the list with its reason.
  await run.workspace.orders.put(record)
  return { record, steps: null as StepRecord[] | null, parameters }
}

/** Steps that may take a minute; of the others there are so many that their number says enough. */
const TOLD_IN_PARTS = ['solve-frame', 'solve-rest']

const hasFailures = ({ result }: StepRecord): boolean =>
  Array.isArray(result['failures']) && result['failures'].length > 0

const judge = (steps: readonly StepRecord[]): OrderStatus => {
  // A step that looks after many frames tells of those that it could do nothing for.
  const failed = steps.filter(
    (step) => step.state === 'failed' || step.state === 'skipped' || hasFailures(step),
  )
  if (failed.length === 0) return 'done'
  // What the last step depends on decides: an order that gave nothing at its end has failed, not half succeeded.
  return steps.at(-1)?.state === 'done' ||
    steps.some((step) => step.state === 'done' && step.name === steps.at(-1)?.name)
    ? 'partial'
    : 'failed'
}

const logLine = (order: string, step: StepRecord): LogRecord => ({
  id: newId('log'),
  time: Date.now(),
  level: step.state === 'failed' ? 'error' : step.state === 'skipped' ? 'warning' : 'info',
  order,
  step: step.id,
  message: step.failure === null ? `${step.name} done` : `${step.name}: ${step.failure.message}`,
  context: step.failure?.context ?? {},
})

/** Carries out one work order: stored, planned, run step by step, each step stored as it ends, then reported. */
export const runOrder = async (
  run: OrderRun,
  input: unknown,
  options: { readonly signal: AbortSignal; readonly onProgress?: (progress: Progress) => void },
): Promise<WorkOrderReport> => {
  const { order, parameters } = parseOrder(input)
  const { workspace, hooks } = run
  const again = order.request === 'resume_file_batch' || order.request === 'restart_file_batch'
  const opened = again ? await reopen(run, order, parameters) : await openNew(run, order, parameters)
  let record: OrderRecord = {
    ...opened.record,
    status: 'running',
    startedAt: Date.now(),
    endedAt: null,
    failure: null,
  }
  const began = performance.now()

  const store = async (changes: Partial<OrderRecord>): Promise<void> => {
    record = { ...record, ...changes }
    await workspace.orders.put(record)
    hooks.onOrder(record)
  }
  const close = (status: OrderStatus, failure: OrderRecord['failure'] = null) =>
    store({
      status,
      failure,
      endedAt: Date.now(),
      seconds: opened.record.seconds + (performance.now() - began) / 1000,
    })

  await store({})
  let steps: StepRecord[] = []
  try {
    steps = opened.steps ?? (await planFor(run, record.id, order, parameters))
    await workspace.steps.putMany(steps)
    let ended = steps.filter((step) => step.state === 'done').length
    /** Of steps that run, how much of each is done: an order of one long step moves too. */
    const parts = new Map<string, number>()
    const tell = (step: StepRecord): void => {
      const running = [...parts.values()].reduce((sum, part) => sum + part, 0)
      const progress = { label: step.name, done: ended + running, total: steps.length }
      hooks.onProgress(record.id, step.name, progress)
      options.onProgress?.(progress)
    }
    steps = await scheduleSteps(steps, run.runner, {
      signal: options.signal,
      onEnd: async (step) => {
        await workspace.steps.put(step)
        if (step.failure !== null) {
          const line = logLine(record.id, step)
          await workspace.log.put(line)
          hooks.onLog(line)
        }
        ended++
        parts.delete(step.id)
        hooks.onStepEnd(step)
        tell(step)
      },
      onProgress: (step, { done, total }) => {
        if (!TOLD_IN_PARTS.includes(step.name) || total === 0) return
        parts.set(step.id, Math.min(0.99, Math.max(0, done / total)))
        tell(step)
      },
    })
    await close(judge(steps))
  } catch (error) {
    const { code, message, context } = toAsterismError(error)
    if (isAbortError(error)) await close('cancelled')
    else await close('failed', { code, message, context })
    throw error
  }
  return writeReport(workspace, record, steps)
}
