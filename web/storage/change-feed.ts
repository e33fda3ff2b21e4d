import type { TableName } from '../core/work-order'

/** Something changed in these tables. What, the listener reads for itself. */
export interface TableChange {
  readonly tables: readonly TableName[]
}

export interface ChangeFeed {
  /** Tells every other thread and tab that listens; not this one. */
  tell(change: TableChange): void
  close(): void
}

const isChange = (value: unknown): value is TableChange =>
  typeof value === 'object' && value !== null && 'tables' in value && Array.isArray(value.tables)

/** Lets a second tab follow what the first one does. */
export const openChangeFeed = (
  onChange: (change: TableChange) => void,
  options: { readonly name?: string } = {},
): ChangeFeed => {
  const channel = new BroadcastChannel(options.name ?? 'asterism-changes')
  channel.addEventListener('message', (event) => {
    const message = (event as MessageEvent<unknown>).data
    if (isChange(message)) onChange(message)
  })
  return {
    tell: (change) => channel.postMessage({ tables: [...change.tables] }),
    close: () => channel.close(),
  }
}
