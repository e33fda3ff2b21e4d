/** What a slice is given of the store: itself, and nothing of the others. */
export interface SliceAccess<Slice> {
  readonly get: () => Slice
  /** Changes some fields and leaves the others alone. */
  readonly set: (change: Partial<Slice> | ((slice: Slice) => Partial<Slice>)) => void
}
