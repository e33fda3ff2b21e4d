import { useEffect, useState } from 'react'
import { useApp, useStudio } from '../kit/use-app'

interface TableCatalogue {
  /** As an order names it. */
  readonly id: string
  readonly name: string
}

/** Tables that are looked into: each is opened for it. */
const MOST_TABLES = 40
const NONE: readonly TableCatalogue[] = []

/** Tables that came with files and have places in the sky, so that frames can be solved by their stars. */
export const useTableCatalogues = (): readonly TableCatalogue[] => {
  const studio = useStudio()
  const version = useApp((state) => state.explore.version)
  const [found, setFound] = useState(NONE)
  useEffect(() => {
    let wanted = true
    const look = async (): Promise<void> => {
      const tables = await studio.tables.listFileTables()
      const catalogues: TableCatalogue[] = []
      for (const { id } of tables.slice(0, MOST_TABLES)) {
        if (!wanted) return
        // A table that cannot be read any more is no catalogue.
        const described = await studio.sky.describe(id).catch(() => null)
        if (described !== null && described.chosen !== null)
          catalogues.push({ id: `table:${id}`, name: described.name })
      }
      if (wanted) setFound(catalogues)
    }
    look().catch(() => undefined)
    return () => {
      wanted = false
    }
  }, [studio, version])
  return found
}
