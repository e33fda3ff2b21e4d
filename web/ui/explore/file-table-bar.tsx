import { useTranslation } from 'react-i18next'
import type { FileTableRecord } from '../../core/file-table'
import { CatalogueButton } from '../catalogues/catalogue-button'
import { useApp, useStudio } from '../kit/use-app'
import { HeaderButton } from '../viewer/header-button'
import styles from './file-table-bar.module.css'

/** Where a table came from, what is to be said of it, and the way out: it can be removed, and brought back. */
export const FileTableBar = ({ table }: { readonly table: FileTableRecord }) => {
  const { t, i18n } = useTranslation('explore')
  const studio = useStudio()
  const canWrite = useApp((state) => state.library.canWrite)
  const openTable = useApp((state) => state.explore.openTable)
  const { tell, tellError } = useApp((state) => state.notices)
  const { id, name, path, title, format, columns, warnings, ingestedAt } = table
  const source = `file:${id}`
  const isFits = format === 'fits-ascii' || format === 'fits-binary'
  const bringBack = async () => {
    await studio.tables.restoreFileTable(id)
    openTable(source)
  }
  const remove = async () => {
    try {
      await studio.tables.removeFileTable(id)
      openTable('exposures')
      tell({ key: 'tableRemoved', values: { name }, undo: () => void bringBack().catch(tellError) })
    } catch (error) {
      tellError(error)
    }
  }
  return (
    <div className={styles['bar']}>
      <p>
        {title === null ? null : <b>{title}</b>}
        <span>{t('file.from', { path })}</span>
        <span>
          {t(`file.format.${format}`)} · {t('file.columns', { count: columns.length })}
        </span>
        <span>{t('file.cameIn', { when: new Date(ingestedAt).toLocaleString(i18n.language) })}</span>
      </p>
      <div className={styles['actions']}>
        <CatalogueButton table={id} />
        {isFits ? <HeaderButton id={id} name={name} /> : null}
        <button type="button" className="chip" disabled={!canWrite} onClick={() => void remove()}>
          {t('file.remove')}
        </button>
      </div>
      {warnings.length === 0 ? null : (
        <ul className={styles['warnings']} aria-label={t('file.warnings')}>
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
