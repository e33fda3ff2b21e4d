import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { TableQuery } from '../../core/table-query'
import type { Row } from '../../core/work-order'
import type { TableExplorer } from '../../engine/explore-tables'
import { useStudio } from '../kit/use-app'

export interface PlacedRow {
  /** Place in the whole table. */
  readonly number: number
  readonly row: Row
}

/** Rows come in blocks of so many: two screens full. */
const BLOCK = 100
const MOST_BLOCKS = 60
/** Rows that only fly by under the wheel are not asked for: a block is fetched when it was wanted this lately. Milliseconds. */
const PATIENCE = 30
const MOST_WANTED = 4

/** Blocks of rows of one query. What is asked for and not there is fetched; `onCome` says when it has come. */
const createRowBlocks = (
  tables: Pick<TableExplorer, 'slice'>,
  query: TableQuery | null,
  onCome: () => void,
) => {
  const held = new Map<number, readonly PlacedRow[]>()
  const coming = new Set<number>()
  /** The last that were looked at, the latest last. */
  let wanted: number[] = []
  let timer: ReturnType<typeof setTimeout> | null = null

  const fetchBlock = async (block: number): Promise<void> => {
    if (query === null) return
    coming.add(block)
    try {
      const { rows, numbers } = await tables.slice(query, block * BLOCK, (block + 1) * BLOCK)
      held.set(
        block,
        rows.map((row, index) => ({ row, number: numbers[index] ?? 0 })),
      )
      for (const old of held.keys()) {
        if (held.size <= MOST_BLOCKS) break
        if (!wanted.includes(old)) held.delete(old)
      }
      onCome()
    } finally {
      coming.delete(block)
    }
  }
  const fetchWanted = (): void => {
    timer = null
    // What cannot be fetched is wanted again when it is next drawn.
    for (const block of wanted)
      if (!held.has(block) && !coming.has(block)) fetchBlock(block).catch(() => undefined)
  }
  return {
    rowAt: (index: number): PlacedRow | null => {
      const block = Math.floor(index / BLOCK)
      if (wanted.at(-1) !== block)
        wanted = [...wanted.filter((each) => each !== block), block].slice(-MOST_WANTED)
      const rows = held.get(block)
      if (rows !== undefined) return rows[index - block * BLOCK] ?? null
      timer ??= setTimeout(fetchWanted, PATIENCE)
      return null
    },
  }
}

/** Rows of an answered query by their places in it; null for those that are on their way. */
export const useRowBlocks = (query: TableQuery | null): ((index: number) => PlacedRow | null) => {
  const { tables } = useStudio()
  const [come, setCome] = useState(0)
  const alive = useRef(true)
  useEffect(() => {
    alive.current = true
    return () => {
      alive.current = false
    }
  }, [])
  const blocks = useMemo(
    () =>
      createRowBlocks(tables, query, () => {
        if (alive.current) setCome((count) => count + 1)
      }),
    [tables, query],
  )
  // Another function for other rows: whoever draws them draws again.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useCallback((index: number) => blocks.rowAt(index), [blocks, come])
}
