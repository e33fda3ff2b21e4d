import { workerData } from 'node:worker_threads'
import { resolve } from 'node:path'

/** The folder of the repository: a bundle lies elsewhere than its sources and is told. */
export const ROOT: string =
  (workerData as { root?: string } | null)?.root ?? resolve(import.meta.dirname, '../..')
