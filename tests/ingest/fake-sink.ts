import { AsterismError } from '../../web/core/errors'
import type { ExposureRecord } from '../../web/core/frame'
import type { Progress, Task } from '../../web/core/task'
import type { IngestSink } from '../../web/ingest'

export interface FakeSink extends IngestSink {
  readonly saved: {
    readonly exposures: ExposureRecord[]
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
    save: (exposures, headers, bytes, bytesId) => {
      const first = exposures[0]!
      if (full(first)) return Promise.reject(new AsterismError('quota', 'The disk is full.'))
      ids.set(
        first.sha256,
        exposures.map((exposure) => exposure.id),
      )
      saved.push({
        exposures,
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
