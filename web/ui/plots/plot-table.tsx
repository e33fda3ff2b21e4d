import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import styles from './plot-table.module.css'

export interface PlotColumn {
  readonly name: string
  readonly value: (index: number) => string
}

interface PlotTableProps {
  readonly label: string
  readonly count: number
  readonly columns: readonly PlotColumn[]
  readonly selected: number | null
  readonly onPick?: (index: number) => void
}

const ROW = 30

/** The numbers behind a plot, for everybody who would rather read than look. */
export const PlotTable = ({ label, count, columns, selected, onPick }: PlotTableProps) => {
  const scroll = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 10,
  })
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    // A region that scrolls must be reachable by keyboard.
    <div ref={scroll} className={styles['table']} tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map(({ name }) => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? (
            <tr aria-hidden="true">
              <td style={{ height: before }} />
            </tr>
          ) : null}
          {items.map(({ index }) => (
            <tr key={index} data-selected={index === selected} onClick={() => onPick?.(index)}>
              {columns.map(({ name, value }) => (
                <td key={name}>{value(index)}</td>
              ))}
            </tr>
          ))}
          {after > 0 ? (
            <tr aria-hidden="true">
              <td style={{ height: after }} />
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  )
}
