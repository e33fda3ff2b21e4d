import type { Row } from '../../core/work-order'
import { tabulateRows } from '../../pipeline/export/tabulate-rows'
import { writeCsv } from '../../science/tables/write-csv'
import { ExportMenu } from '../kit/export-menu'
import { exportPng, exportSvg } from '../plots/export-plot'
import type { LabWords } from './use-lab-words'

interface LabExportProps {
  /** Of the files, without their ending. */
  readonly name: string
  readonly title: string
  readonly rows: readonly Row[]
  /** What is drawn, from above to below; none while the table is shown. */
  readonly drawings: () => readonly SVGSVGElement[]
  readonly drawn: boolean
  readonly words: LabWords
}

/** The numbers behind a plot, and the plot, as files. */
export const LabExport = ({ name, title, rows, drawings, drawn, words }: LabExportProps) => {
  const { t } = words
  const formats = drawn ? (['csv', 'svg', 'png'] as const) : (['csv'] as const)
  const make = async (format: (typeof formats)[number]): Promise<Blob> => {
    if (format === 'png') return exportPng(drawings(), title)
    if (format === 'svg') return new Blob([exportSvg(drawings(), title)], { type: 'image/svg+xml' })
    return new Blob([writeCsv(tabulateRows({ rows, table: null, name }))], { type: 'text/csv' })
  }
  return (
    <ExportMenu
      label={t('export')}
      choices={formats.map((format) => ({
        format,
        label: format.toUpperCase(),
        hint: t(`exportHint.${format}`),
      }))}
      makeFile={async (format) => ({ name: `${name}.${format}`, content: await make(format) })}
    />
  )
}
