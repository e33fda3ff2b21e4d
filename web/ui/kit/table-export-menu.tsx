import { useTranslation } from 'react-i18next'
import { TABLE_FILES, TABLE_FORMATS, type TableFormat } from '../../core/table-format'
import { ExportMenu } from './export-menu'

interface TableExportMenuProps {
  /** Of the file, without its ending. */
  readonly name: string
  readonly onExport: (format: TableFormat) => Promise<Blob>
  readonly disabled?: boolean
  readonly className?: string
}

/** The four formats that every table can be taken away in. */
export const TableExportMenu = ({ name, onExport, ...rest }: TableExportMenuProps) => {
  const { t } = useTranslation('export')
  return (
    <ExportMenu
      label={t('table')}
      choices={TABLE_FORMATS.map((format) => ({
        format,
        label: t(`tableFormat.${format}.name`),
        hint: t(`tableFormat.${format}.hint`),
      }))}
      makeFile={async (format) => ({
        name: `${name}.${TABLE_FILES[format].extension}`,
        content: await onExport(format),
      })}
      {...rest}
    />
  )
}
