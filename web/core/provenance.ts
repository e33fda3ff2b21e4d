import type { Row } from './work-order'

export const PROVENANCE_KINDS = [
  'point',
  'lightcurve',
  'measurement',
  'photometry',
  'stack',
  'camera',
  'composite',
  'registered',
  'calibrated',
  'sources',
  'solution',
  'master',
  'exposure',
  'file',
  'unknown',
] as const

export type ProvenanceKind = (typeof PROVENANCE_KINDS)[number]

/** The step that made a thing. */
export interface ProvenanceStep {
  readonly name: string
  /** Raised when the step's arithmetic changes; null where it was not written down. */
  readonly version: number | null
  readonly parameters: Row
}

/** One thing that a result depends on, or the result itself. */
export interface ProvenanceNode {
  readonly id: string
  readonly kind: ProvenanceKind
  readonly name: string
  /** Null for what came from outside. */
  readonly step: ProvenanceStep | null
  readonly order: string | null
  /** Milliseconds since 1970 when it was made or came in; null when nobody knows. */
  readonly time: number | null
  readonly backends: readonly string[]
  readonly flags: readonly string[]
  /** Of the original file's bytes; null for what was made here. */
  readonly sha256: string | null
  /** Named as an input by another record, and not in the workspace any more. */
  readonly missing: boolean
  /** Things that its record names as inputs, followed or not. */
  readonly inputCount: number
  /** All its inputs are in the graph; false where those that do not concern the result were left out on purpose. */
  readonly followed: boolean
  /** What can be said of it in numbers and words: why these masters, how it lies, what it measured. */
  readonly details: Row
}

/** `from` went into `to`. */
export interface ProvenanceEdge {
  readonly from: string
  readonly to: string
}

export interface ProvenanceGraph {
  readonly root: string
  /** The result first, then what it was made from, breadth first. */
  readonly nodes: readonly ProvenanceNode[]
  readonly edges: readonly ProvenanceEdge[]
  /** Inputs that were left out because there are more than a page can hold. */
  readonly leftOut: number
}

/** A point of a curve or the row of one star has no record of its own: it is named by its record and its place in it. */
export const partId = (record: string, part: string): string => `${record}/${part}`

export const splitPartId = (id: string): { readonly record: string; readonly part: string | null } => {
  const slash = id.indexOf('/')
  return slash < 0 ? { record: id, part: null } : { record: id.slice(0, slash), part: id.slice(slash + 1) }
}
