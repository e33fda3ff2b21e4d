import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, type ReactNode } from 'react'
import styles from './virtual-table.module.css'

export interface TableColumn {
  readonly name: string
  /** What stands at the head; the name when left out. */
  readonly head?: ReactNode
  readonly sorted?: 'ascending' | 'descending' | 'none'
  readonly value: (index: number) => string
}

interface VirtualTableProps {
  readonly label: string
  readonly count: number
  readonly columns: readonly TableColumn[]
  readonly selected?: number | null
  readonly onPick?: (index: number) => void
}

const ROW = 30

/** Room for the rows that are not drawn, so that the bar scrolls as if they were. */
const Spacer = ({ height }: { readonly height: number }) =>
  height <= 0 ? null : (
    <tr aria-hidden="true">
      <td style={{ height }} />
    </tr>
  )

/** A table of any length as light as one of thirty rows; it scrolls by keyboard too. */
export const VirtualTable = ({ label, count, columns, selected = null, onPick }: VirtualTableProps) => {
  const scroll = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 12,
  })
  const items = rows.getVirtualItems()
  return (
    <div ref={scroll} className={styles['table']} tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map(({ name, head, sorted }) => (
              <th key={name} aria-sort={sorted}>
                {head ?? name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={items[0]?.start ?? 0} />
          {items.map(({ index }) => (
            <tr key={index} data-selected={index === selected} onClick={() => onPick?.(index)}>
              {columns.map(({ name, value }) => (
                <td key={name}>{value(index)}</td>
              ))}
            </tr>
          ))}
          <Spacer height={rows.getTotalSize() - (items.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
    </div>
  )
}
