import { AsterismError } from '../../web/core/errors'
import type { FileTableRecord } from '../../web/core/file-table'
import type { ExposureRecord } from '../../web/core/frame'
import type { Progress, Task } from '../../web/core/task'
import type { IngestSink } from '../../web/ingest'

export interface FakeSink extends IngestSink {
  readonly saved: {
    readonly exposures: ExposureRecord[]
    readonly tables: FileTableRecord[]
    readonly cards: number
    readonly bytes: number
    readonly bytesId: string
  }[]
}

/** Remembers what it is given. `full` says for which file the disk is full. */
export const fakeSink = (full: (exposure: ExposureRecord) => boolean = () => false): FakeSink => {
  const ids = new Map<string, string[]>()
  const saved: FakeSink['saved'] = []
  return {
    saved,
    has: (sha256) => Promise.resolve(ids.get(sha256) ?? null),
    tablesOf: (sha256) =>
      Promise.resolve(saved.flatMap(({ tables }) => tables).filter((table) => table.sha256 === sha256)),
    save: (exposures, headers, bytes, bytesId, tables = []) => {
      const first = exposures[0]
      if (first !== undefined && full(first))
        return Promise.reject(new AsterismError('quota', 'The disk is full.'))
      ids.set(
        (first ?? tables[0]!).sha256,
        exposures.map((exposure) => exposure.id),
      )
      saved.push({
        exposures,
        tables,
        cards: headers.reduce((total, header) => total + header.cards.length, 0),
        bytes: bytes.length,
        bytesId,
      })
      return Promise.resolve()
    },
  }
}

export const watchedTask = (): { task: Task; controller: AbortController; progress: Progress[] } => {
  const controller = new AbortController()
  const progress: Progress[] = []
  return { task: { signal: controller.signal, report: (step) => progress.push(step) }, controller, progress }
}
