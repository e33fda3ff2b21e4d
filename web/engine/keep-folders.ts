import { newId } from '../core/ids'
import { readKeptCalibration } from '../pipeline/calibration/choices'
import type { ProjectContract } from '../rpc/contracts'
import { sweepExports } from '../storage/export-file'
import { LOCAL_PREFIX } from '../storage/local-settings'
import type { Workspace } from '../storage/workspace'
import type { KeptWorker } from './keep-worker'
import { mirrorFolder } from './mirror-folder'
import type { Studio, StudioEvent } from './studio'
import { watchFolder } from './watch-folder'

export interface KeepFoldersInput {
  readonly opened: Promise<Workspace>
  readonly worker: KeptWorker<ProjectContract>
  readonly version: string
  readonly emit: (event: StudioEvent) => void
  readonly studio: () => Studio
}

const keepUnder = (opened: Promise<Workspace>, name: string) => {
  const id = `${LOCAL_PREFIX}${name}`
  return {
    read: async (): Promise<unknown> => (await (await opened).settings.get(id))?.value ?? null,
    write: async (value: unknown): Promise<void> => {
      const { settings } = await opened
      await (value === null ? settings.delete(id) : settings.put({ id, value }))
    },
  }
}

/** The two folders on disk that this workspace has to do with: one that frames come from, one that follows it. */
export const keepFolders = ({ opened, worker, version, emit, studio }: KeepFoldersInput) => {
  const watch = watchFolder({
    keep: keepUnder(opened, 'watch'),
    ingest: (files, batch) =>
      studio().ingest(
        files.map(({ path, file }) => ({ path, blob: file })),
        { batch },
      ),
    submit: (order) => studio().submit({ ...order, id: newId('order') }),
    exposures: () => studio().listExposures(),
    orders: () => studio().listOrders(),
    stepsOf: (order) => studio().listSteps(order),
    calibration: async () => readKeptCalibration(await opened),
    onState: (state) => emit({ kind: 'watch-changed', state }),
  })
  const mirror = mirrorFolder({
    keep: keepUnder(opened, 'mirror'),
    mirror: (folder, owner, options) =>
      worker.callTask((remote, port) => remote.mirrorProject({ folder, owner, app: version }, port), options),
    onState: (state) => emit({ kind: 'mirror-changed', state }),
  })
  return {
    watch,
    mirror,
    /** One tab has the workspace in hand, and with it the folders. */
    follow: async (canWrite: boolean): Promise<void> => {
      if (canWrite) {
        await sweepExports()
        await watch.recall()
        await mirror.recall()
      } else {
        watch.forget()
        mirror.forget()
      }
    },
  }
}
