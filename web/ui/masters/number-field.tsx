import { useState } from 'react'

interface NumberFieldProps {
  readonly label: string
  readonly most: number
  readonly value: number
  readonly onChange: (value: number) => void
}

/** A number from 0 on; what is half typed stays as it is typed, and is taken when it is a number within bounds. */
export const NumberField = ({ label, most, value, onChange }: NumberFieldProps) => {
  const [text, setText] = useState(String(value))
  const type = (typed: string) => {
    setText(typed)
    const number = Number(typed)
    if (typed.trim() !== '' && Number.isFinite(number) && number >= 0 && number <= most) onChange(number)
  }
  return (
    <label>
      {label}
      <input
        type="number"
        min={0}
        max={most}
        step="any"
        value={text}
        onChange={(event) => type(event.target.value)}
      />
    </label>
  )
}
