import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { TypedField } from '../kit/typed-field'
import styles from './stack-panel.module.css'

interface FieldProps {
  /** Its words are `field.<id>` and `help.<id>`. */
  readonly id: string
  readonly disabled: boolean
}

interface LabelledProps {
  readonly id: string
  /** Id of the control that it names. */
  readonly control: string
  readonly input: ReactNode
}

/** A control with its name and what it means. */
export const Labelled = ({ id, control, input }: LabelledProps) => {
  const { t } = useTranslation('stack')
  return (
    <div className={styles['field']}>
      <label htmlFor={control}>{t(`field.${id}`)}</label>
      <span className={styles['value']}>{input}</span>
      <small id={`${control}-help`}>{t(`help.${id}`)}</small>
    </div>
  )
}

interface ChoiceFieldProps<Option extends string> extends FieldProps {
  readonly value: Option
  readonly options: readonly Option[]
  readonly onChange: (option: Option) => void
}

export const ChoiceField = <Option extends string>(props: ChoiceFieldProps<Option>) => {
  const { id, value, options, disabled, onChange } = props
  const { t } = useTranslation('stack')
  const control = useId()
  const wordOf = (option: string) => t(`option.${id}.${option}`)
  return (
    <Labelled
      id={id}
      control={control}
      input={
        <select
          id={control}
          aria-describedby={`${control}-help`}
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value as Option)}
        >
          {options.map((option) => (
            <option key={option} value={option}>
              {wordOf(option)}
            </option>
          ))}
        </select>
      }
    />
  )
}

interface SwitchFieldProps extends FieldProps {
  readonly value: boolean
  readonly onChange: (value: boolean) => void
}

export const SwitchField = ({ id, value, disabled, onChange }: SwitchFieldProps) => {
  const control = useId()
  return (
    <Labelled
      id={id}
      control={control}
      input={
        <input
          id={control}
          type="checkbox"
          aria-describedby={`${control}-help`}
          checked={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
        />
      }
    />
  )
}

interface NumberFieldProps extends FieldProps {
  /** Null where nothing is said. */
  readonly value: number | null
  readonly least: number
  readonly most: number
  readonly unit?: string
  /** What stands in an empty field; without it the field must not be empty. */
  readonly placeholder?: string
  readonly onChange: (value: number | null) => void
}

export const NumberField = (props: NumberFieldProps) => {
  const { id, value, least, most, unit, placeholder, disabled, onChange } = props
  const control = useId()
  const isValid = (text: string) =>
    text === '' ? placeholder !== undefined : Number(text) >= least && Number(text) <= most
  return (
    <Labelled
      id={id}
      control={control}
      input={
        <>
          <TypedField
            id={control}
            described={`${control}-help`}
            numeric
            placeholder={placeholder ?? ''}
            value={value === null ? '' : String(value)}
            disabled={disabled}
            isValid={isValid}
            onTake={(text) => onChange(text === '' ? null : Number(text))}
          />
          {unit === undefined ? null : <span>{unit}</span>}
        </>
      }
    />
  )
}
