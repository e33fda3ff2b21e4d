import type { FileTableSummary } from './file-table'
import type { ErrorCode, ErrorContext } from './errors'
import type { FrameSummary } from './frame'

/** The requests that this version carries out. The contract's other names are refused with the code 'bad-order'. */
export const REQUEST_NAMES = [
  'calibrate_file_batch',
  'resume_file_batch',
  'restart_file_batch',
  'detect',
  'register',
  'solve',
  'stack',
  'photometry',
  'light_curve',
  'characterise_camera',
  'colour_composite',
  'reduce',
] as const

export type RequestName = (typeof REQUEST_NAMES)[number]

export interface WorkOrder {
  readonly id?: string
  readonly request: RequestName
  readonly datetime?: string
  readonly user?: string
  /** Fetch the batch from here first. */
  readonly url?: string
  readonly batch?: string
  readonly frames?: readonly string[]
  readonly priority?: number | null
  readonly parameters?: Readonly<Record<string, unknown>>
}

export type StepState = 'queued' | 'running' | 'done' | 'failed' | 'skipped'

export interface StepFailure {
  readonly code: ErrorCode
  readonly message: string
  readonly context: ErrorContext
}

/** One step of an order: what to do, on what, after which others, and how it ended. Stored when planned and again as it ends. */
export interface StepRecord {
  readonly id: string
  readonly order: string
  /** Verb-noun name of the step, a key of the pipeline's step table. */
  readonly name: string
  /** Position in the plan. */
  readonly index: number
  readonly frames: readonly string[]
  readonly parameters: Readonly<Record<string, unknown>>
  /** Ids of steps that must have ended first; a failed one does not stop a step that can go on without it. */
  readonly after: readonly string[]
  readonly state: StepState
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly attempts: number
  readonly failure: StepFailure | null
  /** Small numbers that the step gives to later steps and to the report. */
  readonly result: Readonly<Record<string, unknown>>
  /** Ids of the records that it wrote. */
  readonly outputs: readonly string[]
  /** Version of the arithmetic that ran (step-versions.ts); absent before it has run and in old records. */
  readonly version?: number
}

export type OrderStatus = 'queued' | 'running' | 'done' | 'failed' | 'partial' | 'cancelled'

export interface OrderRecord {
  readonly id: string
  readonly order: WorkOrder
  readonly status: OrderStatus
  readonly createdAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  /** Seconds of work over all runs, a resumed order adding up. */
  readonly seconds: number
  readonly failure: StepFailure | null
}

export interface WorkOrderReport {
  readonly id: string
  readonly status: 'done' | 'failed' | 'partial' | 'cancelled'
  readonly steps: readonly StepRecord[]
  readonly frames: readonly FrameSummary[]
  readonly tables: readonly { readonly id: string; readonly table: TableName; readonly rows: number }[]
  readonly result: Readonly<Record<string, unknown>>
  readonly failures: readonly {
    readonly frame?: string
    readonly step: string
    readonly code: string
    readonly reason: string
    /** Numbers and names of the reason, for whoever says it in another language. */
    readonly values?: ErrorContext
  }[]
  readonly seconds: number
}

export const TABLE_NAMES = [
  'epochs',
  'exposures',
  'masters',
  'reduced',
  'sources',
  'photometry',
  'lightcurves',
  'cmds',
  'polarimetry',
  'spectra',
  'work_orders',
  'steps',
  'log',
  'projects',
  'targets',
  'cameras',
  'solutions',
] as const

export type TableName = (typeof TABLE_NAMES)[number]

export type Row = Readonly<Record<string, unknown>>

export interface LogRecord {
  readonly id: string
  readonly time: number
  readonly level: 'info' | 'warning' | 'error'
  readonly order: string | null
  readonly step: string | null
  readonly message: string
  readonly context: ErrorContext
}

export interface IngestReport {
  readonly batch: string
  readonly frames: readonly FrameSummary[]
  /** Tables that came in: of files without a picture, or beside pictures. */
  readonly tables?: readonly FileTableSummary[]
  readonly rejected: readonly { readonly name: string; readonly code: string; readonly reason: string }[]
}
