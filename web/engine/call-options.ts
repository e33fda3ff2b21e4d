import type { Progress } from '../core/task'

/** How a long call says how far it is, and how it is told to stop. */
export interface CallOptions {
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}
