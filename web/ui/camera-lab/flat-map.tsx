import { interpolateViridis } from 'd3'
import { useRef, useState } from 'react'
import type { FlatMapRecord } from '../../core/camera-report'
import { VirtualTable } from '../kit/virtual-table'
import { useSize } from '../plots/use-size'
import { useNightTheme } from '../viewer/use-night-theme'
import { LabExport } from './lab-export'
import type { LabWords } from './use-lab-words'
import styles from './camera-lab.module.css'

interface FlatMapProps {
  readonly map: FlatMapRecord
  readonly words: LabWords
  readonly fileName: string
  readonly nameOf: (id: string) => string
}

const MOST_SIDE = 340
const LEAST_SIDE = 120
/** For the scale and its numbers. */
const SCALE_WIDTH = 84
/** The colours span so many standard deviations each way: an odd block does not hide the rest. */
const SPREAD = 3

const red = (part: number): string =>
  `rgb(${Math.round(30 + 225 * part)} ${Math.round(60 * part)} ${Math.round(45 * part)})`

/** One flat over another, block by block, as a map with its scale. */
export const FlatMap = ({ map, words, fileName, nameOf }: FlatMapProps) => {
  const { t, number } = words
  const night = useNightTheme()
  const [table, setTable] = useState(false)
  const svg = useRef<SVGSVGElement>(null)
  const { columns, rows, ratio, block, scatter, noise, span, filter, nights } = map
  const { element, width: room } = useSize<HTMLDivElement>()
  const side = Math.max(LEAST_SIDE, Math.min(MOST_SIDE, room - SCALE_WIDTH))
  const cell = side / Math.max(columns, rows)
  const [width, height] = [columns * cell, rows * cell]
  const half = Math.max(1e-6, SPREAD * scatter)
  const partOf = (value: number): number => Math.min(1, Math.max(0, (value - 1 + half) / (2 * half)))
  const colour = night ? red : interpolateViridis
  const percent = (value: number): string => `${number(100 * value, 2)} %`
  const title = t('plot.map', { first: nameOf(map.first), second: nameOf(map.second) })
  const content = Array.from(ratio, (value, index) => ({
    column: index % columns,
    row: Math.floor(index / columns),
    ratio: value,
  }))
  return (
    <article className={styles['plot']} aria-label={title} data-plot="flat-ratio">
      <header>
        <h3>{title}</h3>
        <button type="button" className="chip" aria-pressed={table} onClick={() => setTable(!table)}>
          {t('table')}
        </button>
        <LabExport
          name={`${fileName}-flat-ratio`}
          title={title}
          rows={content}
          drawings={() => (svg.current === null ? [] : [svg.current])}
          drawn={!table}
          words={words}
        />
      </header>
      <p>
        {t(nights[0] === nights[1] ? 'plot.mapText' : 'plot.mapTextNights', {
          filter: filter ?? '–',
          block,
          scatter: percent(scatter),
          noise: percent(noise),
          span: percent(span),
          from: nights[1].slice(0, 10),
          to: nights[0].slice(0, 10),
        })}
      </p>
      {table ? (
        <div className={styles['table']}>
          <VirtualTable
            label={title}
            count={content.length}
            columns={(['column', 'row', 'ratio'] as const).map((name) => ({
              name: t(`column.${name}`),
              value: (index) => number(content[index]?.[name] ?? NaN, 7),
            }))}
          />
        </div>
      ) : (
        <div ref={element}>
          <svg
            ref={svg}
            className={styles['map']}
            role="img"
            aria-label={`${title}: ${percent(-half)} … ${percent(half)}`}
            width={width + SCALE_WIDTH}
            height={height + 8}
            viewBox={`0 -4 ${width + SCALE_WIDTH} ${height + 8}`}
          >
            {content.map(({ column, row, ratio: value }) => (
              <rect
                key={`${column} ${row}`}
                x={column * cell}
                // The first stored row stands at the bottom, as in the picture.
                y={height - (row + 1) * cell}
                width={cell + 0.5}
                height={cell + 0.5}
                fill={Number.isFinite(value) ? colour(partOf(value)) : 'none'}
              />
            ))}
            {Array.from({ length: 40 }, (_, index) => (
              <rect
                key={index}
                x={width + 14}
                y={(height * (39 - index)) / 40}
                width={12}
                height={height / 40 + 0.5}
                fill={colour((index + 0.5) / 40)}
              />
            ))}
            {[-1, 0, 1].map((at) => (
              <text
                key={at}
                className={styles['tick']}
                x={width + 30}
                y={(height * (1 - at)) / 2 + (at === 1 ? 9 : at === 0 ? 4 : 0)}
              >
                {at > 0 ? '+' : ''}
                {percent(at * half)}
              </text>
            ))}
          </svg>
        </div>
      )}
    </article>
  )
}
