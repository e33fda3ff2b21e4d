import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileTableRecord } from '../../core/file-table'
import { TABLE_NAMES } from '../../core/work-order'
import { useApp, useStudio } from '../kit/use-app'

export interface TableChoice {
  readonly source: string
  readonly label: string
}

export interface FileTableChoice extends TableChoice {
  readonly table: FileTableRecord
}

/** Tables of crafts that nobody has filled yet would only stand in the way. */
const LATER = new Set(['cmds', 'polarimetry', 'spectra'])

/** All tables there are to look at: those of the workspace, then those that came with files. */
export const useTableChoices = (): {
  readonly own: readonly TableChoice[]
  readonly ofFiles: readonly FileTableChoice[]
} => {
  const { t, i18n } = useTranslation('explore')
  const studio = useStudio()
  const version = useApp((state) => state.explore.version)
  const [tables, setTables] = useState<readonly FileTableRecord[]>([])
  useEffect(() => {
    let wanted = true
    studio.tables.listFileTables().then(
      (found) => (wanted ? setTables(found) : undefined),
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [studio, version])
  const own = useMemo(
    () =>
      TABLE_NAMES.filter((name) => !LATER.has(name)).map((name) => ({
        source: name,
        label: t(`tables.${name}`),
      })),
    [t],
  )
  const ofFiles = useMemo(
    () =>
      tables.map((table) => {
        const { id, name, title, rows } = table
        const count = t('rows', { count: rows, shown: rows.toLocaleString(i18n.language) })
        return { source: `file:${id}`, label: [name, title, count].filter(Boolean).join(' · '), table }
      }),
    [tables, t, i18n.language],
  )
  return { own, ofFiles }
}
