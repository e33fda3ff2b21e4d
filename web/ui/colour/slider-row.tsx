import { useId } from 'react'
import styles from './colour-panel.module.css'

interface SliderRowProps {
  readonly label: string
  readonly hint?: string
  readonly value: number
  /** Of the value itself. */
  readonly least: number
  readonly most: number
  /** Equal steps of the slider are equal factors. */
  readonly factors?: boolean
  readonly digits?: number
  readonly onChange: (value: number) => void
}

/** Steps from one end of a slider to the other. */
const STEPS = 1000

/** A slider with its number beside it, which can be typed. */
export const SliderRow = ({
  label,
  hint,
  value,
  least,
  most,
  factors = false,
  digits = 4,
  onChange,
}: SliderRowProps) => {
  const id = useId()
  const bend = (each: number): number => (factors ? Math.log(Math.max(each, Number.MIN_VALUE)) : each)
  const place = ((bend(value) - bend(least)) / (bend(most) - bend(least))) * STEPS
  const valueAt = (at: number): number => {
    const bent = bend(least) + (at / STEPS) * (bend(most) - bend(least))
    return factors ? Math.exp(bent) : bent
  }
  const text = Number(value.toPrecision(digits))
  return (
    <div className={styles['slider']} title={hint}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={STEPS}
        step={1}
        value={Math.min(STEPS, Math.max(0, place))}
        aria-valuetext={String(text)}
        onChange={({ target }) => onChange(valueAt(target.valueAsNumber))}
      />
      <input
        type="number"
        step="any"
        aria-label={label}
        value={text}
        onChange={({ target }) => {
          const typed = target.valueAsNumber
          if (Number.isFinite(typed) && (!factors || typed > 0)) onChange(typed)
        }}
      />
    </div>
  )
}
