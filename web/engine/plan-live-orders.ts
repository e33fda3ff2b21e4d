import { effectiveFacts, type ExposureRecord } from '../core/frame'
import { replaceCalibration, type KeptCalibration } from '../pipeline/calibration/choices'
import type { OrderRecord, RequestName, StepRecord, WorkOrder } from '../core/work-order'

/** Requests that can be made again with more frames, the farthest first. */
const EXTENDABLE: readonly RequestName[] = [
  'light_curve',
  'reduce',
  'photometry',
  'stack',
  'register',
  'detect',
  'calibrate_file_batch',
]

export interface LiveOrdersInput {
  /** Lights that have just come in. */
  readonly fresh: readonly ExposureRecord[]
  readonly exposures: readonly ExposureRecord[]
  readonly orders: readonly OrderRecord[]
  readonly stepsOf: (order: string) => Promise<readonly StepRecord[]>
  /** What a person chose for the workspace, and when. */
  readonly calibration: KeptCalibration
}

/** Frames of one target through one filter with one camera: what one order is about. */
const seriesOf = (exposure: ExposureRecord): string => {
  const { telescope, instrument, filter, object, binning } = effectiveFacts(exposure)
  return JSON.stringify([telescope, instrument, filter, (object ?? '').toLowerCase(), binning])
}

interface Former {
  readonly order: WorkOrder
  readonly createdAt: number
  readonly frames: readonly string[]
  /** The exposure that gave the series its positions; they must go on to be those of the same frame. */
  readonly reference: string | null
}

/** What an order was about, when it was about this series. */
const readFormer = (
  { order, createdAt }: OrderRecord,
  steps: readonly StepRecord[],
  isOfSeries: (frame: string) => boolean,
): Former | null => {
  const frames = new Set(
    [...(order.frames ?? []), ...steps.flatMap((step) => step.frames)].filter(isOfSeries),
  )
  if (frames.size === 0) return null
  const chosen = steps.find((step) => step.name === 'choose-reference' && step.state === 'done')
  const reference = chosen?.result['exposure']
  return {
    order,
    createdAt,
    frames: [...frames],
    reference: typeof reference === 'string' ? reference : null,
  }
}

/** A series goes on as it was calibrated, unless a person has chosen otherwise since: what was said last holds. */
const extend = (
  { order, createdAt, frames, reference }: Former,
  fresh: readonly string[],
  { choices, changedAt }: KeptCalibration,
): WorkOrder => {
  const { request, parameters: former = {} } = order
  const parameters = changedAt > createdAt ? replaceCalibration(former, choices) : former
  const known = new Set(frames)
  return {
    request,
    frames: [...frames, ...fresh.filter((frame) => !known.has(frame))],
    parameters: {
      ...parameters,
      ...(reference !== null && parameters['reference'] === undefined ? { reference } : {}),
    },
  }
}

const begin = ({ choices }: KeptCalibration): Pick<WorkOrder, 'parameters'> =>
  Object.keys(choices).length === 0 ? {} : { parameters: { ...choices } }

const byReach = (a: OrderRecord, b: OrderRecord): number =>
  EXTENDABLE.indexOf(a.order.request) - EXTENDABLE.indexOf(b.order.request) || b.createdAt - a.createdAt

/**
 * The orders for lights that have just come in: the one that went farthest for their target is made again with them, on the same
 * reference frame, so that a light curve grows; where there was none they are calibrated with the masters of the library, as
 * was chosen for the workspace.
 */
export const planLiveOrders = async ({
  fresh,
  exposures,
  orders,
  stepsOf,
  calibration,
}: LiveOrdersInput): Promise<WorkOrder[]> => {
  const series = new Map(exposures.map((exposure) => [exposure.id, seriesOf(exposure)]))
  const groups = Map.groupBy(fresh, seriesOf)
  const candidates = orders
    .filter(
      ({ status, order }) =>
        (status === 'done' || status === 'partial') && EXTENDABLE.includes(order.request),
    )
    .toSorted(byReach)
  const planned: WorkOrder[] = []
  for (const [key, members] of groups) {
    const lights = members.map(({ id }) => id)
    let former: Former | null = null
    for (const candidate of candidates) {
      former = readFormer(candidate, await stepsOf(candidate.id), (frame) => series.get(frame) === key)
      if (former !== null) break
    }
    planned.push(
      former === null
        ? { request: 'calibrate_file_batch', frames: lights, ...begin(calibration) }
        : extend(former, lights, calibration),
    )
  }
  return planned
}
