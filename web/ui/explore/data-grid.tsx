import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useCallback, useEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueriedColumn, SortBy } from '../../core/table-query'
import type { Row } from '../../core/work-order'
import { formatCell } from './format-cell'
import type { PlacedRow } from './use-row-blocks'
import styles from './data-grid.module.css'

interface DataGridProps {
  readonly label: string
  readonly columns: readonly QueriedColumn[]
  /** Names of columns say nothing of what is in them. */
  readonly ofFile: boolean
  readonly count: number
  readonly rowAt: (index: number) => PlacedRow | null
  readonly sort: readonly SortBy[]
  /** `more` adds the column to those that the rows are in the order of. */
  readonly onSort: (column: string, more: boolean) => void
  readonly selected: ReadonlySet<number>
  /** Index of the row that the keys are at. */
  readonly at: number
  readonly onAt: (index: number) => void
  /** A row was chosen: alone, added or taken away, or all from where the keys were. */
  readonly onChoose: (index: number, how: 'alone' | 'toggle' | 'range') => void
  readonly onOpen: (row: Row) => void
  readonly onKey: (key: string) => boolean
}

const ROW = 30
const PAGE = 20
/** Rows that widths are taken from. */
const MEASURED = 60
/** Room beside a name for the arrow of its order, and the widest that a column may be, characters. */
const HEAD_ROOM = 4
const WIDEST = 36

const RowCells = memo(
  ({
    columns,
    row,
    ofFile,
    language,
  }: {
    readonly columns: readonly QueriedColumn[]
    readonly ofFile: boolean
    readonly row: Row | null
    readonly language: string
  }) =>
    columns.map(({ name, type }) => (
      <td key={name} data-type={type}>
        {row === null ? '…' : formatCell(row[name], ofFile ? null : name, language)}
      </td>
    )),
)
RowCells.displayName = 'RowCells'

/** A unit that stands beside a name; null where it is that of each row, or none. */
const shortUnit = (unit: string | null): string | null => (unit === null || /[ -]/.test(unit) ? null : unit)

/**
 * Widths in characters, from the names and the first rows. They are set, so that the browser need not look at every cell again when
 * another row comes in, and no column moves under the eyes.
 */
const measureWidths = (
  columns: readonly QueriedColumn[],
  rows: readonly Row[],
  ofFile: boolean,
  language: string,
): number[] =>
  columns.map(({ name, unit }) => {
    const head = name.length + (shortUnit(unit)?.length ?? 0) + HEAD_ROOM
    const cells = rows.map((row) => formatCell(row[name], ofFile ? null : name, language).length)
    return Math.min(WIDEST, Math.max(head, ...cells))
  })

/** A table of any length: only what is seen is there. Arrows move, Space chooses, Shift takes all between, Enter opens. */
export const DataGrid = (props: DataGridProps) => {
  const { label, columns, ofFile, count, rowAt, sort, selected, at, onAt, onChoose, onOpen, onKey } = props
  const { t, i18n } = useTranslation('explore')
  const scroll = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 10,
    // The head covers the first row of the window.
    scrollPaddingStart: ROW,
  })
  const { scrollToIndex } = rows
  useEffect(() => {
    if (at > 0) scrollToIndex(at, { align: 'auto' })
  }, [at, scrollToIndex])
  const items = rows.getVirtualItems()
  const ready = rowAt(0) !== null
  const first = useRef(rowAt)
  first.current = rowAt
  const widths = useMemo(() => {
    const sample = Array.from({ length: ready ? MEASURED : 0 }, (_, index) => first.current(index)?.row)
    return measureWidths(
      columns,
      sample.filter((row) => row !== undefined),
      ofFile,
      i18n.language,
    )
  }, [columns, ready, ofFile, i18n.language])
  const move = useCallback(
    (to: number, event: KeyboardEvent) => {
      const index = Math.max(0, Math.min(count - 1, to))
      if (event.shiftKey) onChoose(index, 'range')
      onAt(index)
    },
    [count, onAt, onChoose],
  )
  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + PAGE,
      PageUp: at - PAGE,
      Home: 0,
      End: count - 1,
    }
    const to = steps[event.key]
    if (to !== undefined) move(to, event)
    else if (event.key === ' ') onChoose(at, event.shiftKey ? 'range' : 'toggle')
    else if (event.key === 'Enter') {
      const placed = rowAt(at)
      if (placed !== null) onOpen(placed.row)
    } else if (!onKey(event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const click = (index: number, event: MouseEvent) => {
    onChoose(index, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'alone')
    onAt(index)
  }
  const describeSort = (column: string): 'ascending' | 'descending' | 'none' => {
    const key = sort.find((each) => each.column === column)
    return key === undefined ? 'none' : key.down ? 'descending' : 'ascending'
  }
  return (
    <div ref={scroll} className={styles['grid']}>
      <table
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-multiselectable="true"
        aria-activedescendant={count > 0 ? `explore-row-${at}` : undefined}
        onKeyDown={press}
      >
        <colgroup>
          {columns.map(({ name }, index) => (
            <col key={name} style={{ width: `calc(${widths[index] ?? 10}ch + 20px)` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ name, type, unit, description }) => {
              const order = sort.findIndex((key) => key.column === name)
              return (
                <th key={name} data-type={type} aria-sort={describeSort(name)}>
                  <button
                    type="button"
                    title={[description, unit === null ? '' : `[${unit}]`].filter(Boolean).join(' ') || name}
                    onClick={(event) => props.onSort(name, event.shiftKey)}
                  >
                    {name}
                    {shortUnit(unit) === null ? null : <small>{shortUnit(unit)}</small>}
                    {order < 0 ? null : (
                      <i aria-hidden="true">
                        {sort[order]?.down ? '▼' : '▲'}
                        {sort.length > 1 ? order + 1 : ''}
                      </i>
                    )}
                  </button>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          <tr aria-hidden="true" style={{ height: items[0]?.start ?? 0 }} />
          {items.map(({ index }) => {
            const placed = rowAt(index)
            return (
              <tr
                key={index}
                id={`explore-row-${index}`}
                aria-rowindex={index + 2}
                aria-selected={placed !== null && selected.has(placed.number)}
                data-at={index === at}
                onClick={(event) => click(index, event)}
                onDoubleClick={() => (placed === null ? undefined : onOpen(placed.row))}
              >
                <RowCells
                  columns={columns}
                  row={placed?.row ?? null}
                  ofFile={ofFile}
                  language={i18n.language}
                />
              </tr>
            )
          })}
          <tr
            aria-hidden="true"
            style={{ height: Math.max(0, rows.getTotalSize() - (items.at(-1)?.end ?? 0)) }}
          />
        </tbody>
      </table>
      {count === 0 ? <p className={styles['none']}>{t('noRows')}</p> : null}
    </div>
  )
}
