import type { CalibrationChoices, CalibrationParameters } from '../../pipeline/calibration/choices'

interface FieldBase<Value> {
  /** Its words are `field.<id>` and `help.<id>`. */
  readonly id: string
  /** Symbol behind the value. */
  readonly unit?: string
  readonly isShown?: (parameters: CalibrationParameters) => boolean
  readonly read: (parameters: CalibrationParameters) => Value
  readonly write: (value: Value, parameters: CalibrationParameters) => CalibrationChoices
}

/** One parameter, as it is shown and changed. */
export type Field =
  | (FieldBase<number> & { readonly kind: 'number'; readonly least: number; readonly most: number })
  | (FieldBase<string> & { readonly kind: 'choice'; readonly options: readonly string[] })
  | (FieldBase<boolean> & { readonly kind: 'switch' })
  | (FieldBase<string> & {
      readonly kind: 'text'
      readonly placeholder: string
      readonly isValid: (text: string) => boolean
    })
