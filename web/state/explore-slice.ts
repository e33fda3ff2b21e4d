import type { SortBy, TableQuery, TableSource } from '../core/table-query'
import type { Studio } from '../engine/studio'
import type { SliceAccess } from './slice-access'

export type ExploreTab = 'data' | 'plot' | 'admin'

export interface ExploreSlice {
  readonly tab: ExploreTab
  readonly source: TableSource
  readonly filter: string
  readonly sort: readonly SortBy[]
  /** Column by which rows are put together; null shows the rows themselves. */
  readonly groupBy: string | null
  /** Rows that a person chose, in the table or in the plot, by their places in the whole table. */
  readonly selected: ReadonlySet<number>
  /** Goes up when the workspace changed, so that tables are read again. */
  readonly version: number
  readonly openTab: (tab: ExploreTab) => void
  readonly openTable: (source: TableSource, filter?: string) => void
  readonly setFilter: (filter: string) => void
  readonly setSort: (sort: readonly SortBy[]) => void
  readonly setGroupBy: (column: string | null) => void
  readonly select: (rows: Iterable<number>) => void
}

export const queryOf = ({ source, version, filter, sort }: ExploreSlice): TableQuery => ({
  source,
  version,
  filter,
  sort,
})

/** Changes come in bursts while an order runs or frames come in; tables are read again at most this often. Milliseconds. */
const REFRESH_INTERVAL = 1000

export const createExploreSlice = (
  { set }: SliceAccess<ExploreSlice>,
  studio: Pick<Studio, 'subscribe'>,
): ExploreSlice => {
  let timer: ReturnType<typeof setTimeout> | null = null
  studio.subscribe((event) => {
    if (event.kind !== 'frames-changed' && event.kind !== 'results-changed' && event.kind !== 'log') return
    timer ??= setTimeout(() => {
      timer = null
      set(({ version }) => ({ version: version + 1 }))
    }, REFRESH_INTERVAL)
  })
  return {
    tab: 'data',
    source: 'exposures',
    filter: '',
    sort: [],
    groupBy: null,
    selected: new Set(),
    version: 0,
    openTab: (tab) => set({ tab }),
    openTable: (source, filter = '') => set({ source, filter, sort: [], groupBy: null, selected: new Set() }),
    setFilter: (filter) => set({ filter }),
    setSort: (sort) => set({ sort }),
    setGroupBy: (groupBy) => set({ groupBy }),
    select: (rows) => set({ selected: new Set(rows) }),
  }
}
