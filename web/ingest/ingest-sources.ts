import { isAbortError, toAsterismError } from '../core/errors'
import type { FileTableSummary } from '../core/file-table'
import type { FrameSummary } from '../core/frame'
import type { Progress, Task } from '../core/task'
import { throwIfAborted } from '../core/task'
import type { IngestReport } from '../core/work-order'
import { fetchUrl, type FetchOptions } from './fetch-url'
import { ingestInput, type DroppedFile, type IngestSink, type RejectedFile } from './ingest-files'
import { DEFAULT_LIMITS, type UnpackLimits } from './unpack'

/** A file that was dropped, or an address to fetch it from. */
export type SourceToIngest =
  | { readonly kind: 'file'; readonly path: string; readonly blob: Blob }
  | { readonly kind: 'address'; readonly url: string }

export interface IngestSourcesOptions {
  readonly batch: string
  readonly sink: IngestSink
  readonly task: Task
  readonly limits?: UnpackLimits
  readonly fetch?: FetchOptions
}

const openSource = async (source: SourceToIngest, options: IngestSourcesOptions): Promise<DroppedFile> => {
  if (source.kind === 'file') return { path: source.path, blob: source.blob, batch: options.batch }
  return { ...(await fetchUrl(source.url, options.task, options.fetch)), batch: options.batch }
}

/**
 * Takes in all sources, one after the other, so that one file at a time is in memory. Progress counts files: an archive counts as
 * many as it holds from the moment it is opened. One source that fails does not stop the others.
 */
export const ingestSources = async (
  sources: readonly SourceToIngest[],
  options: IngestSourcesOptions,
): Promise<IngestReport> => {
  const frames: FrameSummary[] = []
  const tables: FileTableSummary[] = []
  const rejected: RejectedFile[] = []
  let before = 0
  for (const [index, source] of sources.entries()) {
    throwIfAborted(options.task)
    const waiting = sources.length - index - 1
    let size = 1
    const report = (progress: Progress): void => {
      size = progress.total
      options.task.report({
        label: progress.label,
        done: before + progress.done,
        total: before + progress.total + waiting,
      })
    }
    try {
      const file = await openSource(source, options)
      const outcome = await ingestInput(
        file,
        options.sink,
        { signal: options.task.signal, report },
        options.limits ?? DEFAULT_LIMITS,
      )
      frames.push(...outcome.frames)
      tables.push(...outcome.tables)
      rejected.push(...outcome.rejected)
    } catch (thrown) {
      if (isAbortError(thrown)) throw thrown
      const error = toAsterismError(thrown)
      rejected.push({
        name: source.kind === 'file' ? source.path : source.url,
        code: error.code,
        reason: error.message,
      })
    }
    before += size
  }
  return { batch: options.batch, frames, tables, rejected }
}
