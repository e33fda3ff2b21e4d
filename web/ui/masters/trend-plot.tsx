import { useMemo, useState } from 'react'
import { tabulateRows } from '../../pipeline/export/tabulate-rows'
import type { TrendQuantity, TrendSeries } from '../../pipeline/masters/find-trends'
import { writeCsv } from '../../science/tables/write-csv'
import { Card } from '../inspector/card'
import { saveFile } from '../kit/save-file'
import { VirtualTable } from '../kit/virtual-table'
import type { PlotSeries } from '../plots/plot-types'
import { SeriesPlot } from '../plots/series-plot'
import { useMasterWords } from './use-master-words'
import styles from './trend-plot.module.css'

interface TrendPlotProps {
  readonly series: TrendSeries
  readonly selected: string | null
  readonly onSelect: (master: string) => void
  /** Shows one flat over the one before it as a picture. */
  readonly onMap: (flat: string, before: string) => void
}

const CHARGES: readonly TrendQuantity[] = ['readNoise', 'darkCurrent']

/** One quantity of one camera over the nights, with every step that is more than chance in words. */
export const TrendPlot = ({ series, selected, onSelect, onMap }: TrendPlotProps) => {
  const { t, number, describe, camera } = useMasterWords()
  const [table, setTable] = useState(false)
  const { quantity, points, example } = series
  const electrons = CHARGES.includes(quantity) && points.every((point) => point.electrons !== null)
  const unit = t(electrons ? `unitElectrons.${quantity}` : `unit.${quantity}`)
  const scale = (index: number): number => {
    const point = points[index]
    return !electrons || point === undefined || point.electrons === null ? 1 : point.electrons / point.value
  }
  const zero = Math.floor(points[0]?.time ?? 0)
  const plotted = useMemo((): PlotSeries[] => {
    const x = Float64Array.from(points, ({ time }) => time - zero)
    const factor = (index: number) => {
      const point = points[index]
      return !electrons || point === undefined || point.electrons === null ? 1 : point.electrons / point.value
    }
    return [
      {
        id: quantity,
        name: quantity,
        role: 'target',
        x,
        y: Float64Array.from(points, ({ value }, index) => value * factor(index)),
        error: Float64Array.from(points, ({ error }, index) => error * factor(index)),
        marked: (index) => points[index]?.jump != null,
      },
    ]
  }, [points, zero, quantity, electrons])
  const title = t(`quantity.${quantity}`)
  const where = [describe(example), camera(example)].join(' · ')
  const rows = points.map(({ master, night, time, value, error, electrons: charge, jump }) => ({
    quantity,
    master,
    night,
    jd_utc: time,
    value,
    error: Number.isFinite(error) ? error : null,
    unit: t(`unit.${quantity}`),
    electrons: charge,
    jump: jump?.by ?? null,
    jump_since: jump?.since ?? null,
  }))
  const at = points.findIndex(({ master }) => master === selected)
  return (
    <article className={styles['trend']} aria-label={`${title}: ${where}`}>
      <header>
        <div>
          <h3>{title}</h3>
          <p>{where}</p>
        </div>
        <button type="button" className="chip" aria-pressed={table} onClick={() => setTable(!table)}>
          {t('table')}
        </button>
        <button
          type="button"
          className="chip"
          onClick={() =>
            saveFile(
              `${quantity}-${example.group.instrument}.csv`,
              writeCsv(tabulateRows({ rows, table: null, name: quantity })),
              'text/csv',
            )
          }
        >
          CSV
        </button>
      </header>
      {table ? (
        <div className={styles['table']}>
          <VirtualTable
            label={title}
            count={points.length}
            selected={at < 0 ? null : at}
            onPick={(index) => onSelect(points[index]?.master ?? '')}
            columns={[
              { name: t('night'), value: (index) => points[index]?.night ?? '' },
              {
                name: `${title} (${unit})`,
                value: (index) => number((points[index]?.value ?? NaN) * scale(index), 6),
              },
              {
                name: '±',
                value: (index) => {
                  const error = points[index]?.error ?? NaN
                  return Number.isFinite(error) ? number(error * scale(index), 2) : '–'
                },
              },
            ]}
          />
        </div>
      ) : (
        <SeriesPlot
          series={plotted}
          x={{
            label: t('axis', { zero }),
            format: (value) => new Date((value + zero - 2_440_587.5) * 86_400_000).toISOString().slice(0, 10),
          }}
          y={{ label: unit, format: (value) => number(value, 4) }}
          height={170}
          label={`${title}, ${where}`}
          selected={at < 0 ? null : at}
          onPick={(index) => onSelect(points[index]?.master ?? '')}
        />
      )}
      {points.map(({ master, night, jump, value }) =>
        jump === null ? null : (
          <Card key={master} tone="warn" title={night.slice(0, 10)}>
            <p>
              {t(quantity === 'flatRatio' ? 'jump.flatRatio' : jump.by > 0 ? 'jump.rose' : 'jump.fell', {
                what: title,
                by:
                  quantity === 'flatRatio'
                    ? number(100 * value, 2)
                    : `${number(Math.abs(jump.by), 3)} ${t(`unit.${quantity}`)}`,
                since: jump.since.slice(0, 10),
              })}{' '}
              {jump.warmer === null ? '' : `${t('jump.warmer', { by: number(jump.warmer, 2) })} `}
              {t(`lookAt.${quantity}`)}
            </p>
            {quantity === 'flatRatio' ? (
              <button type="button" className="chip" onClick={() => onMap(master, jump.from)}>
                {t('map')}
              </button>
            ) : null}
          </Card>
        ),
      )}
    </article>
  )
}
