import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExposureRecord } from '../../core/frame'
import type { FrameQuality } from '../../core/source-list'
import { FrameRow } from './frame-row'
import styles from './library-panel.module.css'

interface FrameListProps {
  readonly exposures: readonly ExposureRecord[]
  readonly current: string | null
  readonly selected: readonly string[]
  readonly qualities: ReadonlyMap<string, FrameQuality>
  readonly problems: ReadonlySet<string>
  /** A click selects or deselects, as with Ctrl. */
  readonly several: boolean
  readonly onOpen: (frame: string) => void
  readonly onSelect: (frames: readonly string[]) => void
}

const ROW = 52

/** The frames of a group, hundreds of them as light as ten: click opens, Shift and Ctrl select, arrows step. */
export const FrameList = ({
  exposures,
  current,
  selected,
  qualities,
  problems,
  several,
  onOpen,
  onSelect,
}: FrameListProps) => {
  const { t } = useTranslation('library')
  const scroll = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: exposures.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 6,
  })
  const chosen = new Set(selected)
  const at = exposures.findIndex((exposure) => exposure.id === current)
  // Only rows in view are in the page; a name of one that is not would point nowhere.
  const isDrawn = rows.getVirtualItems().some(({ index }) => index === at)
  // A frame that was opened elsewhere, by a point of a plot or a row of a table, comes into view.
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at)
  }, [rows, at])
  const idAt = (index: number): string | undefined => exposures[index]?.id

  const range = (to: number): string[] => {
    const [first, last] = [Math.min(Math.max(0, at), to), Math.max(at, to)]
    return exposures.slice(first, last + 1).map((exposure) => exposure.id)
  }
  const openAt = (index: number, extend: boolean) => {
    const id = idAt(index)
    if (id === undefined) return
    if (extend) onSelect([...new Set([...selected, ...range(index)])])
    else onSelect([])
    onOpen(id)
    rows.scrollToIndex(index)
  }
  const click = (event: MouseEvent, index: number) => {
    const id = idAt(index)
    if (id === undefined) return
    if (event.shiftKey) onSelect(range(index))
    else if (event.ctrlKey || event.metaKey || several)
      onSelect(chosen.has(id) ? selected.filter((other) => other !== id) : [...selected, id])
    else {
      onSelect([])
      onOpen(id)
    }
  }
  const press = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (move !== undefined) openAt(Math.max(0, Math.min(exposures.length - 1, at + move)), event.shiftKey)
    else if (event.key === 'Home') openAt(0, event.shiftKey)
    else if (event.key === 'End') openAt(exposures.length - 1, event.shiftKey)
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey))
      onSelect(exposures.map((exposure) => exposure.id))
    else if (event.key === 'Escape') onSelect([])
    else return
    event.preventDefault()
  }
  return (
    <div
      ref={scroll}
      className={styles['list']}
      role="listbox"
      aria-label={t('frames')}
      aria-multiselectable="true"
      aria-activedescendant={current !== null && isDrawn ? `frame-${current}` : undefined}
      tabIndex={0}
      onKeyDown={press}
    >
      <div className={styles['sheet']} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const exposure = exposures[index]
          if (exposure === undefined) return null
          return (
            <div
              key={exposure.id}
              id={`frame-${exposure.id}`}
              role="option"
              aria-selected={chosen.has(exposure.id) || exposure.id === current}
              aria-setsize={exposures.length}
              aria-posinset={index + 1}
              tabIndex={-1}
              className={styles['row']}
              data-current={exposure.id === current}
              data-chosen={chosen.has(exposure.id)}
              data-excluded={exposure.excluded}
              style={{ transform: `translateY(${start}px)`, height: ROW }}
              onClick={(event) => click(event, index)}
              onKeyDown={() => undefined}
            >
              <FrameRow
                exposure={exposure}
                quality={qualities.get(exposure.id)}
                problem={problems.has(exposure.id)}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}
