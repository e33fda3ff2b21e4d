import { useTranslation } from 'react-i18next'

interface ColumnChoiceProps {
  readonly label: string
  readonly names: readonly string[]
  readonly value: string | null
  readonly onChange: (name: string | null) => void
}

/** One of a table's columns, or none. Values are places and not names: a column may have any name. */
export const ColumnChoice = ({ label, names, value, onChange }: ColumnChoiceProps) => {
  const { t } = useTranslation('catalogues')
  return (
    <label>
      {label}
      <select
        value={value === null ? -1 : names.indexOf(value)}
        onChange={(event) => onChange(names[Number(event.target.value)] ?? null)}
      >
        <option value={-1}>{t('none')}</option>
        {names.map((name, place) => (
          <option key={name} value={place}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
