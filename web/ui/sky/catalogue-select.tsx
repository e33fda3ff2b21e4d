import { CATALOGUE_SOURCES } from '../../science/catalogue/catalogue-sources'
import { DEFAULT_HINTS } from '../../state/solve-hints'
import { useSkyWords } from './use-sky-words'
import { useTableCatalogues } from './use-table-catalogues'

interface CatalogueSelectProps {
  readonly id: string
  readonly described: string
  readonly value: string
  readonly onChange: (catalogue: string) => void
}

/** The catalogues that frames can be solved with: the one that is shipped, those of services, and tables that came with files. */
export const CatalogueSelect = ({ id, described, value, onChange }: CatalogueSelectProps) => {
  const { t } = useSkyWords()
  const tables = useTableCatalogues()
  const known = [DEFAULT_HINTS.catalogue, ...[...CATALOGUE_SOURCES, ...tables].map((each) => each.id)]
  return (
    <select
      id={id}
      aria-describedby={described}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      {known.includes(value) ? null : <option value={value}>{t('catalogues.gone')}</option>}
      <optgroup label={t('catalogues.bundled')}>
        <option value={DEFAULT_HINTS.catalogue}>{t('catalogues.tycho2')}</option>
      </optgroup>
      <optgroup label={t('catalogues.services')}>
        {CATALOGUE_SOURCES.map(({ id: source, title }) => (
          <option key={source} value={source}>
            {title}
          </option>
        ))}
      </optgroup>
      {tables.length === 0 ? null : (
        <optgroup label={t('catalogues.tables')}>
          {tables.map(({ id: table, name }) => (
            <option key={table} value={table}>
              {name}
            </option>
          ))}
        </optgroup>
      )}
    </select>
  )
}
