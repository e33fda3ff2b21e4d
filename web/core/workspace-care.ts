/** What a workspace can contradict itself in. The page has the words; what repair does is told with each. */
export const FAULT_CODES = [
  'bytes-missing',
  'bytes-short',
  'bytes-changed',
  'bytes-unused',
  'patch-missing',
  'header-missing',
  'header-unused',
  'input-missing',
  'table-missing',
  'order-missing',
  'order-abandoned',
  'flag-unused',
  'twice',
] as const

export type FaultCode = (typeof FAULT_CODES)[number]

/** What mends a fault: nothing but words, a record or bytes deleted, a frame hidden until its file is dropped again, an order stopped. */
export type FaultRepair = 'none' | 'delete-record' | 'delete-bytes' | 'remove-frame' | 'stop-order'

export interface WorkspaceFault {
  readonly code: FaultCode
  /** Store of the record, or 'bytes'. */
  readonly store: string
  readonly id: string
  /** What a person knows it by. */
  readonly name: string
  /** What it speaks of and is not there; null where there is nothing like that. */
  readonly misses: string | null
  readonly repair: FaultRepair
  /** Bytes that repair gives back; 0 where it is not about bytes. */
  readonly bytes: number
}

export interface WorkspaceCheck {
  readonly faults: readonly WorkspaceFault[]
  /** Records and files that were looked at. */
  readonly records: number
  readonly files: number
  readonly seconds: number
}

export interface StoreDescription {
  readonly store: string
  readonly records: number
  readonly bytes: number
  /** True where only some of the records were weighed. */
  readonly estimated: boolean
  /** When the newest record was made, milliseconds since 1970; null where records do not say. */
  readonly newest: number | null
}
