import { isAbortError, toAsterismError } from '../core/errors'
import { newId } from '../core/ids'
import type { MirrorReport } from '../ingest/project/mirror-project'
import { askToUse, mayUse } from './folder-access'
import { NO_MIRROR, type MirrorControl, type MirrorState } from './folder-state'
import type { CallOptions } from './call-options'

interface KeptMirror {
  readonly folder: FileSystemDirectoryHandle
  /** Which workspace the folder follows; a workspace that was emptied is another one. */
  readonly owner: string
}

export interface MirrorFolderInput {
  readonly keep: { read(): Promise<unknown>; write(value: KeptMirror | null): Promise<void> }
  readonly mirror: (
    folder: FileSystemDirectoryHandle,
    owner: string,
    options: CallOptions,
  ) => Promise<MirrorReport>
  readonly onState: (state: MirrorState) => void
  /** Milliseconds that the workspace has to be at rest before it is written. */
  readonly rest?: number
}

const REST = 4000

const isKept = (value: unknown): value is KeptMirror =>
  typeof value === 'object' && value !== null && 'folder' in value && 'owner' in value

/** Keeps a folder on disk like the workspace: after changes, when they have come to rest. */
export const mirrorFolder = (
  input: MirrorFolderInput,
): MirrorControl & { changed(): void; forget(): void } => {
  let state: MirrorState = NO_MIRROR
  let kept: KeptMirror | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: AbortController | null = null
  let again = false

  const tell = (changes: Partial<MirrorState>): void => {
    state = { ...state, ...changes }
    input.onState(state)
  }

  const write = async (): Promise<void> => {
    clearTimeout(timer)
    if (kept === null) return
    if (writing !== null) {
      again = true
      return
    }
    const { folder, owner } = kept
    const control = new AbortController()
    writing = control
    again = false
    tell({ status: 'on', message: null, progress: { label: '', done: 0, total: 1 } })
    try {
      const { written } = await input.mirror(folder, owner, {
        signal: control.signal,
        onProgress: (progress) => tell({ progress }),
      })
      if (kept?.folder === folder) tell({ written, writtenAt: Date.now(), progress: null })
    } catch (error) {
      if (kept?.folder !== folder || isAbortError(error)) return
      const allowed = await mayUse(folder, 'readwrite').catch(() => false)
      tell({
        status: allowed ? 'error' : 'waiting-for-permission',
        message: toAsterismError(error).message,
      })
    } finally {
      writing = null
      if (state.progress !== null) tell({ progress: null })
      if (again && state.status === 'on') changed()
    }
  }

  const changed = (): void => {
    if (kept === null || state.status !== 'on') return
    if (writing !== null) {
      again = true
      return
    }
    clearTimeout(timer)
    timer = setTimeout(() => void write(), input.rest ?? REST)
  }

  const letGo = (): void => {
    clearTimeout(timer)
    kept = null
    writing?.abort()
    tell(NO_MIRROR)
  }

  return {
    state: () => state,
    choose: async (folder) => {
      letGo()
      // The same folder again, in a workspace that has not been emptied since, goes on where it was.
      const before = await input.keep.read()
      const same = isKept(before) && (await before.folder.isSameEntry(folder).catch(() => false))
      kept = { folder, owner: same ? before.owner : newId('mirror') }
      tell({ folder: folder.name })
      await input.keep.write(kept)
      if (await askToUse(folder, 'readwrite')) await write()
      else tell({ status: 'waiting-for-permission' })
    },
    resume: async () => {
      if (kept === null) return
      if (await askToUse(kept.folder, 'readwrite')) await write()
      else tell({ status: 'waiting-for-permission' })
    },
    write,
    stop: async () => {
      letGo()
      await input.keep.write(null)
    },
    recall: async () => {
      const before = await input.keep.read()
      if (!isKept(before) || kept !== null) return
      kept = before
      tell({ folder: before.folder.name, status: 'waiting-for-permission' })
      if (!(await mayUse(before.folder, 'readwrite'))) return
      tell({ status: 'on' })
      changed()
    },
    changed,
    forget: letGo,
  }
}
