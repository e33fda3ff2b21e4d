/** What came of taking a project in. Numbers count records that are new here. */
export interface ImportReport {
  /** 'frames' where the zip was no project and its files were taken in like any others. */
  readonly kind: 'project' | 'frames'
  readonly frames: number
  readonly masters: number
  readonly reduced: number
  readonly stacks: number
  readonly sources: number
  readonly photometry: number
  readonly lightcurves: number
  readonly orders: number
  /** Records of every other kind. */
  readonly others: number
  /** Records that were here already, the same. */
  readonly skipped: number
  /** Records that are here already and say something else. What was here is kept. */
  readonly conflicts: readonly { readonly store: string; readonly id: string; readonly name: string }[]
  /** What could not be taken in, and why. */
  readonly rejected: readonly { readonly name: string; readonly code: string; readonly reason: string }[]
}

/** Nothing came in yet. */
export const NOTHING_IMPORTED = {
  frames: 0,
  masters: 0,
  reduced: 0,
  stacks: 0,
  sources: 0,
  photometry: 0,
  lightcurves: 0,
  orders: 0,
  others: 0,
} as const satisfies Partial<ImportReport>

/** What a zip says of itself, for the question whether it is to be taken in. */
export interface ProjectSummary {
  readonly app: string
  readonly createdAt: string
  readonly frames: number
  readonly masters: number
  readonly lightcurves: number
  readonly bytes: number
}
