import type { Progress } from '../core/task'

/** How a folder stands: one that frames come from, or one that follows the workspace. */
export interface FolderState {
  readonly status: 'off' | 'on' | 'waiting-for-permission' | 'error'
  /** Its name; null when none is chosen. */
  readonly folder: string | null
  /** What is wrong, in words. */
  readonly message: string | null
}

export interface WatchState extends FolderState {
  /** Frames that came in by this folder since the page was opened. */
  readonly taken: number
  /** Files that were not taken in, of the same time. */
  readonly refused: number
  /** Files that are still being written. */
  readonly waiting: readonly string[]
  /** New lights are reduced as they come. */
  readonly reduce: boolean
  /** What the last round gave an order for. */
  readonly lastOrder: string | null
}

export interface MirrorState extends FolderState {
  readonly progress: Progress | null
  /** Of the latest round, null before the first. */
  readonly written: number | null
  /** Milliseconds since 1970. */
  readonly writtenAt: number | null
}

const NO_FOLDER: FolderState = { status: 'off', folder: null, message: null }
export const NO_WATCH: WatchState = {
  ...NO_FOLDER,
  taken: 0,
  refused: 0,
  waiting: [],
  reduce: false,
  lastOrder: null,
}
export const NO_MIRROR: MirrorState = { ...NO_FOLDER, progress: null, written: null, writtenAt: null }

/** Choosing, going on after a reload (which needs a click where the browser asks again), and letting go. */
export interface FolderControl<State extends FolderState> {
  state(): State
  choose(folder: FileSystemDirectoryHandle): Promise<void>
  /** Within a click: asks for permission again and goes on. */
  resume(): Promise<void>
  stop(): Promise<void>
  /** Goes on with what was chosen in an earlier visit, where the browser still allows it. */
  recall(): Promise<void>
}

export interface WatchControl extends FolderControl<WatchState> {
  setReduce(on: boolean): Promise<void>
}

export interface MirrorControl extends FolderControl<MirrorState> {
  /** Brings the folder up to date now. */
  write(): Promise<void>
}
