import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalibrationChoices, CalibrationParameters } from '../../pipeline/calibration/choices'
import { TypedField } from '../kit/typed-field'
import type { Field } from './parameter-field'
import styles from './calibration-panel.module.css'

interface FieldControlProps {
  readonly field: Field
  readonly parameters: CalibrationParameters
  readonly disabled: boolean
  readonly onChange: (changes: CalibrationChoices) => void
}

/** One parameter with its name, its unit and what it means. */
export const FieldControl = ({ field, parameters, disabled, onChange }: FieldControlProps) => {
  const { t } = useTranslation('calibration')
  const id = useId()
  if (field.isShown?.(parameters) === false) return null
  const described = `${id}-help`
  const control = () => {
    switch (field.kind) {
      case 'switch':
        return (
          <input
            id={id}
            type="checkbox"
            role="switch"
            aria-describedby={described}
            checked={field.read(parameters)}
            aria-checked={field.read(parameters)}
            disabled={disabled}
            onChange={(event) => onChange(field.write(event.target.checked, parameters))}
          />
        )
      case 'choice':
        return (
          <select
            id={id}
            aria-describedby={described}
            value={field.read(parameters)}
            disabled={disabled}
            onChange={(event) => onChange(field.write(event.target.value, parameters))}
          >
            {field.options.map((option) => (
              <option key={option} value={option}>
                {t(`option.${field.id}.${option}`, { defaultValue: option })}
              </option>
            ))}
          </select>
        )
      case 'number':
        return (
          <TypedField
            id={id}
            described={described}
            numeric
            placeholder=""
            value={String(field.read(parameters))}
            disabled={disabled}
            isValid={(text) => text !== '' && Number(text) >= field.least && Number(text) <= field.most}
            onTake={(text) => onChange(field.write(Number(text), parameters))}
          />
        )
      case 'text':
        return (
          <TypedField
            id={id}
            described={described}
            numeric={false}
            placeholder={field.placeholder}
            value={field.read(parameters)}
            disabled={disabled}
            isValid={field.isValid}
            onTake={(text) => onChange(field.write(text, parameters))}
          />
        )
    }
  }
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{t(`field.${field.id}`)}</label>
      <span className={styles['value']}>
        {control()}
        {field.unit === undefined || field.unit === '' ? null : <span>{field.unit}</span>}
      </span>
      <small id={described}>{t(`help.${field.id}`)}</small>
    </div>
  )
}
