import { useMemo } from 'react'
import type { ExposureRecord } from '../../core/frame'
import type { PlateSolutionRecord } from '../../core/plate-solution'
import type { SolveFailure } from '../../state/sky-slice'
import { VirtualTable } from '../kit/virtual-table'
import type { PlotSeries } from '../plots/plot-types'
import { SeriesPlot } from '../plots/series-plot'
import { listDrift } from './list-drift'
import { useSkyWords } from './use-sky-words'
import styles from './sky-panel.module.css'

interface SeriesOverviewProps {
  readonly frames: readonly ExposureRecord[]
  readonly solutions: ReadonlyMap<string, PlateSolutionRecord>
  readonly failures: ReadonlyMap<string, SolveFailure>
  readonly selected: string | null
  readonly onPick: (frame: string) => void
}

/** The whole series: where each frame is, how it turned and how well it was solved; and how the telescope drifted. */
export const SeriesOverview = ({ frames, solutions, failures, selected, onPick }: SeriesOverviewProps) => {
  const { t, fixed, place } = useSkyWords()
  const drift = useMemo(() => listDrift(frames, solutions), [frames, solutions])
  const solved = frames.filter(({ id }) => solutions.has(id)).length
  const at = frames.findIndex(({ id }) => id === selected)
  const series = useMemo(
    (): PlotSeries[] => [
      { id: 'east', name: t('series.east'), role: 'target', x: drift.number, y: drift.east },
      { id: 'north', name: t('series.north'), role: 'comparison', x: drift.number, y: drift.north },
    ],
    [drift, t],
  )
  const cell = (index: number, read: (solution: PlateSolutionRecord) => string): string => {
    const solution = solutions.get(frames[index]?.id ?? '')
    return solution === undefined ? '' : read(solution)
  }
  const stateOf = (index: number): string => {
    const id = frames[index]?.id ?? ''
    if (solutions.has(id)) return t('series.solved')
    return failures.has(id) ? t('series.refused') : t('series.open')
  }
  return (
    <article className={styles['box']} aria-label={t('series.title')}>
      <header>
        <h3>{t('series.title')}</h3>
        <span>{t('series.count', { solved, all: frames.length })}</span>
      </header>
      {solved < 2 ? null : (
        <>
          <p>{t('series.text')}</p>
          <ul className={styles['legend']}>
            <li data-role="target">{t('series.east')}</li>
            <li data-role="comparison">{t('series.north')}</li>
          </ul>
          <SeriesPlot
            series={series}
            x={{ label: t('series.number'), format: (value) => fixed(value, 0) }}
            y={{ label: t('series.drift'), format: (value) => fixed(value, 1) }}
            height={190}
            label={t('series.drift')}
            selected={at < 0 ? null : at}
            onPick={(index) => onPick(frames[index]?.id ?? '')}
          />
        </>
      )}
      <div className={styles['table']} style={{ height: Math.min(300, 36 + 31 * frames.length) }}>
        <VirtualTable
          label={t('series.title')}
          count={frames.length}
          columns={[
            { name: t('series.frame'), value: (index) => frames[index]?.name ?? '' },
            { name: t('series.state'), value: stateOf },
            {
              name: t('fact.center'),
              value: (index) => cell(index, ({ center }) => place(center[0], center[1])),
            },
            {
              name: t('fact.rotation'),
              value: (index) => cell(index, ({ rotation }) => `${fixed(rotation, 3)}°`),
            },
            {
              name: t('fact.rms'),
              value: (index) => cell(index, ({ rmsArcseconds }) => `${fixed(rmsArcseconds, 3)}″`),
            },
            {
              name: t('fact.matched'),
              value: (index) => cell(index, ({ matched }) => String(matched.x.length)),
            },
          ]}
          selected={at < 0 ? null : at}
          onPick={(index) => onPick(frames[index]?.id ?? '')}
        />
      </div>
    </article>
  )
}
