/** Where pieces of one thing go. To be closed. */
export interface PieceSink {
  write(start: number, bytes: Uint8Array): Promise<void>
  close(): void
}

/** Bytes of originals, masters and stacks, under ids. What was written whole is there; what was not is not. */
export interface PixelStore {
  readonly kind: 'opfs' | 'indexeddb'
  /** Replaces what is there under this id, once all of it is written. */
  write(id: string, bytes: Uint8Array): Promise<void>
  /** Bytes from start to end (exclusive), counted from 0; all of them unless said. Rejects with 'not-found'. */
  read(id: string, start?: number, end?: number): Promise<Uint8Array<ArrayBuffer>>
  /** Fills `target` with the bytes from start on, without a buffer in between where the store can. */
  readInto(id: string, start: number, target: Uint8Array<ArrayBuffer>): Promise<void>
  /** For what is made bit by bit, by several threads at once: nothing is there under the id until it is sealed. */
  openPieces(id: string): Promise<PieceSink>
  /** Puts pieces that cover [0, size) in place as a whole; rejects with 'truncated' when one is missing. */
  sealPieces(id: string, size: number): Promise<void>
  has(id: string): Promise<boolean>
  /** Nothing happens when it is not there. */
  delete(id: string): Promise<void>
  /** Number of bytes; rejects with 'not-found'. */
  size(id: string): Promise<number>
  /** In the order of the ids. */
  list(): Promise<{ readonly id: string; readonly bytes: number }[]>
  close(): void
}
