import { useCallback, useEffect, useRef, useState } from 'react'
import type { TableQuery } from '../../core/table-query'
import type { Row } from '../../core/work-order'
import { useStudio } from '../kit/use-app'

export interface PlacedRow {
  /** Place in the whole table. */
  readonly number: number
  readonly row: Row
}

/** Rows come in blocks of so many: two screens full. */
const BLOCK = 100
const MOST_BLOCKS = 40

/** Rows of an answered query by their places in it; what is not there yet is fetched, and the table drawn again when it comes. */
export const useRowBlocks = (query: TableQuery | null): ((index: number) => PlacedRow | null) => {
  const studio = useStudio()
  const blocks = useRef(new Map<number, readonly PlacedRow[] | 'coming'>())
  const asked = useRef<TableQuery | null>(null)
  const [, redraw] = useState(0)
  if (asked.current !== query) {
    asked.current = query
    blocks.current = new Map()
  }
  const fetchBlock = useCallback(
    (block: number): void => {
      if (query === null || blocks.current.has(block)) return
      const mine = blocks.current
      mine.set(block, 'coming')
      studio.tables.slice(query, block * BLOCK, (block + 1) * BLOCK).then(
        ({ rows, numbers }) => {
          mine.set(
            block,
            rows.map((row, index) => ({ row, number: numbers[index] ?? 0 })),
          )
          for (const old of mine.keys()) {
            if (mine.size <= MOST_BLOCKS) break
            if (Math.abs(old - block) > 2) mine.delete(old)
          }
          if (blocks.current === mine) redraw((count) => count + 1)
        },
        () => mine.delete(block),
      )
    },
    [studio, query],
  )
  const wanted = useRef(new Set<number>())
  // Asked for after drawing, since asking changes what is known.
  useEffect(() => {
    for (const block of wanted.current) fetchBlock(block)
    wanted.current.clear()
  })
  return useCallback((index: number) => {
    const block = Math.floor(index / BLOCK)
    const held = blocks.current.get(block)
    if (held !== undefined && held !== 'coming') return held[index - block * BLOCK] ?? null
    wanted.current.add(block)
    return null
  }, [])
}
