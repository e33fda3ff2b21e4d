import { AsterismError } from '../core/errors'
import { NOTHING_IMPORTED, type ImportReport } from '../core/import-report'
import type { IngestReport } from '../core/work-order'
import type { ProjectContract } from '../rpc/contracts'
import type { CallOptions } from './call-options'
import type { IngestInput, Studio } from './studio'
import type { NoteForLog } from './keep-log'
import type { KeptWorker } from './keep-worker'

type Transfers = Pick<Studio, 'exportProject' | 'saveProject' | 'inspectProject' | 'importProject'>

export interface TransferInput {
  readonly worker: KeptWorker<ProjectContract>
  readonly version: string
  readonly requireWriter: () => Promise<void>
  readonly ingest: (inputs: readonly IngestInput[], options: CallOptions) => Promise<IngestReport>
  readonly note: NoteForLog
  readonly onChange: () => void
}

const nameOf = (zip: Blob): string => (zip instanceof File ? zip.name : 'frames.zip')

/** A zip of plain frames: taken in as if it had been dropped. */
const toImportReport = ({ frames, rejected }: IngestReport): ImportReport => {
  const twice = frames.filter((frame) => frame.duplicate === true).length
  return {
    kind: 'frames',
    ...NOTHING_IMPORTED,
    frames: frames.length - twice,
    skipped: twice,
    conflicts: [],
    rejected,
  }
}

/** A line for the log. */
const describeImport = (name: string, report: ImportReport): Parameters<NoteForLog> => {
  const { frames, masters, lightcurves, skipped, conflicts, rejected } = report
  return [
    `Project ${name} taken in: ${frames} frames, ${masters} masters, ${lightcurves} light curves; ${skipped} records were here already`,
    {
      level: rejected.length > 0 ? 'warning' : 'info',
      context: { conflicts: conflicts.length, rejected: rejected.length },
    },
  ]
}

/** The workspace as one file, out and in. */
export const transferProject = ({
  worker,
  version,
  requireWriter,
  ingest,
  note,
  onChange,
}: TransferInput): { readonly calls: Transfers; readonly requireSettledBytes: () => void } => {
  let importing = 0
  const write = (chosen: FileSystemFileHandle | null, options: CallOptions) =>
    worker.callTask((remote, port) => remote.exportProject(chosen, version, port), options)
  const calls: Transfers = {
    exportProject: async (options = {}) =>
      (await write(null, options)) ?? new Blob([], { type: 'application/zip' }),
    saveProject: async (chosen, options = {}) => {
      await write(chosen, options)
    },
    inspectProject: (zip) => worker.call((remote) => remote.inspectProject(zip)),
    importProject: async (zip, options = {}) => {
      await requireWriter()
      importing++
      try {
        const report = await worker.callTask((remote, port) => remote.importProject(zip, port), options)
        if (report === null) return toImportReport(await ingest([{ path: nameOf(zip), blob: zip }], options))
        await note(...describeImport(nameOf(zip), report))
        return report
      } finally {
        importing--
        onChange()
      }
    },
  }
  return {
    calls,
    requireSettledBytes: () => {
      if (importing > 0)
        throw new AsterismError(
          'storage',
          'A project is being taken in. Delete removed frames when that has ended, or cancel it first.',
        )
    },
  }
}
