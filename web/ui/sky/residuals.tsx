import { useRef, useState } from 'react'
import type { PlateSolutionRecord } from '../../core/plate-solution'
import { tabulateRows } from '../../pipeline/export/tabulate-rows'
import { writeCsv } from '../../science/tables/write-csv'
import { ExportMenu } from '../kit/export-menu'
import { exportPng, exportSvg } from '../plots/export-plot'
import { listMatchedRows } from './list-matched-rows'
import { MatchedTable } from './matched-table'
import { ResidualMap } from './residual-map'
import { ResidualScatter } from './residual-scatter'
import { useSkyWords } from './use-sky-words'
import styles from './sky-panel.module.css'

const FORMATS = ['csv', 'svg', 'png'] as const
const UNITS = ['arcsec', 'px'] as const

/** How far every star is from where it should be: over the frame, on one another, and in numbers. */
export const Residuals = ({ solution }: { readonly solution: PlateSolutionRecord }) => {
  const { t } = useSkyWords()
  const [unit, setUnit] = useState<(typeof UNITS)[number]>('arcsec')
  const [selected, setSelected] = useState<number | null>(null)
  const map = useRef<SVGSVGElement>(null)
  const scatter = useRef<SVGSVGElement>(null)
  const stem = `${solution.name}-residuals`
  const make = async (format: (typeof FORMATS)[number]): Promise<Blob> => {
    const drawings = [map.current, scatter.current].filter((svg) => svg !== null)
    if (format === 'png') return exportPng(drawings, stem)
    if (format === 'svg') return new Blob([exportSvg(drawings, stem)], { type: 'image/svg+xml' })
    const rows = listMatchedRows(solution).map((row) => ({ ...row }))
    return new Blob([writeCsv(tabulateRows({ rows, table: null, name: stem }))], { type: 'text/csv' })
  }
  const pick = (star: number) => setSelected((before) => (before === star ? null : star))
  return (
    <article className={styles['box']} aria-label={t('residuals.title')}>
      <header>
        <h3>{t('residuals.title')}</h3>
        <fieldset className={styles['units']} aria-label={t('residuals.unit')}>
          {UNITS.map((each) => (
            <button
              key={each}
              type="button"
              className="chip"
              aria-pressed={unit === each}
              onClick={() => setUnit(each)}
            >
              {t(`unit.${each}`)}
            </button>
          ))}
        </fieldset>
        <ExportMenu
          label={t('export')}
          choices={FORMATS.map((format) => ({
            format,
            label: format.toUpperCase(),
            hint: t(`exportHint.${format}`),
          }))}
          makeFile={async (format) => ({ name: `${stem}.${format}`, content: await make(format) })}
        />
      </header>
      <p>{t('residuals.text')}</p>
      <div className={styles['plots']}>
        <ResidualMap solution={solution} selected={selected} onPick={pick} svgRef={map} />
        <ResidualScatter solution={solution} unit={unit} selected={selected} onPick={pick} svgRef={scatter} />
      </div>
      <div className={styles['table']}>
        <MatchedTable solution={solution} selected={selected} onPick={pick} />
      </div>
    </article>
  )
}
