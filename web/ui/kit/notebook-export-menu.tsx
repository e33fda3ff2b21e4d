import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NOTEBOOK_FORMATS } from '../../core/notebook-format'
import type { Progress } from '../../core/task'
import { ExportMenu } from './export-menu'
import { useStudio } from './use-app'

interface NotebookExportMenuProps {
  /** Of a master, a calibrated frame, a stack, a light curve or an order. */
  readonly id: string
  /** Of the file, without its ending. */
  readonly name: string
  readonly disabled?: boolean
}

/** The steps behind a result as Python to read and run: a notebook, or one script. */
export const NotebookExportMenu = ({ id, name, disabled = false }: NotebookExportMenuProps) => {
  const { t } = useTranslation('export')
  const studio = useStudio()
  const [progress, setProgress] = useState<Progress | null>(null)
  return (
    <ExportMenu
      label={t('notebook')}
      {...(progress === null
        ? {}
        : { busyLabel: t('busyOf', { done: progress.done, total: progress.total }) })}
      disabled={disabled}
      choices={NOTEBOOK_FORMATS.map((format) => ({
        format,
        label: t(`notebookFormat.${format}.name`),
        hint: t(`notebookFormat.${format}.hint`),
      }))}
      makeFile={async (format) => {
        try {
          const content = await studio.exportNotebook(id, format, { onProgress: setProgress })
          return { name: `${name.replace(/\.(?:fits?|fts)$/i, '')}.${format}`, content }
        } finally {
          setProgress(null)
        }
      }}
    />
  )
}
