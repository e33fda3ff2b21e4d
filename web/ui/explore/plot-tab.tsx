import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { toAsterismError } from '../../core/errors'
import type { QueriedColumn } from '../../core/table-query'
import type { PlotChoice } from '../../state/settings-slice'
import { saveFile } from '../kit/save-file'
import { useApp, useStudio } from '../kit/use-app'
import { ScatterPlot } from '../plots/scatter/scatter-plot'
import type { SelectMode } from '../plots/scatter/scatter-types'
import { keepPlotChoice } from './choose-plot-columns'
import { ChosenRows } from './chosen-rows'
import { listNeeded, makePlot } from './make-plot'
import { nameTableFile } from './name-table-file'
import { PlotChoosers } from './plot-choosers'
import { usePlotColumns } from './use-plot-columns'
import { useRowActions } from './use-row-actions'
import type { TableAnswer } from './use-table-answer'
import styles from './plot-tab.module.css'

const NO_COLUMNS: readonly QueriedColumn[] = []
const NO_NAMES: readonly string[] = []
/** A frame with more points than this has no ring about each: they would cover what they point at. */
const MOST_RINGS = 60

/** The same rows as in the table, one column over another. What is chosen here is chosen there, and marked on the frames. */
export const PlotTab = ({ state }: { readonly state: TableAnswer }) => {
  const { t, i18n } = useTranslation('explore')
  const studio = useStudio()
  const { source, selected, select, openTab } = useApp((app) => app.explore)
  const frame = useApp((app) => app.selection.frame)
  const tellError = useApp((app) => app.notices.tellError)
  const { plots, change } = useApp((app) => app.settings)
  const { query, answer } = state
  const columns = answer?.columns ?? NO_COLUMNS
  const choice = useMemo(() => keepPlotChoice(source, columns, plots[source]), [source, columns, plots])
  const needed = useMemo(
    () => (choice === null ? NO_NAMES : listNeeded(source, columns, choice)),
    [source, columns, choice],
  )
  const fetched = usePlotColumns(query, choice, needed)
  // What was chosen just now may need columns that are on their way.
  const drawn =
    fetched === null
      ? null
      : choice !== null && needed.every((name) => fetched.columns.has(name))
        ? choice
        : fetched.choice
  const made = useMemo(
    () =>
      fetched === null || drawn === null
        ? null
        : makePlot({ source, facts: columns, choice: drawn, data: fetched, language: i18n.language }),
    [source, columns, drawn, fetched, i18n.language],
  )
  const marks = useMemo(
    () =>
      made === null || selected.size === 0
        ? null
        : Uint8Array.from(made.numbers, (number) => (selected.has(number) ? 1 : 0)),
    [made, selected],
  )
  const current = useMemo(() => {
    const found = frame === null ? [] : (made?.findFrame(frame) ?? [])
    return found.length > MOST_RINGS ? [] : found
  }, [made, frame])
  const wanted = useMemo(() => query ?? { source, version: 0, filter: '', sort: [] }, [query, source])
  const { open } = useRowActions(wanted)

  const choose = useCallback(
    (indices: Uint32Array, mode: SelectMode) => {
      const rows = Array.from(indices, (index) => made?.numbers[index] ?? -1)
      if (mode === 'set') select(rows)
      else if (mode === 'add') select([...selected, ...rows])
      else {
        const gone = new Set(rows)
        select([...selected].filter((number) => !gone.has(number)))
      }
    },
    [made, select, selected],
  )
  const pick = (index: number) => {
    const number = made?.numbers[index]
    if (number === undefined) return
    studio.tables.pick(wanted, Uint32Array.of(number)).then(([row]) => {
      if (row !== undefined) open(row)
    }, tellError)
  }
  const name = nameTableFile(source)
  const saveCsv = () => {
    studio.tables.write(wanted, { columns: needed, format: 'csv' }).then(
      (file) => saveFile(`${name}-plot.csv`, file),
      (error: unknown) => tellError(toAsterismError(error)),
    )
  }
  const keep = (next: PlotChoice) => change({ plots: { ...plots, [source]: next } })
  const forget = () => {
    const { [source]: gone, ...others } = plots
    if (gone !== undefined) change({ plots: others })
  }
  if (answer !== null && answer.total === 0)
    return <p className={styles['empty']}>{t(`nothing.${source}`, { defaultValue: t('nothing.any') })}</p>
  if (choice === null || drawn === null || made === null)
    return (
      <p className={styles['empty']}>
        {answer !== null && choice === null ? t('plot.nothing') : t('loading')}
      </p>
    )
  return (
    <>
      <PlotChoosers
        columns={columns}
        choice={choice}
        onChange={keep}
        onReset={forget}
        onTable={() => openTab('data')}
      />
      <ChosenRows query={wanted} columns={needed} />
      <div className={styles['plot']}>
        <ScatterPlot
          points={made.points}
          axes={made.axes}
          label={
            drawn.y === null
              ? t('plot.labelCount', { x: drawn.x })
              : t('plot.label', { x: drawn.x, y: drawn.y })
          }
          fileName={`${name}-plot`}
          selected={marks}
          onSelect={choose}
          onPick={pick}
          current={current}
          nameOf={made.nameOf}
          onExportCsv={saveCsv}
        />
      </div>
    </>
  )
}
