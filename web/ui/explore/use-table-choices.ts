import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TABLE_NAMES } from '../../core/work-order'
import { useApp, useStudio } from '../kit/use-app'

export interface TableChoice {
  readonly source: string
  readonly label: string
}

/** Tables of crafts that nobody has filled yet would only stand in the way. */
const LATER = new Set(['cmds', 'polarimetry', 'spectra'])

/** All tables there are to look at: those of the workspace, then those that came with files. */
export const useTableChoices = (): {
  readonly own: readonly TableChoice[]
  readonly ofFiles: readonly TableChoice[]
} => {
  const { t } = useTranslation('explore')
  const studio = useStudio()
  const version = useApp((state) => state.explore.version)
  const [ofFiles, setOfFiles] = useState<readonly TableChoice[]>([])
  useEffect(() => {
    let wanted = true
    studio.tables.listFileTables().then(
      (tables) =>
        wanted
          ? setOfFiles(tables.map(({ id, name }) => ({ source: `file:${id}`, label: name })))
          : undefined,
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
  return { own, ofFiles }
}
