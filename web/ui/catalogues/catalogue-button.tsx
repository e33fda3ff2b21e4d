import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DroppedCatalogue } from '../../pipeline/catalogue/dropped-catalogue'
import { useApp, useStudio } from '../kit/use-app'
import { CatalogueDialog } from './catalogue-dialog'

/** Opens what a dropped table is as a star catalogue. */
export const CatalogueButton = ({ table }: { readonly table: string }) => {
  const { t } = useTranslation('catalogues')
  const studio = useStudio()
  const canWrite = useApp((state) => state.library.canWrite)
  const { tell, tellError } = useApp((state) => state.notices)
  const [catalogue, setCatalogue] = useState<DroppedCatalogue | null>(null)
  const close = () => setCatalogue(null)
  const choose = async (name: string, columns: unknown) => {
    close()
    try {
      await studio.sky.choose(table, columns)
      tell({ key: 'catalogueChosen', values: { name }, tone: 'good' })
    } catch (error) {
      tellError(error)
    }
  }
  return (
    <>
      <button
        type="button"
        className="chip"
        disabled={!canWrite}
        onClick={() => void studio.sky.describe(table).then(setCatalogue, tellError)}
      >
        {t('useAs')}
      </button>
      {catalogue === null ? null : (
        <CatalogueDialog
          catalogue={catalogue}
          onClose={close}
          onChoose={(columns) => void choose(catalogue.name, columns)}
        />
      )}
    </>
  )
}
