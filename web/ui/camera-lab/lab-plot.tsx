import { useMemo, useRef, useState } from 'react'
import { openFrameOf } from '../../state/open-thing'
import { useAppStore } from '../kit/use-app'
import { VirtualTable } from '../kit/virtual-table'
import { SeriesPlot } from '../plots/series-plot'
import { LabExport } from './lab-export'
import { reachErrors, type LabPlotData } from './lab-plot-data'
import type { LabWords } from './use-lab-words'
import styles from './camera-lab.module.css'

interface LabPlotProps {
  readonly plot: LabPlotData
  readonly words: LabWords
  /** Begins the names of its files. */
  readonly fileName: string
  /** Stands among the buttons of this plot. */
  readonly choice?: React.ReactNode
}

/** The table behind a plot, by its rows' own columns. */
const LabTable = ({ plot, words }: Pick<LabPlotProps, 'plot' | 'words'>) => {
  const { rows, title } = plot
  const show = (value: unknown): string =>
    typeof value === 'number' ? words.number(value, 7) : typeof value === 'string' ? value : '–'
  return (
    <div className={styles['table']}>
      <VirtualTable
        label={title}
        count={rows.length}
        columns={Object.keys(rows[0] ?? {}).map((column) => ({
          name: words.t(`column.${column}`),
          value: (index) => {
            const value = rows[index]?.[column]
            return column === 'left_out' && typeof value === 'string'
              ? words.t(`leftOut.${value}`)
              : show(value)
          },
        }))}
      />
    </div>
  )
}

/** A plot with a sentence above, its residuals below, the table behind, and files of all of it. */
export const LabPlot = ({ plot, words, fileName, choice }: LabPlotProps) => {
  const { t } = words
  const store = useAppStore()
  const [table, setTable] = useState(false)
  const main = useRef<SVGSVGElement>(null)
  const lower = useRef<SVGSVGElement>(null)
  const { id, title, text, series, x, y, residuals, legend = [], rows, frames } = plot
  const roomy = useMemo(() => [...series, ...series.slice(0, 1).map(reachErrors)], [series])
  const roomyBelow = useMemo(
    () => [...(residuals?.series ?? []), ...(residuals?.series.slice(0, 1) ?? []).map(reachErrors)],
    [residuals],
  )
  const open = (index: number) => {
    const frame = frames[index]
    if (frame !== undefined && frame !== '') openFrameOf(store, frame, 'raw')
  }
  return (
    <article className={styles['plot']} aria-label={title} data-plot={id}>
      <header>
        <h3>{title}</h3>
        {choice}
        <button type="button" className="chip" aria-pressed={table} onClick={() => setTable(!table)}>
          {t('table')}
        </button>
        <LabExport
          name={`${fileName}-${id}`}
          title={title}
          rows={rows}
          drawings={() => [main.current, lower.current].filter((svg) => svg !== null)}
          drawn={!table}
          words={words}
        />
      </header>
      <p>{text}</p>
      {table ? (
        <LabTable plot={plot} words={words} />
      ) : (
        <>
          {legend.length < 2 ? null : (
            <ul className={styles['legend']}>
              {legend.map(({ role, name }) => (
                <li key={name} data-role={role}>
                  {name}
                </li>
              ))}
            </ul>
          )}
          <SeriesPlot
            svgRef={main}
            series={roomy}
            x={x}
            y={y}
            height={residuals === undefined ? 230 : 210}
            label={title}
            bare={residuals !== undefined}
            onPick={open}
          />
          {residuals === undefined ? null : (
            <SeriesPlot
              svgRef={lower}
              series={roomyBelow}
              x={x}
              y={residuals.y}
              height={140}
              label={`${title}: ${residuals.y.label}`}
              onPick={open}
            />
          )}
        </>
      )}
    </article>
  )
}
