import { newId } from '../core/ids'
import type { IngestReport } from '../core/work-order'
import type { IngestSource } from '../rpc/contracts'
import type { CallOptions } from './call-options'
import { ingestSlices } from './ingest-slices'
import type { NoteForLog } from './keep-log'
import { noteIntake } from './note-work'
import type { Workers } from './start-workers'
import type { IngestInput, Studio, StudioEvent } from './studio'

interface IntakeHooks {
  readonly workers: Pick<Workers, 'ingest' | 'simulator'>
  readonly requireWriter: () => Promise<void>
  readonly emit: (event: StudioEvent) => void
  readonly note: NoteForLog
  /** After each drop, whatever came of it. */
  readonly onEnd: () => void
}

type Intake = Pick<Studio, 'ingest' | 'takePlanes' | 'simulateNight'>

const toSource = (input: IngestInput): IngestSource =>
  'url' in input ? { kind: 'address', url: input.url } : { kind: 'file', path: input.path, blob: input.blob }

/** Ways for frames to come in: files and addresses, planes of cubes, a simulated night. */
export const takeIn = (hooks: IntakeHooks): { readonly calls: Intake; readonly isBusy: () => boolean } => {
  const { workers, requireWriter, emit, note, onEnd } = hooks
  /** Drops that are coming in. */
  let intakes = 0

  const follow = async <Report extends IngestReport>(
    options: CallOptions,
    work: (options: CallOptions) => Promise<Report>,
  ): Promise<Report> => {
    await requireWriter()
    intakes++
    try {
      const report = await work({
        ...(options.signal === undefined ? {} : { signal: options.signal }),
        onProgress: (progress) => {
          emit({ kind: 'ingest-progress', progress, name: progress.label })
          options.onProgress?.(progress)
        },
      })
      await noteIntake(note, report)
      return report
    } finally {
      intakes--
      onEnd()
    }
  }

  const calls: Intake = {
    ingest: (inputs, options = {}) => {
      const batch = options.batch ?? newId('batch')
      return follow(options, (call) =>
        ingestSlices(
          inputs,
          (slice, onProgress) =>
            workers.ingest.callTask((remote, port) => remote.ingest(slice.map(toSource), batch, port), {
              ...call,
              onProgress,
            }),
          { batch, ...call },
        ),
      )
    },
    takePlanes: (frame, planes, options = {}) =>
      follow(options, (call) =>
        workers.ingest.callTask((remote, port) => remote.takePlanes(frame, planes, port), call),
      ),
    simulateNight: (options = {}) =>
      follow(options, (call) =>
        workers.simulator.callTask(
          (remote, port) =>
            remote.simulate(newId('batch'), new URL('demo/field-hat-p-32.json', document.baseURI).href, port),
          call,
        ),
      ),
  }
  return { calls, isBusy: () => intakes > 0 }
}
